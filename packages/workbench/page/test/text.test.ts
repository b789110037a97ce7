import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderMarkdown } from '../src/page/text/render-markdown.ts';
import { renderMrkdwn } from '../src/page/text/render-mrkdwn.ts';
import { renderRichText } from '../src/page/text/render-rich-text.ts';
import type { NameOf } from '../src/page/text/safe-html.ts';
import { toTyped, withMentions } from '../src/page/text/typed-text.ts';

const names = new Map([
  ['@U1', 'Ann <Chen>'],
  ['#C1', 'ops'],
]);
const nameOf: NameOf = (kind, id) => names.get(`${kind}${id}`);
/** Every tag the two renderers may make, with nothing in its attributes that could run. */
const allowed =
  /^<(?:\/?(?:p|strong|em|del|code|blockquote|ul|ol|li|h[1-6]|hr|br|thead|tbody|table|tr)|ol start="\d+"|\/?(?:th|td)(?: class="(?:left|right|center)")?|pre tabindex="0"|\/(?:pre|div|span|a)|div class="(?:code-block|table-frame)"|span class="(?:mention|code-language)"|a href="(?:https?:|mailto:|tel:)[^"<>]*" target="_blank" rel="noopener noreferrer"|input [a-z="" ]*type="checkbox"[a-z="" ]*)\/?>$/;

function strangeTags(html: string): string[] {
  return [...html.matchAll(/<[^>]*>?/g)].map(([tag]) => tag).filter((tag) => !allowed.test(tag));
}

const attacks = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg/onload=alert(1)>',
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt:alert(1))',
  '[x](java\tscript:alert(1))',
  '[x](data:text/html,<script>alert(1)</script>)',
  '[x](vbscript:msgbox)',
  '[x](https://a.example/"onmouseover="alert(1))',
  '![x](javascript:alert(1))',
  '![x](https://a.example/pixel.png)',
  '<javascript:alert(1)>',
  '<a href="javascript:alert(1)">x</a>',
  '<https://a.example/"onmouseover="alert(1)|x>',
  '<javascript:alert(1)|x>',
  '<@U1"><script>alert(1)</script>>',
  '<!here|<b>x>',
  '```html"><script>\n<script>alert(1)</script>\n```',
  '`<script>alert(1)</script>`',
  '| <script> |\n|---|\n| <img onerror=x> |',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '*<b onclick=x>*',
  '<script> <img src=x onerror=alert(1) ',
  '<pre> <svg onload=alert(1) ',
];

describe('text of models and people', () => {
  test.each(attacks)('stays text: %s', (text) => {
    expect(strangeTags(renderMarkdown(text, { nameOf }))).toEqual([]);
    expect(strangeTags(renderMrkdwn(text, nameOf))).toEqual([]);
  });

  test('becomes no other HTML than ours, whatever it is', () => {
    const pieces = fc.constantFrom(
      ...attacks,
      '**',
      '_',
      '`',
      '```',
      '\n',
      '> ',
      '- ',
      '1. ',
      '| a |',
      '<',
      '>',
      '"',
      "'",
      '&',
      '[',
      '](',
      ')',
      'https://a.example',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string()), { maxLength: 12 }), (parts) => {
        expect(strangeTags(renderMarkdown(parts.join(''), { nameOf }))).toEqual([]);
        expect(strangeTags(renderMrkdwn(parts.join(''), nameOf))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

describe('Markdown', () => {
  test('shows code with its language, tables with their alignment, and lists', () => {
    const html = renderMarkdown('```bash\nls -l\n```\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n1. one\n2. two');
    expect(html).toContain('<span class="code-language">bash</span><pre tabindex="0"><code>ls -l</code></pre>');
    expect(html).toContain('<td class="right">2</td>');
    expect(html).toMatch(/<ol>\s*<li>one<\/li>/);
  });

  test('opens links in a new tab, without telling from where', () => {
    expect(renderMarkdown('[site](https://a.example/?a=1&b=2)')).toContain(
      '<a href="https://a.example/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer">site</a>',
    );
  });

  test('that is not finished yet is shown as far as it goes', () => {
    expect(renderMarkdown('Steps:\n```bash\nls')).toContain('<code>ls</code>');
  });

  test('keeps links beside a document, and nothing else without a protocol', () => {
    expect(renderMarkdown('[two](../two.md#a)', { relativeLinks: true })).toContain('href="../two.md#a"');
    expect(renderMarkdown('[x](//evil.example)', { relativeLinks: true })).not.toContain('href');
    expect(renderMarkdown('[two](two.md)')).not.toContain('href');
  });

  test('keeps entities', () => {
    expect(renderMarkdown('a &lt; b &amp; c & d')).toBe('<p>a &lt; b &amp; c &amp; d</p>\n');
  });

  test('names people and channels', () => {
    expect(renderMarkdown('Ask <@U1> in <#C1|x> or <@U9>', { nameOf })).toContain(
      'Ask <span class="mention">@Ann &lt;Chen&gt;</span> in <span class="mention">#ops</span> or <span class="mention">@U9</span>',
    );
  });
});

describe("Slack's markup", () => {
  test.each([
    ['*bold* _it_ ~gone~ `x &lt; 1`', '<strong>bold</strong> <em>it</em> <del>gone</del> <code>x &lt; 1</code>'],
    ['2*3*4 snake_case_name', '2*3*4 snake_case_name'],
    ['a\nb', 'a<br>b'],
    ['&gt; said\nanswer', '<blockquote>said</blockquote>answer'],
    [
      '<https://a.example/?a=1&amp;b=2|site>',
      '<a href="https://a.example/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer">site</a>',
    ],
    ['<mailto:a@b.example>', '<a href="mailto:a@b.example" target="_blank" rel="noopener noreferrer">a@b.example</a>'],
    ['hi <@U1>, <!here>', 'hi <span class="mention">@Ann &lt;Chen&gt;</span>, <span class="mention">@here</span>'],
    ['```\na  b\n```', '<div class="code-block"><pre tabindex="0"><code>a  b</code></pre></div>'],
    ['well :+1: :nothing:', 'well 👍 :nothing:'],
    ['&amp;lt;b&amp;gt;', '&amp;lt;b&amp;gt;'],
  ])('%j', (text, html) => {
    expect(renderMrkdwn(text, nameOf)).toBe(html);
  });

  test('comes back as it was typed', () => {
    expect(toTyped('hi <@U1> &amp; <#C1|x>, see <https://a.example> :+1:', nameOf)).toBe('hi @Ann <Chen> & #ops, see https://a.example 👍');
  });
});

test('a date is shown in words, and as the app wrote it when it is none', () => {
  expect(renderMrkdwn('until <!date^1766458060^{date_num}|then> or <!date^1766458060^{nothing}|then>', nameOf)).toBe(
    'until 23/12/2025 or {nothing}',
  );
  expect(renderMrkdwn('<!date^99999999999999999^{time}|<b>later>', nameOf)).toContain('later');
});

describe('rich text', () => {
  const text = (words: string, style?: object) => ({ type: 'text', text: words, ...(style ? { style } : {}) });

  test('has sections, lists, quotes and code, with styles, links, names and emoji', () => {
    const item = { type: 'rich_text_section', elements: [text('one')] };
    const elements = [
      { type: 'rich_text_section', elements: [text('a\nb '), text('old', { strike: true, bold: true }), { type: 'user', user_id: 'U1' }] },
      { type: 'rich_text_list', style: 'ordered', offset: 2, indent: 1, elements: [item] },
      {
        type: 'rich_text_quote',
        elements: [
          { type: 'link', url: 'https://a.example/', text: 'site' },
          { type: 'emoji', name: 'eyes' },
        ],
      },
      { type: 'rich_text_preformatted', elements: [text('- old\n+ <new>')] },
    ];
    expect(renderRichText({ type: 'rich_text', elements }, nameOf)).toBe(
      '<p>a<br>b <del><strong>old</strong></del><span class="mention">@Ann &lt;Chen&gt;</span></p>' +
        '<ol start="3" class="indent-1"><li>one</li></ol>' +
        '<blockquote><a href="https://a.example/" target="_blank" rel="noopener noreferrer">site</a>👀</blockquote>' +
        '<div class="code-block"><pre tabindex="0"><code>- old\n+ &lt;new&gt;</code></pre></div>',
    );
  });

  test.each(attacks)('lets nothing through: %s', (attack) => {
    const parts = ['rich_text_section', 'rich_text_quote', 'rich_text_preformatted'].map((type) => ({ type, elements: [text(attack)] }));
    const more = ['link', 'emoji', 'user', 'channel', 'usergroup', 'broadcast', 'date', attack].map((type) => ({
      ...{ type, url: attack, text: attack, name: attack, user_id: attack, channel_id: attack, usergroup_id: attack, range: attack },
      ...{ timestamp: attack, format: attack, fallback: attack },
    }));
    const list = { type: 'rich_text_list', indent: attack, offset: attack, elements: [{ elements: more }, { elements: attack }] };
    expect(strangeTags(renderRichText({ elements: [...parts, list] }, nameOf))).toEqual([]);
  });
});

describe('@Vera as typed', () => {
  const bot = { botName: 'Vera', botUserId: 'U0VERA' };
  test.each([
    ['@Vera hello', '<@U0VERA> hello'],
    ['hello @vera', 'hello <@U0VERA>'],
    ['(@VERA, @vera?)', '(<@U0VERA>, <@U0VERA>?)'],
    ['mail@vera.example @veranda @vera-2', 'mail@vera.example @veranda @vera-2'],
  ])('%j becomes %j', (typed, sent) => {
    expect(withMentions(typed, bot)).toBe(sent);
  });
});

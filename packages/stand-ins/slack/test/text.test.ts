import { expect, test } from 'vitest';
import { markdownToMrkdwn } from '../src/text/markdown-to-mrkdwn.ts';
import { richTextOf } from '../src/text/rich-text.ts';
import { toMrkdwn } from '../src/text/to-mrkdwn.ts';

test.each([
  ['a < b && c > d', 'a &lt; b &amp;&amp; c &gt; d'],
  ['already &lt;safe&gt; &amp; sound', 'already &lt;safe&gt; &amp; sound'],
  ['<@U1> in <#C1|ops> <!here> <https://a.example|A>', '<@U1> in <#C1|ops> <!here> <https://a.example|A>'],
  ['<script>', '&lt;script&gt;'],
  ['see https://a.example/x?y=1&z=2.', 'see <https://a.example/x?y=1&amp;z=2>.'],
  ['(https://a.example)', '(<https://a.example>)'],
  ['great 🎉', 'great :tada:'],
])('mrkdwn of %j', (typed, stored) => {
  expect(toMrkdwn(typed)).toBe(stored);
});

test.each([
  ['# Title\ntext', '*Title*\ntext'],
  ['**bold** and *italic* and ~~gone~~', '*bold* and _italic_ and ~gone~'],
  ['- one\n- two', '• one\n• two'],
  ['[label](https://a.example/x) ![pic](https://a.example/p.png)', '<https://a.example/x|label> <https://a.example/p.png|pic>'],
  ['`**code**` & ```ts\nif (a < b) {}\n```', '`**code**` &amp; ```\nif (a &lt; b) {}\n```'],
  ['<@U1> stays', '<@U1> stays'],
  ['snake_case_name 2 * 3 * 4', 'snake_case_name 2 * 3 * 4'],
])('Markdown %j', (markdown, mrkdwn) => {
  expect(markdownToMrkdwn(markdown)).toBe(mrkdwn);
});

test('rich text has sections, quotes and code blocks, with styles inside', () => {
  const { elements } = richTextOf('*bold _both_* `code` ~gone~\n&gt; quoted\n```\nx &lt; y\n```\nend <!here> <mailto:a@b.c|mail>', 'id');
  expect(elements).toEqual([
    {
      type: 'rich_text_section',
      elements: [
        { type: 'text', text: 'bold ', style: { bold: true } },
        { type: 'text', text: 'both', style: { bold: true, italic: true } },
        { type: 'text', text: ' ' },
        { type: 'text', text: 'code', style: { code: true } },
        { type: 'text', text: ' ' },
        { type: 'text', text: 'gone', style: { strike: true } },
      ],
    },
    { type: 'rich_text_quote', elements: [{ type: 'text', text: 'quoted' }] },
    { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'x < y' }], border: 0 },
    {
      type: 'rich_text_section',
      elements: [
        { type: 'text', text: 'end ' },
        { type: 'broadcast', range: 'here' },
        { type: 'text', text: ' ' },
        { type: 'link', url: 'mailto:a@b.c', text: 'mail' },
      ],
    },
  ]);
});

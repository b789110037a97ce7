import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeText } from '../src/escape-text.ts';
import { wordsOf } from '../src/message-words.ts';
import { typedRichText } from '../src/rich-text.ts';
import { typedIn } from '../src/typed-words.ts';
import { messages } from './messages.ts';
import { questionIn } from './verdict-on.ts';

const text = (words: string) => ({ type: 'text', text: words });
const section = (words: string) => ({ type: 'rich_text_section', elements: [text(words)] });
const quote = (words: string) => ({ type: 'rich_text_quote', elements: [text(words)] });
const richText = (...elements: object[]) => [{ type: 'rich_text', elements }];

describe('what somebody typed, by the text alone', () => {
  it.each([
    ['a quote', 'mine\n&gt; theirs\nmine', 'mine mine'],
    ['a quote that is not escaped', 'mine\n> theirs', 'mine'],
    ['a quote of a quote', 'mine\n&gt;&gt; theirs\nmine', 'mine mine'],
    ['all after >>>', 'mine\n&gt;&gt;&gt; theirs\ntheirs\n\ntheirs', 'mine'],
    ['>>> that is not escaped', 'mine\n>>> theirs\ntheirs', 'mine'],
    ['>>> within code', 'mine\n```\n&gt;&gt;&gt; theirs\n```\nmine', 'mine mine'],
    ['a quote behind a mention', '<@UVERA> &gt; theirs\nmine', 'mine'],
    ['a quote in a list', 'mine\n• &gt; theirs\n1. &gt; theirs', 'mine'],
    ['a quote behind what is not seen', 'mine\n\u200b&gt; theirs', 'mine'],
    ['code', 'mine ```theirs``` mine\n```\ntheirs\n```\nmine', 'mine mine mine'],
    ['code that is not closed', 'mine\n```theirs\ntheirs', 'mine'],
    ['code in a quote', '&gt; theirs ```theirs\n&gt; theirs``` theirs\nmine', 'mine'],
    ['code in a quote, closed in another', 'mine\n&gt; theirs ```\n&gt; theirs ``` theirs', 'mine'],
    ['a fence in a quote before code', '&gt; see ``` there\n```\ntheirs\n```\n&gt; and ``` here', ''],
    ['a fence alone before code', 'I like ``` marks\n```\ntheirs\n```', 'I like'],
    ['a quote of all right behind code', '```theirs```&gt;&gt;&gt; theirs\ntheirs', ''],
    ['a quote right behind code', '```theirs```&gt; theirs\nmine', 'mine'],
  ])('is not %s', (_, given, typed) => {
    const read = typedIn(given).split(/\s+/).join(' ').trim();
    expect(read).toBe(typed);
  });

  it.each(['is 5 &gt; 3 &amp; true?', 'my branch is `main`', 'a -&gt; b\nc =&gt; d', '• one\n• two', '<@UVERA> hello'])(
    'is all of %s',
    (given) => {
      expect(typedIn(given)).toBe(given);
    },
  );
});

describe('what somebody typed, by its rich text', () => {
  it('tells code within a line by its marks', () => {
    const code = { ...text('rm -rf'), style: { code: true } };
    expect(typedRichText(richText({ type: 'rich_text_section', elements: [text('run '), code] }))).toBe('run `rm -rf`');
  });

  const theirs = 'I hate tables';
  it.each([
    ['a quote', quote(theirs)],
    ['pasted code', { type: 'rich_text_preformatted', elements: [text(theirs)] }],
    ['a list within a quote', { type: 'rich_text_list', style: 'bullet', border: 1, elements: [section(theirs)] }],
    ['code within a quote', { type: 'rich_text_preformatted', border: 1, elements: [text(theirs)] }],
    ['a message that is mentioned', { type: 'rich_text_section', elements: [{ type: 'message_mention', text: theirs }] }],
    ['a part of a kind we do not know', { type: 'rich_text_aside', elements: [text(theirs)] }],
    ['what was typed as a quote, and stayed a text', section(`> ${theirs}`)],
  ])('is not %s, whether the text says so, says nothing, or is not there', (_, part) => {
    const blocks = richText(section('I lead payments'), part, section('from Köln'));
    for (const given of [
      '',
      'I lead payments from Köln',
      `I lead payments\n${theirs}\nfrom Köln`,
      `I lead payments\n&gt; ${theirs}\nfrom Köln`,
    ]) {
      const { text: all, typed = all } = wordsOf({ text: given, blocks });
      expect(
        typedIn(typed)
          .match(/[\p{L}]+/gu)
          ?.join(' '),
      ).toBe('I lead payments from Köln');
    }
  });

  it('of an empty text marks what is quoted, for whoever reads it', () => {
    expect(wordsOf({ text: '', blocks: richText(section('see'), quote('a\nb')) }).text).toBe('see\n&gt; a\n&gt; b');
  });

  it('stands in the question only where the text does not tell it', () => {
    const blocks = richText(section('*see* '), quote('a'), { type: 'rich_text_list', elements: [section('one'), section('two')] });
    const asked = (words: string) => questionIn(messages.direct({ text: words, blocks }));
    expect(asked('*see*\n&gt; a\n1. one\n2. two')).not.toHaveProperty('typed');
    expect(asked('see\na\n• one\n• two').typed).toBe('*see* \none\ntwo');
    expect(questionIn(messages.direct({ text: 'see', blocks: richText() }))).not.toHaveProperty('typed');
  });

  it('is not what the text calls a quote', () => {
    const { text: all, typed = all } = wordsOf({ text: 'mine\n&gt; theirs', blocks: richText(section('mine'), section('theirs')) });
    expect(typedIn(typed).trim()).toBe('mine');
  });
});

describe('any message made of own and foreign parts', () => {
  const own = fc.stringMatching(/^own[g-z]{3,8}( own[g-z]{3,8}){0,3}$/);
  const foreign = fc.stringMatching(/^foe[g-z]{3,8}( foe[g-z]{3,8}){0,3}$/);
  /** Where a fence may stand that opens nothing, or something, by who reads it. */
  const fenced = fc.tuple(foreign, fc.constantFrom('', '```', ' ``` ', '```\n```'), foreign).map(([a, mark, b]) => `${a}${mark}${b}`);
  const quotedText = (words: string) => words.replace(/^/gm, '&gt; ');
  const part = fc.oneof(
    { weight: 3, arbitrary: own.map((words) => ({ isOwn: true, words, mrkdwn: words, rich: section(words) })) },
    fenced.map((words) => ({ isOwn: false, words, mrkdwn: quotedText(words), rich: quote(words) })),
    foreign.map((words) => ({
      isOwn: false,
      words,
      mrkdwn: `\`\`\`${words}\`\`\``,
      rich: { type: 'rich_text_preformatted', elements: [text(words)] },
    })),
    foreign.map((words) => ({
      isOwn: false,
      words,
      mrkdwn: `&gt; • ${words}`,
      rich: { type: 'rich_text_list', border: 1, elements: [section(words)] },
    })),
  );
  const parts = fc.array(part, { minLength: 1, maxLength: 8 });

  it('has no foreign byte in what was typed: as a text, as rich text, and as both, however little the text says', () => {
    fc.assert(
      fc.property(parts, fc.boolean(), foreign, (given, isAllQuoted, last) => {
        const tail = isAllQuoted
          ? [{ isOwn: false, words: last, mrkdwn: `&gt;&gt;&gt; ${last}\n${last}`, rich: quote(`${last}\n${last}`) }]
          : [];
        const all = [...given, ...tail];
        const blocks = richText(...all.map(({ rich }) => rich));
        const [marked, bare] = [all.map(({ mrkdwn }) => mrkdwn).join('\n'), escapeText(all.map(({ words }) => words).join('\n'))];
        const typed = (message: Parameters<typeof wordsOf>[0]) => {
          const words = wordsOf({ ...message, attachments: [{ is_share: true, author_id: 'UBOB', text: 'foe' }] });
          return typedIn(words.typed ?? words.text);
        };
        expect(typed({ text: marked })).not.toContain('foe');
        for (const message of [{ blocks }, { text: '', blocks }, { text: marked, blocks }, { text: bare, blocks }]) {
          const read = typed(message);
          expect(read).not.toContain('foe');
          for (const { isOwn, words } of given) if (isOwn) expect(read).toContain(words);
        }
      }),
      { numRuns: 300 },
    );
  });
});

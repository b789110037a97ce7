import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wordsOf } from '../src/message-words.ts';
import { textLimits } from '../src/shorten.ts';
import { messages } from './messages.ts';
import { questionIn, verdictOn, verdictOnEvent } from './verdict-on.ts';

type Fields = Readonly<Record<string, unknown>>;

const caseOf = (name: string): unknown => JSON.parse(readFileSync(new URL(`cases/${name}.json`, import.meta.url), 'utf8'));
const shared = (more: Fields = {}): Fields => ({
  is_msg_unfurl: true,
  is_share: true,
  author_id: 'UBOB',
  text: 'the disk of db-7 is full',
  fallback: '[Jan 1st] bob: the disk of db-7 is full',
  files: [],
  ...more,
});

describe('a message that is forwarded', () => {
  it('is a question also without a comment (B01-forward-into-dm-without-comment)', () => {
    const verdict = verdictOn(caseOf('B01-forward-into-dm-without-comment'));
    expect(verdict).toMatchObject({
      kind: 'question',
      question: {
        text: '',
        userId: 'UANN',
        quotes: [{ authorId: 'UBOB', text: expect.stringMatching(/^the disk of db-7 is full\nhttps:/) }],
      },
    });
  });

  it('stands beside its comment (B01-forward-with-comment)', () => {
    expect(verdictOn(caseOf('B01-forward-with-comment'))).toMatchObject({
      kind: 'question',
      question: { text: '<@UVERA> what should I do about this?', quotes: [{ authorId: 'UBOB' }] },
    });
  });

  it('gives its files along, the readable and the others', () => {
    const files = [{ id: 'F01', name: 'a.heic', mimetype: 'image/heic', size: 5 }, { mode: 'hidden_by_limit' }];
    const question = questionIn(messages.direct({ text: '', attachments: [shared({ text: '', fallback: '', files })] }));
    expect(question.files).toMatchObject([{ id: 'F01', name: 'a.heic' }, { name: 'file' }]);
  });

  it('whose link only was unfurled leaves the asker’s words the question', () => {
    const text = 'is <https://northwind.slack.com/archives/C1/p1> still true?';
    expect(questionIn(messages.direct({ text, attachments: [shared({ is_share: undefined })] }))).toMatchObject({
      text,
      quotes: [{ authorId: 'UBOB' }],
    });
  });

  it('and holds a mention does not speak to Vera, in whichever of the twins', () => {
    const attachments = [shared({ text: '<@UBOT> what now?' })];
    const text = 'look what Bob asked';
    expect(verdictOnEvent(messages.inChannel({ text, attachments })).kind).toBe('ignore');
    expect(verdictOnEvent(messages.mention({ text, attachments })).kind).toBe('ignore');
    expect(verdictOnEvent(messages.mention({ text: '<@UBOT|vera> and this?', attachments })).kind).toBe('question');
  });
});

describe('the words of an app', () => {
  const alert = { title: 'FIRING: DiskFull', title_link: 'https://alerts.example/1', text: 'db-7 at 98 %', fallback: 'FIRING: DiskFull' };

  it('are its title, text, fields and link, and the fallback where there is nothing else', () => {
    expect(wordsOf({ text: '', attachments: [{ ...alert, fields: [{ title: 'host', value: 'db-7', short: true }] }] })).toEqual({
      text: '',
      quotes: [{ text: 'FIRING: DiskFull\ndb-7 at 98 %\nhost: db-7\nhttps://alerts.example/1' }],
    });
    expect(wordsOf({ attachments: [{ fallback: 'only this' }] }).quotes).toEqual([{ text: 'only this' }]);
  });

  it('are what stands in its blocks, with what its text leaves out and nothing twice', () => {
    const blocks = [
      { type: 'header', text: { type: 'plain_text', text: 'Incident 482' } },
      { type: 'section', text: { type: 'mrkdwn', text: '*Payments* are slow' }, fields: [{ type: 'mrkdwn', text: 'Severity: 2' }] },
      { type: 'actions', elements: [{ type: 'button', text: { type: 'plain_text', text: 'Acknowledge' } }] },
    ];
    expect(wordsOf({ text: '', blocks }).text).toBe('Incident 482\n*Payments* are slow\nSeverity: 2');
    expect(wordsOf({ text: 'Incident 482', blocks }).text).toBe('Incident 482\n*Payments* are slow\nSeverity: 2');
  });

  it('in rich text read as in a text: mentions are mentions, and what was typed is none', () => {
    const elements = [
      { type: 'user', user_id: 'UBOT' },
      { type: 'text', text: ' see <@UBOT> & ' },
      { type: 'link', url: 'https://a.example', text: 'this' },
      { type: 'emoji', name: 'eyes' },
    ];
    const blocks = [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] }];
    expect(wordsOf({ text: '', blocks }).text).toBe('<@UBOT> see &lt;@UBOT&gt; &amp; <https://a.example|this>:eyes:');
    expect(wordsOf({ text: 'hello', blocks }).text).toBe('hello');
    expect(questionIn(messages.inChannel({ text: '', blocks })).text).toContain('<@UBOT>');
  });
});

describe('any message', () => {
  const word = fc.stringMatching(/^[a-z]{6,12}$/);
  const worded = fc.oneof(
    word.map((text) => ({ words: [text], block: { type: 'section', text: { type: 'mrkdwn', text } } })),
    word.map((text) => ({ words: [text], block: { type: 'header', text: { type: 'plain_text', text } } })),
    word.map((text) => ({ words: [text], block: { type: 'context', elements: [{ type: 'mrkdwn', text }] } })),
    word.map((text) => ({ words: [text], block: { type: 'markdown', text } })),
    word.map((text) => ({ words: [text], block: { type: 'image', image_url: 'https://a.example', alt_text: text } })),
    word.map((text) => ({
      words: [text],
      block: {
        type: 'rich_text',
        elements: [{ type: 'rich_text_list', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }] }],
      },
    })),
    word.map((text) => ({ words: [text], block: { type: 'table', rows: [[{ type: 'raw_text', text }]] } })),
  );
  const attachments = fc.record({ pretext: word, title: word, text: word, field: word, author: word });

  it('shows every word that stands anywhere in its blocks and attachments', () => {
    fc.assert(
      fc.property(fc.array(worded, { maxLength: 6 }), fc.array(attachments, { maxLength: 4 }), (blocks, quotes) => {
        const given = quotes.map(({ field, author, ...rest }) => ({
          ...rest,
          author_name: author,
          fields: [{ title: 'x', value: field }],
        }));
        const read = wordsOf({ text: '', blocks: blocks.map(({ block }) => block), attachments: given });
        for (const { words } of blocks) for (const one of words) expect(read.text).toContain(one);
        quotes.forEach(({ pretext, title, text, field, author }, index) => {
          for (const one of [pretext, title, text, field]) expect(read.quotes[index]?.text).toContain(one);
          expect(read.quotes[index]?.authorName).toBe(author);
        });
      }),
    );
  });

  it('is read whatever shape its parts have, within the limits', () => {
    fc.assert(
      fc.property(fc.anything({ maxDepth: 5 }), fc.anything({ maxDepth: 5 }), (blocks, given) => {
        const { text, quotes } = wordsOf({ text: 'x', blocks, attachments: [given, { text: blocks, blocks: given }] });
        expect(text.length).toBeLessThanOrEqual(textLimits.messageText);
        expect(quotes.length).toBeLessThanOrEqual(2);
      }),
    );
  });

  it('of 400,000 characters, in text or in a thousand attachments, is a question that fits into its record', () => {
    const long = '語'.repeat(400_000);
    const many = Array.from({ length: 1_000 }, () => ({ author_id: 'UBOB', author_name: long.slice(0, 9_000), text: long.slice(0, 400) }));
    const question = questionIn(messages.direct({ text: long, attachments: many, files: [{ id: 'F1', name: long }] }));
    expect(Buffer.byteLength(JSON.stringify(question))).toBeLessThan(300_000);
  });

  it('ten times as long takes no more than fifteen times as long to read', () => {
    const time = (lines: number) => {
      const section = (index: number) => ({ type: 'section', text: { type: 'mrkdwn', text: `line ${index} <@U1> \`\`\`` } });
      const blocks = Array.from({ length: lines }, (_, index) => section(index));
      const text = blocks.map((block) => block.text.text).join('\n');
      const began = process.cpuUsage();
      for (let round = 0; round < 5; round += 1) verdictOnEvent(messages.inChannel({ text, blocks, thread_ts: '1.1' }));
      const { user, system } = process.cpuUsage(began);
      return user + system;
    };
    time(2_000);
    let growth = Number.POSITIVE_INFINITY;
    // The best of three: a collection of garbage in between is no growth.
    for (let tries = 0; tries < 3 && growth >= 15; tries += 1) growth = Math.min(growth, time(20_000) / time(2_000));
    expect(growth).toBeLessThan(15);
  });
});

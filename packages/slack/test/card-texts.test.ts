import type { Change } from '@vera/protocol/change';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changeCard, changeDiff } from '../src/change-card.ts';
import cases from './cases/card-texts.json' with { type: 'json' };
import { changeOf } from './change-of.ts';

const cardOf = (more: Partial<Change>) => changeCard(changeOf(more), '1.1');

interface Shown {
  readonly type: string;
  readonly text?: unknown;
  readonly elements?: readonly Shown[];
}

/** Every text in which Slack would read mark-up. */
function formattedTexts(shown: Shown): string[] {
  const { type, text, elements = [] } = shown;
  const own = type === 'mrkdwn' && typeof text === 'string' ? [text] : [];
  const inner = typeof text === 'object' && text !== null ? formattedTexts(text as Shown) : [];
  return [...own, ...inner, ...elements.flatMap(formattedTexts)];
}

const markUp = /[*_~`]|:[\w+-]+:|<(?!@UANN>|!date|https:\/\/t\.example\|)/;

describe('a title', () => {
  test.each(cases.titles)('%s is shown character for character', (title) => {
    const { blocks, text } = cardOf({ title });
    expect(blocks[0]).toEqual({
      type: 'rich_text',
      elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: title, style: { bold: true } }] }],
    });
    expect(text).not.toMatch(markUp);
  });

  test('of any kind, and a reason, a result and a system, are nowhere mark-up', () => {
    const words = fc.constantFrom(
      '*a*',
      '_b_',
      '~c~',
      '`d`',
      ':white_check_mark:',
      ':+1:',
      ':-1::tada:',
      '<!here>',
      '<@U2>',
      '*',
      '_',
      ' ',
      'PAY-1: x',
    );
    const anyText = fc.array(words, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(anyText, fc.constantFrom('proposed', 'denied', 'done', 'unknown'), (said, state) => {
        const result = { text: said, link: { title: said, url: 'https://t.example' } };
        const { text, blocks } = cardOf({ title: said, system: said, reason: said, state, result, decidedBy: 'UANN' });
        for (const shown of [text, ...blocks.flatMap((block) => formattedTexts(block as unknown as Shown))])
          expect(shown).not.toMatch(markUp);
      }),
    );
  });
});

const blanks: Readonly<Record<string, readonly [string, string]>> = {
  spaces: [' ', 'spaces'],
  'line breaks': ['\n', 'line breaks'],
  'U+2800': ['\u2800', 'blanks'],
};

describe('a long blank', () => {
  test.each(cases.fields)('%s', (about) => {
    const [, counted = '', times = '', kind = ''] = /([\d,]+) (times )?(spaces|line breaks|U\+2800)/.exec(about) ?? [];
    const [blank, name] = blanks[kind] ?? ['', ''];
    expect(times === '').toBe(kind !== 'U+2800');
    const after = `Fix typo${blank.repeat(Number(counted.replace(',', '')))}and grant admin to eve`;
    expect(changeDiff({ field: 'Text', after })).toBe(`Fix typo… ${counted} ${name} …and grant admin to eve`);
    expect(changeDiff({ field: 'Text', before: 'Fix typo', after })).toContain(`+Fix typo… ${counted} ${name} …and grant admin to eve`);
    expect(JSON.stringify(cardOf({ title: after }).blocks)).toContain(`… ${counted} ${name} …`);
  });

  test('of any blanks is spelt out, and up to twenty stay', () => {
    const blank = fc.constantFrom(' ', '\n', '\t', '\u00a0', '\u2003', '\u2800', '\u3000', '\u2028', '\u2029', '\u205f', '\u{1d159}');
    fc.assert(
      fc.property(fc.array(blank, { minLength: 1, maxLength: 60 }), (run) => {
        const shown = changeDiff({ field: 'Text', after: `a${run.join('')}b` });
        if (run.length > 20) expect(shown).toMatch(/^a… \d+ (?:blanks|spaces|tabs|line breaks) …b$/);
        else expect([...shown].length).toBe(run.length + 2);
      }),
    );
  });
});

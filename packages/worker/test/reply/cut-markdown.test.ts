import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutMarkdown } from '../../src/reply/cut-markdown.ts';
import { markdownText } from './markdown-text.ts';
import { pieceFaults } from './piece-faults.ts';

const limit = 3_900;

/** Cuts a whole text as a reader would: each piece with its closing, the next begun with the opening. */
function cutAll(text: string): { pieces: string[]; contents: string[] } {
  const pieces: string[] = [];
  const contents: string[] = [];
  let rest = text;
  let opening = '';
  while ((opening + rest).length > limit) {
    const cut = cutMarkdown(opening + rest, opening.length, limit);
    const content = (opening + rest).slice(opening.length, cut.end);
    expect(content).not.toBe('');
    pieces.push(opening + content + cut.closing);
    contents.push(content);
    rest = rest.slice(content.length);
    opening = cut.opening;
  }
  return { pieces: [...pieces, opening + rest], contents: [...contents, rest] };
}

const lines = (count: number, line: (number: number) => string) =>
  Array.from({ length: count }, (_, index) => `${line(index + 1)}\n`).join('');
const filler = (length: number) => `${'word '.repeat(Math.ceil(length / 5)).slice(0, length - 2)}\n\n`;

describe('a text too long for one message', () => {
  test('any Markdown is cut so that each piece renders by itself, and nothing is lost or doubled', () => {
    fc.assert(
      fc.property(markdownText(10), (text) => {
        const { pieces, contents } = cutAll(text);
        expect(contents.join('')).toBe(text);
        expect(pieceFaults(pieces, text)).toEqual([]);
      }),
      { numRuns: 300, endOnFailure: true },
    );
  });

  test('any characters at all are cut into pieces that fit, and none is lost or doubled', () => {
    const anything = fc
      .array(
        fc.constantFrom('`', '```', '~~~', '|', '[', '](', ')', '<', '>', '\n', ' ', '\\', '-', '#', 'a', 'ä', '😀', '| --- |', '\t'),
        {
          minLength: 4_000,
          maxLength: 12_000,
          size: 'max',
        },
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(anything, (text) => {
        const { pieces, contents } = cutAll(text);
        expect(contents.join('')).toBe(text);
        expect(pieces.filter(({ length }) => length > limit)).toEqual([]);
      }),
      { numRuns: 50, endOnFailure: true },
    );
  });

  test('it ends between paragraphs rather than between lines, and there rather than between words', () => {
    const text = `${filler(3_600)}${filler(200)}first line of a paragraph\nsecond line ${'x '.repeat(400)}`;
    expect(cutMarkdown(text, 0, limit)).toMatchObject({ end: 3_800, closing: '', opening: '' });
  });

  test('it ends outside a code block rather than inside, though the block goes on longer and has blank lines', () => {
    const before = `${filler(3_600)}Run this:\n`;
    const text = `${before}\`\`\`bash\n${lines(100, (number) => (number % 5 === 0 ? '' : `echo step ${number}`))}\`\`\`\n`;
    // The line before the block belongs to it, so that it stays with the block.
    expect(cutMarkdown(text, 0, limit)).toMatchObject({ end: 3_600, closing: '', opening: '' });
    // Where what is shown already reaches to just before the block, it ends there.
    expect(cutMarkdown(text, before.length - 5, limit)).toMatchObject({ end: before.length, closing: '', opening: '' });
  });

  test('it never ends with a heading, not even one with a blank line below it', () => {
    const text = `${filler(3_700)}## What to do\n\n${filler(900)}`;
    expect(text.slice(0, cutMarkdown(text, 0, limit).end)).toBe(filler(3_700));
  });

  test('a code block is closed and opened again with its language', () => {
    const { pieces } = cutAll(`Run this:\n\n\`\`\`bash\n${lines(300, (number) => `echo step ${number}`)}\`\`\`\nDone.`);
    expect(pieces).toHaveLength(2);
    expect(pieces[0]).toMatch(/^Run this:\n\n```bash\necho step 1\n[\s\S]*\d\n```$/);
    expect(pieces[1]).toMatch(/^```bash\necho step \d+\n[\s\S]*echo step 300\n```\nDone\.$/);
  });

  test('a fence inside a fence does not end it', () => {
    const inner = lines(600, (number) => (number % 10 === 0 ? '```' : `line ${number}`));
    const { pieces } = cutAll(`~~~~markdown\n${inner}~~~~\n`);
    expect(pieces.length).toBeGreaterThan(1);
    for (const piece of pieces) expect(piece).toMatch(/^~~~~markdown\n[\s\S]*\n~~~~\n?$/);
  });

  test('the header of a table is repeated above the rows that go on, and not above another table', () => {
    const header = '| host | state |\n| --- | :---: |\n';
    const table = `${header}${lines(180, (number) => `| host-${number} | ${'up '.repeat(8)}|`)}`;
    const { pieces } = cutAll(`${table}\n| other | table |\n| --- | --- |\n| 1 | 2 |\n`);
    expect(pieces.map((piece) => piece.slice(0, header.length))).toEqual(pieces.map(() => header));
    expect(pieces.join('').split('| other | table |\n| --- | --- |\n| 1 | 2 |')).toHaveLength(2);
  });

  test('a header too long to repeat does not keep the text from going on', () => {
    const header = `| ${'wide '.repeat(700)}|\n| --- |\n`;
    const { pieces, contents } = cutAll(`${header}${lines(60, (number) => `| row ${number} ${'x'.repeat(100)} |`)}`);
    expect(contents.join('')).toHaveLength(header.length + lines(60, (number) => `| row ${number} ${'x'.repeat(100)} |`).length);
    expect(pieces.length).toBeLessThan(6);
  });

  test('no character is cut in two', () => {
    const { pieces } = cutAll(`x${'😀'.repeat(5_000)}`);
    for (const piece of pieces) expect(piece).toBe(piece.toWellFormed());
  });

  test('a word longer than a message is cut at the limit', () => {
    const { pieces } = cutAll('x'.repeat(9_000));
    expect(pieces.map(({ length }) => length)).toEqual([3_900, 3_900, 1_200]);
  });
});

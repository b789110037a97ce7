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

describe('a long text', () => {
  test('any Markdown is cut so that each piece renders by itself, and nothing is lost or doubled', () => {
    fc.assert(
      fc.property(markdownText(10), (text) => {
        const { pieces, contents } = cutAll(text);
        expect(contents.join('')).toBe(text);
        expect(pieceFaults(pieces, text)).toEqual([]);
      }),
      { numRuns: 100, endOnFailure: true },
    );
  });
});

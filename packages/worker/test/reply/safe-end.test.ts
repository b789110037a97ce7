import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { safeEnd } from '../../src/reply/safe-end.ts';
import { markdownText } from './markdown-text.ts';
import { pieceFaults } from './piece-faults.ts';

/** What may be shown of a text whose rest has not come yet. */
const shown = (text: string) => text.slice(0, safeEnd(text));

describe('what may be shown while more is to come', () => {
  test.each([
    ['whole words', 'The answer is fo', 'The answer is '],
    ['whole lines', 'First.\nSecond.\n', 'First.\nSecond.\n'],
    ['no half link', 'See [the run', 'See '],
    ['no link that may go on', 'See [the runbook]', 'See '],
    ['no half address', 'See [the runbook](https://exam', 'See '],
    ['a whole link', 'See [the runbook](https://example.com/a) for ', 'See [the runbook](https://example.com/a) for '],
    ['not up to a space inside a link', 'See [the runbook](https://example.com/a)', 'See '],
    ['not up to a space inside code', 'Run `npm install`', 'Run '],
    ['brackets that are no link', 'An array[0] is ', 'An array[0] is '],
    ['no half code', 'Run `npm in', 'Run '],
    ['no half code with two ticks', 'Run ``a ` b', 'Run '],
    ['no half autolink', 'See <https://exam', 'See '],
    ['a comparison', 'If a < b then ', 'If a < b then '],
    ['no half mention', 'Ask <@U12', 'Ask '],
    ['an escaped bracket', 'Write \\[ and ', 'Write \\[ and '],
    ['no half row', '| a | b |\n|---|---|\n| 1 | 2 |\n| 3 ', '| a | b |\n|---|---|\n| 1 | 2 |\n'],
    ['no header without a row', 'Text.\n\n| a | b |\n|---|---|\n| 1 ', 'Text.\n\n'],
    ['no heading without its text', 'Text.\n\n## Next\n\n', 'Text.\n\n'],
    ['no heading above a header without a row', 'Text.\n\n## Next\n\n| a |\n|---|\n', 'Text.\n\n'],
    ['no half heading', 'Text.\n## Ne', 'Text.\n'],
    ['no half fence', 'Text.\n``', 'Text.\n'],
    ['no fence line that may get a language', 'Text.\n```ba', 'Text.\n'],
    ['words inside a code block, whatever they look like', '```\na [b `c | d e', '```\na [b `c | d '],
    ['not the line that may end a code block', '```\na\n``', '```\na\n'],
    ['a comment in a code block', '```\n# a\n', '```\n# a\n'],
    ['all of a script without spaces', '今日の当番はボブです。', '今日の当番はボブです。'],
    ['but no half link in it', '手順は[こちら](https://exam', '手順は'],
    ['nothing of one long word', 'Supercalifragilistic', ''],
  ])('%s', (_, text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  test('a bracket that is never closed does not hold the text back for ever', () => {
    expect(shown(`A [stray bracket ${'and words '.repeat(120)}`).length).toBeGreaterThan(1_000);
  });

  test('at any moment what is shown renders by itself, but for a code block to be closed', () => {
    fc.assert(
      fc.property(markdownText(5), fc.nat(), (text, at) => {
        const part = shown(text.slice(0, at % (text.length + 1)));
        const isOpen = (part.match(/^(```|~~~)/gm) ?? []).length % 2 === 1;
        const marker = [...part.matchAll(/^(`{3,}|~{3,})/gm)].at(-1)?.[1];
        const piece = isOpen ? `${part}${part.endsWith('\n') ? '' : '\n'}${marker}` : part;
        expect(pieceFaults([piece], part).filter((fault) => !/ characters$/.test(fault))).toEqual([]);
      }),
      { numRuns: 500, endOnFailure: true },
    );
  });
});

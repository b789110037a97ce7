import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JudgeText } from '../../src/guardrail/judge-text.ts';
import { between, judgeTexts } from '../../src/guardrail/judge-texts.ts';

const { signal } = new AbortController();
const policies = [{ kind: 'words' } as const];

function judgeOf({ stops = /(?!)/, masks = /(?!)/ }: { readonly stops?: RegExp; readonly masks?: RegExp }) {
  const seen: string[] = [];
  const judge: JudgeText = async (text) => {
    seen.push(text);
    if (stops.test(text)) return { kind: 'blocked', policies, units: 1 };
    return { kind: 'passed', text: text.replace(masks, '{N}'), masked: masks.test(text) ? policies : [], units: 1 };
  };
  return { judge, seen };
}

describe('texts that are judged together', () => {
  test('whatever they are: what goes in passes together, and nothing stays out that nobody stopped', async () => {
    const text = fc.array(fc.constantFrom('a', 'x', 'y', 'z', between), { maxLength: 4 }).map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 12 }), async (texts) => {
        const stops = /x[\s\S]*y|z/;
        const { verdict, texts: read } = await judgeTexts(judgeOf({ stops }).judge, texts, signal);
        const kept = read.filter((one) => one !== undefined);
        expect(read).toHaveLength(texts.length);
        expect(stops.test(kept.join(between))).toBe(false);
        expect(verdict).toBe(stops.test(texts.join(between)) ? 'blocked' : 'passed');
        if (verdict === 'passed') expect(read).toEqual(texts);
        for (const [index, one] of read.entries()) if (one !== undefined) expect(one).toBe(texts[index]);
      }),
      { numRuns: 200 },
    );
  });

  test('the one of two hundred that is stopped is found in few calls', async () => {
    const { judge, seen } = judgeOf({ stops: /z/ });
    const texts = Array.from({ length: 200 }, (_, index) => (index === 77 ? 'z' : `text ${index}`));
    const { texts: read } = await judgeTexts(judge, texts, signal);
    expect(read.flatMap((one, index) => (one === undefined ? [index] : []))).toEqual([77]);
    expect(seen.length).toBeLessThan(20);
  });

  test('where all are stopped the calls have an end', async () => {
    const { judge, seen } = judgeOf({ stops: /z/ });
    const { texts } = await judgeTexts(
      judge,
      Array.from({ length: 2_000 }, () => 'z'),
      signal,
    );
    expect(texts.some((one) => one !== undefined)).toBe(false);
    expect(seen.length).toBeLessThan(100);
  });

  test('a value that a mask takes from two of them goes in from neither, and no text comes to another’s place', async () => {
    const { judge } = judgeOf({ masks: new RegExp(`Jo${between}Hn`) });
    expect((await judgeTexts(judge, [`a${between}b`, 'c', 'Jo', 'Hn'], signal)).texts).toEqual([`a${between}b`, 'c', undefined, undefined]);
  });
});

import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { markdownText } from './markdown-text.ts';
import { pieceFaults } from './piece-faults.ts';
import { startWriter } from './start-writer.ts';

const ending = { outcome: 'answered', words: '', blocks: [] } as const;
/** One code block, so that every message has to be closed and opened. */
const codeBlock = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 60, maxLength: 150, size: 'max' }).map((lengths) => {
  let words = 0;
  const lines = lengths.map((length) => Array.from({ length }, () => `w${++words}x`).join(' '));
  return `\`\`\`ts\n${lines.join('\n')}\n\`\`\`\n`;
});
const deltas = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 40 });

test('any Markdown that comes in any deltas arrives whole, in messages that render by themselves', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof({ weight: 3, arbitrary: markdownText(8) }, { weight: 1, arbitrary: codeBlock }),
      deltas,
      async (text, lengths) => {
        await using started = await startWriter();
        for (let at = 0, turn = 0; at < text.length; turn += 1) {
          const length = lengths[turn % lengths.length] ?? 1;
          started.writer.write(text.slice(at, at + length));
          at += length;
          if (turn % 3 === 0) await sleep(1);
        }
        await started.writer.finish(ending);
        expect(pieceFaults(started.pieces(), text)).toEqual([]);
      },
    ),
    { numRuns: 30, endOnFailure: true },
  );
});

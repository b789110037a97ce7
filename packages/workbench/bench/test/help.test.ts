import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { soakFigures } from '../src/soak/soak-figures.ts';

test.each([
  ['main.ts', /^pnpm bench \[NAME …\] [\s\S]*cold-starts, /],
  ['soak/main.ts', /^pnpm soak \[MINUTES\] [\s\S]*60 minutes unless told/],
])('%s --help says what it does, and that is no mistake', async (path, words) => {
  const script = fileURLToPath(new URL(`../src/${path}`, import.meta.url));
  const run = promisify(execFile);
  expect((await run(process.execPath, [script, '--help'])).stdout).toMatch(words);
  await expect(run(process.execPath, [script, 'nonsense'])).rejects.toMatchObject({ code: 1 });
});

test('a slope of a few minutes is told as too short to believe', () => {
  const at = (minutes: number) => ({
    ...{ minutes, questions: minutes * 10, processes: { worker: { megabytes: 100 + minutes, handles: 20 } } },
    items: { all: minutes * 20, lasting: 0 },
  });
  const slopeIn = (minutes: readonly number[]) => soakFigures(minutes.map(at)).find(({ what }) => what === 'worker: memory, slope');
  expect(slopeIn([0, 0.5, 1])).toMatchObject({ value: '60.0 MB an hour, at 101 MB; too short to believe a slope, which takes 30 minutes' });
  expect(slopeIn([0, 15, 30, 45, 60])).toMatchObject({ value: '60.0 MB an hour, at 160 MB' });
});

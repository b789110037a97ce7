import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { listen } from '@vera/stand-in-kit/listen';
import { expect, test } from 'vitest';
import { runEval } from '../src/run-eval.ts';

async function ran(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const said: string[] = [];
  const say = (text: string) => void said.push(text);
  return { code: await runEval(args, environment, { write: say, fail: say }), said: said.join('') };
}

test('M35 a model is asked only where it is named, and named only where it is to be asked', async () => {
  await using server = await listen(() => {
    throw new Error('Nobody was to be asked.');
  });
  const environment = { VERA_MODEL_URL: server.url };
  const together = { code: 1, said: expect.stringMatching(/--record and --model go together/) };
  expect(await ran(['--record'], environment)).toEqual(together);
  expect(await ran(['--model', 'm'], environment)).toEqual(together);
  expect(await ran(['--record', '--update', '--model', 'm'], environment)).toMatchObject({ code: 1 });
  expect(await ran(['--recrod'], environment)).toMatchObject({ code: 1, said: expect.stringContaining('--recrod') });
});

test('a model that the server does not have is told before anything is played', async () => {
  await using server = await listen(() => Response.json({ data: [{ id: 'small' }] }));
  expect(await ran(['--record', '--model', 'large'], { VERA_MODEL_URL: server.url })).toEqual({
    code: 1,
    said: expect.stringMatching(/does not list large; it has small/),
  });
});

test('--help says what it does', async () => {
  expect(await ran(['--help'])).toEqual({ code: 0, said: expect.stringContaining('--strict') });
});

test('M36 a name that no case has ends with 1: nothing was measured', async () => {
  const main = join(import.meta.dirname, '../src/main.ts');
  const outcome = await promisify(execFile)(process.execPath, [main, 'no case is called so']).catch((error: unknown) => error);
  expect(outcome).toMatchObject({ code: 1, stdout: expect.stringContaining('Nothing was measured') });
});

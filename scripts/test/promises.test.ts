import { join } from 'node:path';
import { expect, it } from 'vitest';
import { promises, promisesKept } from '../structure/promises.ts';
import { repositoryFilesOf } from '../structure/repository-file.ts';

const files = repositoryFilesOf(join(import.meta.dirname, '..', '..'));

it.each(Object.entries(promises))('%s is held by a test that begins with its id: %s', (id) => {
  expect(promisesKept(files), `no test is named \`${id} …\`; write one, or see why it went`).toContain(id);
});

it('no test cites a promise that is not in the list', () => {
  const unknown = [...promisesKept(files)].filter((id) => !(id in promises));
  expect(unknown, 'add it to scripts/structure/promises.ts').toEqual([]);
});

it.each([
  ["it('R7 own message is ignored', () => {})", ['R7']],
  ["it('R5 R6 copies are answered once', () => {})", ['R5', 'R6']],
  ["it.each([\n  [1],\n])('R5, R6 and R7 hold for %s', () => {})", ['R5', 'R6', 'R7']],
  ["it(\n  'R13 long answers are cut', () => {})", ['R13']],
  ["it('R10 D6 says nothing more', () => {})", ['R10', 'D6']],
  ["// R7 is held elsewhere\nit('follows R7', () => {})", []],
])('reads the ids of %j', (text, ids) => {
  expect([...promisesKept([{ path: 'packages/receiver/test/receiver.test.ts', text }])]).toEqual(ids);
});

it('counts tests only', () => {
  const text = "it('R7 own message is ignored', () => {})";
  expect(promisesKept([{ path: 'packages/receiver/src/receiver.ts', text }]).size).toBe(0);
});

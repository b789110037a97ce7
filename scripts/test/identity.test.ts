import { join } from 'node:path';
import { expect, test } from 'vitest';
import { repositoryFilesOf } from '../structure/repository-file.ts';

const maker = 'packages/service-kit/src/kernel-random.ts';
const inWorker = /^packages\/(?:worker|ledger|accounts|slack|service-kit|protocol)\/src\//;
const ofNode = /\b(?:randomUUID|randomBytes|randomInt|randomFill\w*|getRandomValues|generateKey\w*)\b|Math\.random/;
/** How long to wait before a call is repeated is no identity. */
const pause = 'wait(Math.random()';

test('what runs in a worker makes ids, locks and keys by the kernel only: Node’s own are equal in all that come from one snapshot', () => {
  const sources = repositoryFilesOf(join(import.meta.dirname, '..', '..')).filter(({ path }) => inWorker.test(path));
  expect(sources.length).toBeGreaterThan(100);
  expect(sources.filter(({ text }) => ofNode.test(text.replaceAll(pause, ''))).map(({ path }) => path)).toEqual([maker]);
});

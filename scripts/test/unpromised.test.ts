import { expect, it } from 'vitest';
import { isUnpromised } from '../upgrade/unpromised.ts';

const done = '… was deleted, and something is done for it since';

it.each([
  ['that its receiver kept no deletion, which no worker can know then', done, ['receiver', 'sweeper'], true],
  ['not that this version’s worker does what it can read that nobody wants', `${done}, as is on record`, ['receiver', 'sweeper'], false],
  ['not that the same comes of its worker, or of its sweeper', done, ['worker'], false],
  ['that a card of its worker knows no words', 'a yes to … counts, and … had other words before', ['worker'], true],
  ['not that a yes to one counts for what was deleted', 'a yes to … counts, and … was deleted before', ['worker'], false],
  ['nothing that only begins like it', 'it looks as if somebody were at work for ever', ['worker'], false],
] as const)('of an upgrade in the simulation is excused %s', (_, kind, old, isExcused) => {
  expect(isUnpromised(kind, '0.1.0', old)).toBe(isExcused);
  expect(isUnpromised(kind, '0.2.0', old)).toBe(false);
});

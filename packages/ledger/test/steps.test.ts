import { expect, it } from 'vitest';
import { questionOf } from './question-of.ts';
import { startedLedger } from './started-ledger.ts';

const question = questionOf('100.000001');
const search = { what: 'Searching', times: 2, failed: 1, milliseconds: 300 };
const ticket = { what: 'Jira', times: 1, failed: 0, milliseconds: 20 };

it('keeps what each turn looked at, that before a person was waited for as well', async () => {
  await using ledger = await startedLedger();
  await ledger.recorded(question);
  const lease = await ledger.leased(question);
  const until = ledger.now() + 60_000;
  expect(await lease.wait({ kind: 'account', provider: 'github', until }, [], undefined, { steps: [search] })).toBe('waiting');
  expect(await (await ledger.leased(question)).close('answered', undefined, [], [ticket])).toBe(true);
  expect((await ledger.recordOf(question))?.steps).toEqual([search, ticket]);
});

it('has none where nothing was looked at', async () => {
  await using ledger = await startedLedger();
  await ledger.recorded(question);
  await (await ledger.leased(question)).close('answered');
  expect(await ledger.recordOf(question)).not.toHaveProperty('steps');
});

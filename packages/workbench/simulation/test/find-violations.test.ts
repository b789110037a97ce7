import { createDynamoInbox } from '@vera/ledger/dynamo-inbox';
import { createDynamoLeases } from '@vera/ledger/dynamo-leases';
import { createDynamoOverdue } from '@vera/ledger/dynamo-overdue';
import { type Question, questionIdOf } from '@vera/protocol/question';
import { expect, it } from 'vitest';
import { findViolations } from '../src/find-violations.ts';
import { planOf } from '../src/plan/plan.ts';
import { noBug } from '../src/planted-bug.ts';
import { tableName, World } from '../src/world.ts';

/** A piece of an answer in its thread, whose worker died; `lose`: the sweeper closed the record, and died before it said so in its log. */
async function brokenOff(lose: boolean): Promise<readonly string[]> {
  const world = new World(planOf(1), noBug);
  const ts = world.slack.write('UANN', 'read Q1');
  const place = { teamId: 'T01', channelId: 'C01', threadTs: ts, messageTs: ts };
  const who = { userId: 'UANN', userTeamId: 'T01', botUserId: 'UVERA', isDirect: false, isExternal: false };
  const question: Question = { kind: 'question', id: questionIdOf(place), ...place, ...who, text: 'read Q1', files: [] };
  const params = { dynamoDb: async (...call: Parameters<typeof world.table.do>) => world.table.do(...call), tableName, now: () => 1 };
  const ledger = params as Parameters<typeof createDynamoLeases>[0];
  await createDynamoInbox({ ...ledger, deliveryGrace: 1 }).record(question);
  const leased = await createDynamoLeases({ ...ledger, leaseMilliseconds: 1 }).lease(question, 'worker-1');
  if (leased.kind !== 'leased') throw new Error(leased.kind);
  world.slack.do('chat.postMessage', { thread_ts: ts, text: 'A piece' });
  const overdue = createDynamoOverdue({ ...ledger, onUnreadable: (error) => expect(error).toBeUndefined() });
  if (lose) await overdue.closeLost(leased.lease.record, 'failed', 'lost');
  return findViolations(world, [question]);
}

it('a piece that is left is wrong, unless its loss was told, which the record says', async () => {
  const piece = expect.stringContaining('a piece of a broken answer is left');
  expect(await brokenOff(false)).toContainEqual(piece);
  expect(await brokenOff(true)).not.toContainEqual(piece);
});

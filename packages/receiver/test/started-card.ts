import { type Change, hashOfChange } from '@vera/protocol/change';
import { decisionActionIds, decisionValueOf } from '@vera/protocol/decision';
import { envelopes } from './envelopes.ts';
import { startedReceiver } from './started-receiver.ts';

export const form = { contentType: 'application/x-www-form-urlencoded' };

/** A receiver and a question of U01 that waits until somebody decides about a change. */
export async function startedCard(options: Parameters<typeof startedReceiver>[0] = {}) {
  const receiver = await startedReceiver(options);
  await receiver.post(envelopes.mention());
  receiver.forwarded.length = 0;
  receiver.lines.length = 0;
  const [record] = await receiver.recorded();
  const leased = await receiver.leases.lease(record!.question, 'worker-1');
  if (leased.kind !== 'leased') throw new Error('Not leased');
  const shown = {
    id: 'c1',
    tool: 'create_jira_issue',
    input: '{}',
    args: '{"summary":"Terminals are offline"}',
    title: 'Create a bug',
    system: 'Jira',
    fields: [{ field: 'Summary', after: 'Terminals are offline' }],
    asker: 'U01',
    account: '1',
    approvers: ['U01'],
    proposedAt: receiver.now(),
    expiresAt: receiver.now() + 900_000,
    forWords: 0,
    state: 'proposed' as const,
    revision: '',
  };
  const { revision: _, ...change } = { ...shown, hash: hashOfChange(shown) };
  const noted = await leased.lease.noteChange(change);
  await leased.lease.wait({ kind: 'decision', change: 'c1', until: change.expiresAt }, [], 0);
  const value = decisionValueOf({ messageTs: record!.question.messageTs, change: 'c1', hash: change.hash });
  const respond = { response_url: `${receiver.hooks.url}/actions/T01/1/abc` };
  return {
    ...receiver,
    change: noted as Change,
    value,
    stored: async () => (await receiver.recorded())[0],
    click: (verdict: 'approve' | 'deny', more: Readonly<Record<string, unknown>> = {}) =>
      receiver.post(envelopes.decision({ action_id: decisionActionIds[verdict], value }, { ...respond, ...more }), form),
    [Symbol.asyncDispose]: () => receiver[Symbol.asyncDispose](),
  };
}

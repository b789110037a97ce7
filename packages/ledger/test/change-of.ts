import { type Change, hashOfChange } from '@vera/protocol/change';
import type { DecisionAction } from '@vera/protocol/decision';
import { questionOf } from './question-of.ts';

/** An issue that Ann would have created, proposed at `now`; `more` replaces fields before it is hashed. */
export function changeOf(now: number, more: Partial<Change> = {}): Change {
  const change = {
    id: 'c1',
    tool: 'create_jira_issue',
    input: '{"project":"PAY"}',
    args: '{"projectId":"10001","amount":12345678901234567890}',
    title: 'Create a bug in Payments (PAY)',
    system: 'Jira',
    fields: [{ field: 'Summary', after: 'Terminals are offline' }],
    asker: 'UANN',
    account: 'ann',
    approvers: ['UANN'],
    proposedAt: now,
    expiresAt: now + 900_000,
    state: 'proposed',
    revision: 'r0',
    ...more,
  } as const;
  return { ...change, fields: [...change.fields], approvers: [...change.approvers], hash: more.hash ?? hashOfChange(change as Change) };
}

/** Ann presses a button of its card. */
export function clickOn({ id, hash }: Change, more: Partial<DecisionAction> = {}): DecisionAction {
  const { teamId, channelId, threadTs, messageTs, userId } = questionOf('100.000001');
  return { kind: 'decision', teamId, channelId, threadTs, messageTs, userId, change: id, hash, verdict: 'approve', ...more };
}

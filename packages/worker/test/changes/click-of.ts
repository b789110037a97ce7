import type { DecisionAction } from '@vera/protocol/decision';
import type { Question } from '@vera/protocol/question';
import type { startGate } from './start-gate.ts';

/** The asker's yes to the newest change of a question, as the receiver is told of it. */
export async function clickOf(gate: Awaited<ReturnType<typeof startGate>>, question: Question): Promise<DecisionAction> {
  const change = Object.values((await gate.recordOf(question))?.changes ?? {}).at(-1)!;
  const { teamId, channelId, threadTs, messageTs } = question;
  const place = { kind: 'decision', teamId, channelId, threadTs, messageTs, userId: 'UANN' } as const;
  return { ...place, change: change.id, hash: change.hash, verdict: 'approve' as const };
}

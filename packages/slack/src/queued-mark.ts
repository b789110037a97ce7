import type { Question } from '@vera/protocol/question';
import type { SlackCall } from './slack-calls.ts';

/** ⏳ under a message whose turn has not come: another question of its thread is answered first. */
const name = 'hourglass_flowing_sand';
const policy = { repeatable: true, patience: 2_000 };

/** Shown twice it is the same as once. Never rejects. */
export async function showQueued(call: SlackCall, { channelId: channel, messageTs: timestamp }: Question): Promise<void> {
  await call('reactions.add', { channel, timestamp, name }, policy).catch(() => undefined);
}

/** As the ledger has it. */
interface Queued {
  readonly question: Question;
  readonly queuedAt?: number;
}

/** Takes it away, whoever put it there. Never rejects. */
export async function endQueued(call: SlackCall, { question, queuedAt }: Queued): Promise<void> {
  if (queuedAt === undefined) return;
  const { channelId: channel, messageTs: timestamp } = question;
  await call('reactions.remove', { channel, timestamp, name }, policy).catch(() => undefined);
}

import type { Conversation } from '@vera/ledger/ledger';
import type { Question } from '@vera/protocol/question';

/** Who may write on in a thread without naming Vera. */
export type FollowUps = 'mention' | 'asker' | 'thread';

/** So long after an answer, in milliseconds, what is said below it is still said to Vera. */
const patience = 30 * 60_000;

interface Heard {
  readonly followUps: FollowUps;
  readonly userId: string;
  /** Undefined where Vera has no part in the thread. */
  readonly conversation: Conversation | undefined;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** What a message is that names nobody, as far as the ledger can tell; who wrote in between, the worker sees in the thread. */
export function judgeFollowUp({ followUps, userId, conversation, now }: Heard): Question['followUp'] {
  if (!conversation) return undefined;
  const { askers, lastAsker, answeredAt = now, isHinted } = conversation;
  const isMeant = now - answeredAt <= patience && (followUps === 'thread' || userId === lastAsker);
  if (followUps !== 'mention' && isMeant) return followUps;
  return askers.has(userId) && !isHinted ? 'hint' : undefined;
}

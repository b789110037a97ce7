import type { Refusal } from '@vera/ledger/judge-decision';
import type { RetryAnswer } from '@vera/ledger/ledger';

/** What a person reads, and nobody else, whose click on a card counts for nothing: why, and what helps. */
export function refusalWords(refusal: Refusal): string {
  switch (refusal.kind) {
    case 'unknown':
      return 'I do not know this change any more. Please ask me again in the thread.';
    case 'changed':
      return 'What would be done is not what this card shows, so I did nothing. Please ask me again in the thread, and tell the team that runs me.';
    case 'not-yours': {
      const [first = 'nobody', ...others] = refusal.approvers.slice(0, 10).map((id) => `<@${id}>`);
      return `Only ${others.length > 0 ? `one of ${[first, ...others].join(', ')}` : first} can decide this, since it is done in their name or under their care. Nothing was changed.`;
    }
    case 'expired':
      return 'This came too late: a card can be approved for 15 minutes. Nothing was changed; please ask me again in the thread.';
    case 'stopped':
      return 'This was stopped or deleted, so nothing of it is done any more. Please ask me again in the thread if it is still wanted.';
    case 'edited':
      return 'The question was edited since, so this is withdrawn and nothing of it is done. I answer the question anew, in its new words.';
    case 'decided':
      return `<@${refusal.by}> ${refusal.verdict === 'approve' ? 'approved' : 'denied'} this already. Your click changed nothing.`;
  }
}

/** What a person reads who pressed “Try again” for nothing. */
export function noRetryWords(why: Extract<RetryAnswer, { kind: 'refused' }>['why']): string {
  switch (why) {
    case 'unknown':
      return 'I do not know this question any more. Please ask me again.';
    case 'not-yours':
      return 'Only the person who asked can have this tried again, since I answer with their rights. Ask me yourself, and I answer you.';
    case 'over':
      return 'This was tried again already, or has its answer. Your click changed nothing.';
    case 'withdrawn':
      return 'The question was deleted since, so I do not answer it, and keep its words no more. Please ask me again if it is still wanted.';
  }
}

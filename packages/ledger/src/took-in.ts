import type { QuestionRecord } from './ledger.ts';

/** What a record says of what goes with what. */
export interface Going {
  readonly messageTs: string;
  readonly foldedInto?: string | undefined;
  readonly folded?: readonly string[] | undefined;
}

/** Whether a question has let go, or ended, with this message as a part of it. Both have to say so: either may be on its own again. */
export function tookIn({ messageTs, folded = [] }: Going, message: Going): boolean {
  return message.foldedInto === messageTs && folded.includes(message.messageTs);
}

/** Whether a question takes this message along: it took it in, or is about to, and nobody has begun with the message by itself. */
export function isPart(reader: QuestionRecord, message: QuestionRecord): boolean {
  const isUnbegun = message.attempts === 0 && message.leg === 0;
  return tookIn(goingOf(reader), goingOf(message)) || (isUnbegun && message.foldedInto === reader.question.messageTs);
}

export function goingOf({ question: { messageTs }, foldedInto, folded }: QuestionRecord): Going {
  return { messageTs, foldedInto, folded };
}

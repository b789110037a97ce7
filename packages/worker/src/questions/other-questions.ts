import type { QuestionRecord } from '@vera/ledger/ledger';
import type { Question } from '@vera/protocol/question';
import type { AnswerParams } from './story.ts';

/** The thread's records but that of this question, oldest first. */
export async function otherQuestions({ leases }: Pick<AnswerParams, 'leases'>, question: Question): Promise<readonly QuestionRecord[]> {
  return (await leases.thread(question)).filter((other) => other.question.id !== question.id);
}

import type { Question } from '@vera/protocol/question';
import { beginTrace, onward, spanOf } from '@vera/protocol/trace';
import type { Verdict } from '@vera/protocol/verdict';
import { kernelId } from '@vera/service-kit/kernel-random';

export interface TraceParams {
  /** Of how many questions the trace is kept, from 0 to 1; 0: nothing is traced. */
  readonly tracedShare: number;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** A verdict with a trace in each question, which began `at` a time. Nothing is loaded for it: the worker tells what was noted here. */
export function withTrace(verdict: Verdict, at: number, params: TraceParams): Verdict {
  if (params.tracedShare === 0) return verdict;
  const traced = (question: Question) => ({ ...question, trace: begun(at, params) });
  switch (verdict.kind) {
    case 'question':
    case 'follow-up':
    case 'edit':
      return { ...verdict, question: traced(verdict.question) };
    case 'stop':
      return { ...verdict, said: { ...verdict.said, question: traced(verdict.said.question) } };
    default:
      return verdict;
  }
}

function begun(at: number, { tracedShare, now }: TraceParams) {
  const id = kernelId();
  // The last digits of a random id are as good as any other chance.
  const isSampled = Number.parseInt(id.slice(-8), 16) / 2 ** 32 < tracedShare;
  return beginTrace(id, isSampled, { name: 'receive', id: spanOf(kernelId()), at, until: now() });
}

/** The same question once more of what it went through here since `at`. */
export function traced(question: Question, name: 'record' | 'click', at: number, until: number): Question {
  return question.trace ? { ...question, trace: onward(question.trace, { name, id: spanOf(kernelId()), at, until }) } : question;
}

import type { SlackMessage } from './slack-message.ts';

const eventType = 'vera_reply';
const outcomes = ['answered', 'failed', 'stopped', 'refused'] as const;

/** What every message Vera posts says about itself in its metadata, so that it can be found again. */
export interface ReplyMark {
  /** The question's id. */
  readonly question: string;
  /** Counts the turns of an answer that had to wait for a person in between; 0 when left out. */
  readonly leg?: number;
  /** Counts the messages of one turn from 1; 0 for what was put beside them, such as a chart. */
  readonly piece: number;
  /** Of what was put beside: the same for the same content. */
  readonly beside?: string;
  /** Only on the last message of an answer: how the question ended. */
  readonly outcome?: (typeof outcomes)[number];
  /** Only on the last message of a turn: names of the documents that have a number, in its order. */
  readonly cited?: readonly string[];
  /** `ts` of messages that the guardrail stopped: no later request holds them. */
  readonly blocked?: readonly string[];
}

export function toMetadata({ leg = 0, ...mark }: ReplyMark): { event_type: string; event_payload: Record<string, unknown> } {
  return { event_type: eventType, event_payload: { ...mark, ...(leg > 0 ? { leg } : {}) } };
}

/** Whether a message was written in this turn at this question. */
export function isOfTurn(mark: ReplyMark | undefined, { question, leg = 0 }: Pick<ReplyMark, 'question' | 'leg'>): boolean {
  return mark?.question === question && (mark.leg ?? 0) === leg;
}

/** Whether a message only says, in place of a status, that somebody works in this turn. */
export function isPlaceholder(mark: ReplyMark | undefined, turn: Pick<ReplyMark, 'question' | 'leg'>): boolean {
  return isOfTurn(mark, turn) && mark?.piece === 0 && mark.beside === undefined;
}

/** Undefined for messages without our mark. */
export function replyMarkOf({ metadata }: SlackMessage): ReplyMark | undefined {
  const payload = metadata?.event_payload;
  if (metadata?.event_type !== eventType || typeof payload?.question !== 'string') return undefined;
  const { outcome, cited, blocked, beside } = payload;
  const told = outcomes.find((one) => one === outcome);
  return {
    question: payload.question,
    ...(payload.leg === undefined ? {} : { leg: Number(payload.leg) }),
    piece: Number(payload.piece ?? 1),
    ...(typeof beside === 'string' ? { beside } : {}),
    ...(told ? { outcome: told } : {}),
    ...(Array.isArray(cited) ? { cited: cited.map(String) } : {}),
    ...(Array.isArray(blocked) ? { blocked: blocked.map(String) } : {}),
  };
}

import type { ConverseRequest } from '../runtime/converse-request.ts';
import { answerFromAttachments } from './answer-from-attachments.ts';
import { answerFromOutcomes } from './answer-from-outcomes.ts';
import { readConversation } from './conversation.ts';
import { type PlannedCall, planCalls } from './plan-calls.ts';
import { smallTalk } from './small-talk.ts';
import { threadSummary } from './thread-summary.ts';

export interface Rehearsed {
  readonly text: string;
  readonly calls: readonly PlannedCall[];
}

/** What the rehearsal model does with a request: talk, call tools, or answer from what they returned. */
export function rehearse(request: ConverseRequest): Rehearsed {
  const conversation = readConversation(request);
  if (conversation.outcomes.length > 0) return { text: answerFromOutcomes(conversation), calls: [] };
  const known = answerFromAttachments(conversation) ?? smallTalk(conversation) ?? threadSummary(conversation);
  if (known) return { text: known, calls: [] };
  const calls = planCalls(conversation, request.toolConfig?.toolChoice);
  if (calls.length > 0) return { text: '', calls };
  const honest = `I am ${conversation.name}'s rehearsal model: I can only use tools and quote what they return`;
  return { text: `${honest}, and I have none that fits this question.`, calls: [] };
}

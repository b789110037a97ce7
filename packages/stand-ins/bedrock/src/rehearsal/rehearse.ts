import type { ConverseRequest } from '../runtime/converse-request.ts';
import { answerFromAttachments } from './answer-from-attachments.ts';
import { answerFromOutcomes } from './answer-from-outcomes.ts';
import { type Conversation, readConversation } from './conversation.ts';
import { type PlannedCall, planCalls } from './plan-calls.ts';
import { callsAskedFor, changeIn, type PlannedChange, planChange } from './plan-change.ts';
import { readOn } from './read-on.ts';
import { smallTalk } from './small-talk.ts';
import { threadSummary } from './thread-summary.ts';

export interface Rehearsed {
  readonly text: string;
  readonly calls: readonly PlannedCall[];
}

/** What the rehearsal model does with a request: talk, call tools, or answer from what they returned. */
export function rehearse(request: ConverseRequest): Rehearsed {
  const conversation = readConversation(request);
  const { toolChoice } = request.toolConfig ?? {};
  if (conversation.outcomes.length > 0) return afterOutcomes(conversation);
  const change = toolChoice?.tool ? undefined : planChange(conversation);
  const asked = change ? callsAskedFor(conversation) : [];
  if (asked.length > 0) return { text: '', calls: asked };
  if (change) return acted(change);
  const known = answerFromAttachments(conversation) ?? smallTalk(conversation) ?? threadSummary(conversation);
  if (known) return { text: known, calls: [] };
  const calls = planCalls(conversation, toolChoice);
  if (calls.length > 0) return { text: '', calls };
  const honest = `I am ${conversation.name}'s rehearsal model: I can only use tools and quote what they return`;
  return { text: `${honest}, and I have none that fits this question.`, calls: [] };
}

/** Reads on what was cut, then goes about the change that was asked for, then answers. */
function afterOutcomes(conversation: Conversation): Rehearsed {
  const more = readOn(conversation);
  if (more.length > 0) return { text: '', calls: more };
  if (!changeIn(conversation.question)) return { text: answerFromOutcomes(conversation), calls: [] };
  const told = answerFromOutcomes(conversation);
  const change = planChange({ ...conversation, answers: [...conversation.answers, told] });
  if (!change) return { text: told, calls: [] };
  // What was asked besides is answered before the change is proposed: afterwards there is only its outcome to speak of.
  const next = acted(change);
  return { ...next, text: [change.kind === 'look-up' ? '' : told, next.text].filter((part) => part !== '').join('\n\n') };
}

function acted(change: PlannedChange): Rehearsed {
  return change.kind === 'ask' ? { text: change.words, calls: [] } : { text: '', calls: [change.call] };
}

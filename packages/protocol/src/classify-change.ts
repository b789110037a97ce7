import { asksToStop } from './asks-to-stop.ts';
import { authorProblem, type ClassifyRules } from './author-problem.ts';
import { wordsOf } from './message-words.ts';
import type { Question } from './question.ts';
import type { EventEnvelope, EventMessage, SlackEvent } from './slack-envelope.ts';
import { toQuestion } from './to-question.ts';
import type { MeantAs, Verdict } from './verdict.ts';

/** What a message asks, were it new. */
type Judge = (message: EventMessage) => MeantAs;

/**
 * What a message became: other words, or nothing. Previews, counts of replies and attachments arrive as changes too, and say nothing new.
 * Undefined when the event tells of no change.
 */
export function classifyChange(event: SlackEvent, envelope: EventEnvelope, rules: ClassifyRules, judge: Judge): Verdict | undefined {
  const meantAs = event.previous_message ? judge(event.previous_message) : 'nothing';
  if (event.subtype === 'message_deleted')
    return withdrawalOf(event, envelope, { gone: event.previous_message, ts: event.deleted_ts, meantAs });
  if (event.subtype !== 'message_changed') return undefined;
  const { message, previous_message: previous } = event;
  if (!message) return { kind: 'ignore', reason: 'a change of nothing' };
  // Slack keeps the root of a thread in this form.
  if (message.subtype === 'tombstone') return withdrawalOf(event, envelope, { gone: previous ?? message, ts: message.ts, meantAs });
  const problem = authorProblem(message, envelope, rules);
  if (problem !== undefined) return { kind: 'ignore', reason: problem };
  if (previous && saysTheSame(wordsOf(previous).text, wordsOf(message).text))
    return { kind: 'ignore', reason: 'an edit without other words' };
  const question = toQuestion(message, event, envelope);
  if (!question) return { kind: 'ignore', reason: 'no user, channel or ts' };
  return asksToStop(question) && event.ts
    ? stopOfItself(question, event.ts)
    : { kind: 'edit', question, meantAs: previous ? meantAs : judge(message) };
}

/** Nothing but blanks and marks between words is other. Of code, in which these say something, every character counts. */
function saysTheSame(before: string, after: string): boolean {
  if (before === after) return true;
  if (before.includes('`') || after.includes('`')) return false;
  return bareWords(before) === bareWords(after);
}

/** What stands inside a word, as the point of a number or an address, belongs to it. */
function bareWords(text: string): string {
  const apart = text.replace(/\p{Default_Ignorable_Code_Point}/gu, '').replace(/(?<=\D),(?=\D)/g, ' ');
  const words = apart.split(/\s+/).map((word) => word.replace(/^[("'“‘„«¿¡]+/u, '').replace(marksAtItsEnd, ''));
  return words.filter((word) => word !== '').join(' ');
}

/** Each run of them is looked at once, however long it is. */
const marksAtItsEnd = /(?<![.,;:!?…)"'”’»])[.,;:!?…)"'”’»]+$/u;

/** Its author wants no answer any more. */
function stopOfItself({ teamId, channelId, threadTs, messageTs: about, userId }: Question, ts: string): Verdict {
  return { kind: 'action', action: { kind: 'stop', teamId, channelId, threadTs, about, userId, ts } };
}

interface Deleted {
  readonly gone: EventMessage | undefined;
  readonly ts: string | undefined;
  readonly meantAs: MeantAs;
}

function withdrawalOf(event: SlackEvent, envelope: EventEnvelope, { gone, ts = gone?.ts, meantAs }: Deleted): Verdict {
  if (!event.channel || !ts) return { kind: 'ignore', reason: 'no channel or ts' };
  const isOurs = gone?.app_id !== undefined && gone.app_id === envelope.api_app_id;
  if (isOurs) return { kind: 'ignore', reason: 'our own message' };
  const message = { teamId: envelope.team_id, channelId: event.channel, threadTs: gone?.thread_ts ?? ts, messageTs: ts };
  return { kind: 'withdrawal', message, meantAs };
}

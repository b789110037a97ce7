import type { EventEnvelope, EventMessage } from './slack-envelope.ts';

export interface ClassifyRules {
  /** Bot ids (`B…`) whose messages count as questions. */
  readonly allowedBotIds: readonly string[];
}

/** Subtypes of `message` that a person wrote; all others are the channel talking about itself. */
const writtenByPeople = new Set([undefined, 'file_share', 'thread_broadcast', 'me_message', 'bot_message']);

/** Why nothing that this author says counts; undefined when it does. */
export function authorProblem(message: EventMessage, envelope: EventEnvelope, { allowedBotIds }: ClassifyRules): string | undefined {
  const { subtype, user, bot_id, app_id, ts, thread_ts } = message;
  if (!writtenByPeople.has(subtype)) return `subtype ${subtype}`;
  if (app_id !== undefined && app_id === envelope.api_app_id) return 'our own message';
  if (user !== undefined && envelope.authorizations?.some(({ user_id }) => user_id === user)) return 'our own message';
  if (bot_id !== undefined && !allowedBotIds.includes(bot_id) && !isWorkflowOfPerson(message)) return 'another bot';
  // It may open a thread; answering its answers would be a conversation without end.
  if (bot_id !== undefined && thread_ts !== undefined && thread_ts !== ts) return 'a bot in a thread';
  if (subtype === 'bot_message' && bot_id === undefined) return 'a bot without id';
  if (user === 'USLACK' || user === 'USLACKBOT') return 'Slack itself';
  return undefined;
}

/** A person's workflow that posts in their name carries their user id; any other is a bot. */
function isWorkflowOfPerson({ workflow_id, user }: EventMessage): boolean {
  return workflow_id !== undefined && /^[UW]/.test(user ?? '');
}

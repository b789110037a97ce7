import { replyMarkOf } from '@vera/slack/reply-mark';
import type { SlackMessage } from '@vera/slack/slack-message';
import type { Content, Turn } from '../agent/agent.ts';

/** One message as the model gets it. */
export interface Said {
  readonly role: Turn['role'];
  readonly content: readonly Content[];
}

/** What a model accepts as a history: no blank text, roles alternate, the first and the last turn are the user's. */
export function toTurns(said: readonly Said[]): Turn[] {
  const turns: { role: Turn['role']; content: Content[] }[] = [];
  for (const { role, content } of said) {
    const kept = content.filter((part) => part.kind !== 'text' || part.text.trim() !== '');
    if (kept.length === 0) continue;
    const last = turns.at(-1);
    if (last?.role === role) last.content.push(...kept);
    else turns.push({ role, content: kept });
  }
  while (turns[0]?.role === 'assistant') turns.shift();
  while (turns.at(-1)?.role === 'assistant') turns.pop();
  return turns;
}

/** Whether a message is part of what was said: not Slack's own notices, not what Vera said about a failure. */
export function isSaid(message: SlackMessage): boolean {
  if (message.subtype !== undefined && !['file_share', 'thread_broadcast', 'me_message', 'bot_message'].includes(message.subtype))
    return false;
  const outcome = replyMarkOf(message)?.outcome;
  return outcome === undefined || outcome === 'answered';
}

/** The newest messages that fit into `characters`, in order; the root stays, as it says what the thread is about. */
export function newestWithin<Message extends { readonly size: number }>(
  messages: readonly Message[],
  count: number,
  characters: number,
): readonly Message[] {
  const [root, ...replies] = messages;
  if (!root) return [];
  const kept: Message[] = [];
  let used = root.size;
  for (const message of replies.toReversed()) {
    used += message.size;
    if (kept.length >= count || used > characters) break;
    kept.unshift(message);
  }
  return [root, ...kept];
}

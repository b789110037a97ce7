import type { Directory } from '../state/directory.ts';
import { toMrkdwn } from '../text/to-mrkdwn.ts';

/** What Slack's composer makes of typed text: names after an @ become mentions, the rest is escaped. */
export function typedText({ workspace }: Directory, text: string): string {
  const { users, botName, botUserId } = workspace;
  const people = [{ id: botUserId, names: [botName] }, ...users.map(({ id, name, realName }) => ({ id, names: [realName, name] }))];
  const byLength = people
    .flatMap(({ id, names }) => names.map((name) => ({ id, name })))
    .sort((one, other) => other.name.length - one.name.length);
  const mentioned = byLength.reduce((typed, { id, name }) => typed.replace(mentionOf(name), `$1<@${id}>`), text);
  return toMrkdwn(mentioned);
}

function mentionOf(name: string): RegExp {
  return new RegExp(`(^|[\\s(])@${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w-])`, 'giu');
}

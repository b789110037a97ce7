import { isJsonObject } from '@vera/stand-in-kit/json-object';
import { Arguments } from '../api/arguments.ts';
import type { PersonCommand } from '../contract.ts';
import { announcePosted } from '../events/announce.ts';
import { verificationToken } from '../events/envelope.ts';
import type { Outcome } from '../events/send.ts';
import { botAuthor, readContent } from '../methods/bot-message.ts';
import type { SlackMessage } from '../slack-message.ts';
import type { World } from '../state/world.ts';
import type { WorkspaceChannel } from '../workspace.ts';

/**
 * A person sends a slash command; resolves with the status the app answered. The app need not be in the channel, and Slack sends it once.
 * https://docs.slack.dev/interactivity/implementing-slash-commands
 */
export async function commandAsPerson(world: World, given: PersonCommand): Promise<{ readonly status: number }> {
  const { name, text } = given;
  const user = world.directory.user(given.user);
  const channel = world.directory.channel(given.channel);
  if (!user || !channel?.members.includes(user.id)) throw new Error(`${given.user} is not in ${given.channel}`);
  // "Slash commands cannot be used in threads": Slack's client says so itself and sends nothing.
  if (given.threadTs !== undefined) throw new Error(`${name} is not supported in threads`);
  const { teamId, teamDomain, appId, enterpriseId } = world.directory.workspace;
  const outcome = await world.feed.command({
    token: verificationToken,
    team_id: teamId,
    team_domain: teamDomain,
    ...(enterpriseId === undefined ? {} : { enterprise_id: enterpriseId, enterprise_name: enterpriseId }),
    channel_id: channel.id,
    channel_name: nameOf(channel),
    user_id: user.id,
    user_name: user.name,
    command: name,
    // `should_escape` is off, as in the manifest: what was typed, as it was typed.
    text: text.trim(),
    api_app_id: appId,
    is_enterprise_install: 'false',
    response_url: `${world.origin()}${world.tickets.issueResponse('commands', teamId, { channel: channel.id, user: user.id })}`,
    trigger_id: world.tickets.issueTrigger(),
  });
  show(world, { channel: channel.id, user: user.id, name }, outcome);
  return { status: outcome.status };
}

/** As Slack calls what is no channel that everybody may find. */
export function nameOf({ kind, name }: WorkspaceChannel): string {
  if (kind === 'im') return 'directmessage';
  return kind === 'group' ? 'privategroup' : name;
}

interface Place {
  readonly channel: string;
  readonly user: string;
  readonly name: string;
}

/** What the app said in its answer: to this person alone, unless it says otherwise. What it did not answer Slack tells this person. */
function show(world: World, { channel, user, name }: Place, { failure, status, text }: Outcome): void {
  const message = { type: 'message' as const, ts: world.timestamps.next(), channel };
  if (failure !== undefined) {
    const words = `${name} failed with the error "${errorOf(failure, status)}"`;
    world.ephemerals.show(user, { ...message, user: 'USLACKBOT', text: words });
    return;
  }
  const { response_type, ...given } = answerIn(text);
  if (Object.keys(given).length === 0) return;
  const refusals = { tooLong: 'msg_too_long', badAttachments: 'invalid_attachments' } as const;
  const content = readContent({ args: new Arguments(given), warn: () => undefined }, refusals);
  const shown: SlackMessage = { ...message, ...botAuthor(world), ...content };
  if (response_type === 'in_channel') {
    world.messages.put(shown);
    announcePosted(world, shown);
  } else {
    world.ephemerals.show(user, shown);
  }
}

/** A text, or a message as JSON; an empty answer says nothing. */
function answerIn(text: string): Record<string, unknown> {
  if (text.trim() === '') return {};
  try {
    const answer: unknown = JSON.parse(text);
    return isJsonObject(answer) ? answer : { text };
  } catch {
    return { text };
  }
}

/** As Slack's client shows them; the documentation names the first, people who ask about the others show them. */
function errorOf(failure: NonNullable<Outcome['failure']>, status: number): string {
  if (failure === 'http_timeout') return 'operation_timeout';
  if (failure !== 'http_error') return 'dispatch_failed';
  return status >= 500 ? 'http_service_error' : 'http_client_error';
}

import type { GreetOnce } from '@vera/ledger/dynamo-greetings';
import type { Errand } from '@vera/protocol/errand';
import type { Log } from '@vera/service-kit/log';
import { outsiderWords } from '@vera/slack/outsider-words';
import type { SlackCall } from '@vera/slack/slack-calls';
import { SlackError } from '@vera/slack/slack-error';
import { toChannel } from '../slack-reading/channel.ts';
import { type Abilities, abilityLines } from './abilities.ts';

interface WelcomeParams {
  readonly call: SlackCall;
  readonly greetOnce: GreetOnce;
  readonly log: Log;
}

/** Once in a channel or in somebody's direct messages: where Slack does not take it, nobody is welcomed rather than twice. */
export async function welcome({ call, greetOnce, log }: WelcomeParams, { teamId, channelId }: Errand, text: string): Promise<void> {
  if (channelId === undefined || !(await greetOnce({ teamId, channelId }))) return;
  try {
    await call('chat.postMessage', { channel: channelId, text, unfurl_links: false }, { patience: 5_000 });
    log.info('errand.welcomed', { channel: channelId });
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    log.warn('errand.not-welcomed', { reason: error.reason });
  }
}

/** Where another company reads along, or Slack does not say, there is one thing to say. */
export async function welcomeChannel(params: WelcomeParams, errand: Errand): Promise<void> {
  const { channel } = await params.call('conversations.info', { channel: errand.channelId }, { repeatable: true, patience: 5_000 });
  const isOurs = toChannel(channel)?.isShared === false;
  await welcome(params, errand, isOurs ? channelWords : `Hello, I am Vera. ${outsiderWords}`);
}

const channelWords = [
  'Hello, I am Vera. Mention me to ask something: I answer in a thread, and say where I read it.',
  'I join in only where I am named, or where you write on below my answer. My _Home_ says what I can do here.',
].join('\n');

/** For one person, in their direct messages. */
export function welcomeWords(companyName: string, abilities: Abilities): string {
  return [
    `Hello, I am Vera, and I answer questions at ${companyName}. Write to me here as to a colleague.`,
    ...abilityLines(abilities),
    'All of this stands in my _Home_, too.',
  ].join('\n');
}

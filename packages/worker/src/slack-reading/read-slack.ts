import { escapeText } from '@vera/protocol/escape-text';
import type { Question } from '@vera/protocol/question';
import { shorten, textLimits } from '@vera/protocol/shorten';
import { ownIdentity } from '@vera/slack/own-identity';
import type { SlackCall } from '@vera/slack/slack-calls';
import { SlackError } from '@vera/slack/slack-error';
import * as z from 'zod';
import { plainName } from '../plain-name.ts';
import { privatePlaceOf } from '../reply/private-place.ts';
import type { People } from '../thread/people.ts';
import type { Sources } from '../tools/search-knowledge-base.ts';
import { argument, counted } from '../tools/told-text.ts';
import { type Told, type Tool, ToolFailure, tool } from '../tools/tool.ts';
import type { Channel } from './channel.ts';
import { channelHistory } from './channel-history.ts';
import { channelInfo, findChannel } from './find-channel.ts';
import { foundThreads } from './found-threads.ts';
import { type MayShow, mayShowIn } from './may-show.ts';
import { policy, TooManyPagesError } from './pages-of.ts';
import { type Period, periodOf } from './period.ts';
import { createReaders, type Readers } from './readers.ts';
import { createSearchMessages, type SearchMessages } from './search-messages.ts';
import { type FoundThread, tellThreads } from './tell-threads.ts';

export interface ReadSlackParams {
  readonly call: SlackCall;
  readonly people: People;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Whose question it is, and where it stands. */
export interface Asked {
  readonly question: Question;
  readonly actionToken?: string | undefined;
}

/** Makes the tool for one question; what the workspace lacks is remembered for all. */
export function createReadSlack(params: ReadSlackParams): (sources: Sources, asked: Asked) => Tool {
  const { call, now } = params;
  const shared = { ...params, readers: createReaders(call, now), search: createSearchMessages(call) };
  return (sources, { question, actionToken }) => {
    const token = shared.search.isPossible() ? actionToken : undefined;
    const look: Look = { ...shared, identity: () => ownIdentity(call), sources, question, actionToken: token, told: new Set() };
    return tool({
      name: 'read_slack',
      title: 'Reading Slack',
      description: descriptionOf(question, token !== undefined),
      inputSchema,
      // No channel, for others read along: which one it was stands on what may be shown of it.
      details: argument('query'),
      callback: (input, signal) => readSlack({ ...look, call: callUntil(signal, call) }, input).catch(inWords),
    });
  };
}

/** Slack is asked for nothing more once nobody waits for it: a channel may have many pages. */
function callUntil(signal: AbortSignal, call: SlackCall): SlackCall {
  return async (...given) => {
    signal.throwIfAborted();
    return call(...given);
  };
}

const inputSchema = z.object({
  channel: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('Its name, as in #payments-oncall, its id or a link to it; "here" is this conversation'),
  query: z.string().min(1).max(500).optional().describe('What to search for, in the words somebody would have written'),
  from: z.string().optional().describe('The first day, as 2026-11-28, or a time, as 2026-11-28T14:00Z; in UTC'),
  to: z.string().optional().describe('The last day, or a time'),
});
type Input = z.output<typeof inputSchema>;

function descriptionOf({ isDirect }: Question, canSearch: boolean): string {
  const search = canSearch
    ? 'With query: searches the messages of public channels, or of the channel that is named.'
    : 'Messages cannot be searched for this question: name a channel.';
  const reach = isDirect
    ? 'Public channels, and private ones that the asker and you are in; nobody else reads this conversation.'
    : `Public channels and this conversation only, as others read along. ${elsewhere}`;
  return `Reads what people and apps wrote in Slack: decisions, incidents, discussions. With channel: its newest messages with their threads, newest first. ${search} ${reach} Results are numbered; cite them in the answer as [1], [2].`;
}

const elsewhere = 'Private channels are read only in a direct message with you: where they may matter, say that one can ask there.';

interface Look extends ReadSlackParams, Asked {
  readonly readers: Readers;
  readonly search: SearchMessages;
  /** Asked once for all questions. */
  readonly identity: () => ReturnType<typeof ownIdentity>;
  readonly sources: Sources;
  /** Channels the asker was told of privately. */
  readonly told: Set<string>;
}

async function readSlack(look: Look, { channel: named, query, from, to }: Input): Promise<string | Told> {
  const { question, readers } = look;
  const period = periodOf({ from, to }, question.messageTs);
  if (!period) return 'From and to are days, as 2026-11-28, or times, as 2026-11-28T14:00Z, the first before the last.';
  const here = await hereOf(look);
  if (question.isExternal || here.isShared) return 'This conversation is shared with another company: nothing is read here.';
  const mayShow = mayShowIn(question, readers);
  if (named !== undefined) return readChannel(look, { named, here, query, period, mayShow });
  if (query === undefined) return 'Name a channel to read, or what to search for.';
  return (
    (await searched(look, { query, period, mayShow })) ?? 'Slack cannot be searched for this question. A channel that is named can be read.'
  );
}

/** Where the question stands, as it is now; a conversation outside of channels where Slack tells the app nothing of it. */
async function hereOf({ call, question: { channelId: id, isDirect } }: Look): Promise<Channel> {
  const direct = { id, name: '', kind: 'direct', isShared: false } as const;
  if (isDirect) return direct;
  try {
    return (await channelInfo(call, id)) ?? direct;
  } catch (error) {
    if (error instanceof SlackError && error.kind === 'refused') return direct;
    throw error;
  }
}

interface Wanted {
  readonly named: string;
  readonly here: Channel;
  readonly query: string | undefined;
  readonly period: Period;
  readonly mayShow: MayShow;
}

async function readChannel(look: Look, { named, here, query, period, mayShow }: Wanted): Promise<string | Told> {
  const channel = [here.id, 'here'].includes(named.trim()) ? here : await findChannel(look.call, named);
  const verdict = channel ? await mayShow(channel) : 'no';
  if (channel && verdict === 'elsewhere') await tellAsker(look, channel);
  // The same words whether or not there is such a channel: others read them.
  if (!channel || verdict !== 'yes') return unreadable(named);
  if (query !== undefined && channel.kind === 'public') {
    const found = await searched(look, { query, period, mayShow, channel: channel.id });
    if (found !== undefined) return found;
  }
  const { threads, isWhole } = await channelHistory(look.call, channel.id, period);
  const own = threads.filter(({ messages: [root] }) => channel.id !== look.question.channelId || root?.ts !== look.question.threadTs);
  if (own.length === 0) return 'Nothing was written there in that time.';
  const note = query === undefined ? '' : 'It could not be searched, so these are its newest messages.\n\n';
  const told = await toldOf(
    look,
    own.map((thread) => ({ ...thread, place: channel })),
    isWhole,
  );
  return { ...told, text: note + told.text };
}

function unreadable(named: string): string {
  const name = plainName(shorten(named, textLimits.quote));
  return (
    `No channel ${name} can be read here. I read channels that I was invited to (/invite in the channel), and private ones only in a direct ` +
    'message, for people who are in them: whoever may read it can ask me there.'
  );
}

/** Nobody else learns that there is such a channel. */
async function tellAsker({ call, question, told }: Look, { id, name }: Channel): Promise<void> {
  if (question.botId !== undefined || told.has(id)) return;
  told.add(id);
  const text = `You may read #${escapeText(plainName(name))}, but others read along here. Ask me about it in a direct message.`;
  await call('chat.postEphemeral', { ...privatePlaceOf(question), text }, policy).catch((error: unknown) => {
    if (!(error instanceof SlackError)) throw error;
  });
}

interface Searched {
  readonly query: string;
  readonly period: Period;
  readonly mayShow: MayShow;
  readonly channel?: string;
}

/** Undefined where Slack does not let itself be searched. */
async function searched(look: Look, { query, period, mayShow, channel }: Searched): Promise<string | Told | undefined> {
  const { call, question, actionToken, search } = look;
  if (actionToken === undefined) return undefined;
  const hits = await search.find({ query, actionToken, period, channel });
  if (hits === undefined) return undefined;
  const others = hits.filter((hit) => hit.channel !== question.channelId || hit.threadTs !== question.threadTs);
  const wanted = channel === undefined ? others : others.filter((hit) => hit.channel === channel);
  const threads = await foundThreads(call, wanted, { mayShow, latest: period.latest });
  if (threads.length === 0) return 'Nothing that may be shown here fits. Other words, or another time, may.';
  return toldOf(look, threads, true);
}

async function toldOf({ identity, people, sources, question }: Look, threads: readonly FoundThread[], isAll: boolean): Promise<Told> {
  const teamUrl = await identity().then(
    ({ url }) => (typeof url === 'string' && url.startsWith('https://') ? url : undefined),
    () => undefined,
  );
  const { text, isWhole, found } = await tellThreads(threads, { people, sources, teamUrl, botUserId: question.botUserId });
  const more = isAll && isWhole ? '' : '\n\n(There is more: ask for a shorter time, or search.)';
  return { text: text + more, told: counted(found.length, 'thread', 'threads'), found };
}

/** What Slack refuses is said; what may work the next time fails. */
function inWords(error: unknown): string {
  if (error instanceof TooManyPagesError)
    return 'There are too many channels to look through: give the id of the channel, or a link to it.';
  if (!(error instanceof SlackError)) throw error;
  if (error.kind !== 'refused')
    throw new ToolFailure('Slack does not answer at the moment, or asks to wait. Say so in the answer.', { cause: error });
  if (error.reason === 'not_in_channel') return 'I am not in that channel. Somebody who is can invite me with /invite; then I can read it.';
  if (error.reason === 'missing_scope')
    return 'The Slack app lacks the right to read that. An admin has to install it anew with its present manifest.';
  return `Slack does not let me read that (${plainName(error.reason, textLimits.name)}).`;
}

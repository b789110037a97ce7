import type { GreetOnce } from '@vera/ledger/dynamo-greetings';
import type { OpenQuestionsOf } from '@vera/ledger/dynamo-open-questions';
import type { Errand, MemoryWish } from '@vera/protocol/errand';
import type { Log } from '@vera/service-kit/log';
import { connectLinkText } from '@vera/slack/connect-link-text';
import { guestWords, outsiderWords } from '@vera/slack/outsider-words';
import type { SlackCall } from '@vera/slack/slack-calls';
import { SlackError } from '@vera/slack/slack-error';
import type { TellPrivately } from '@vera/slack/tell-privately';
import type { AccountDesk, Connection } from '../accounts/account-desk.ts';
import { connectLinkBlocks } from '../accounts/connect-link-blocks.ts';
import type { UploadParams } from '../attachments/upload-file.ts';
import { codeOf } from '../memory/memory-client.ts';
import { type SlackBlock, section } from '../own-memory/block-parts.ts';
import { exportMemory } from '../own-memory/export-memory.ts';
import { isMemoryErrand, type MemoryAsked, memoryAnswer, type OwnedMemory } from '../own-memory/memory-answer.ts';
import { toChannel } from '../slack-reading/channel.ts';
import type { People } from '../thread/people.ts';
import type { AbilitiesOf } from './abilities.ts';
import { forgetWords, type MemoryKept, noAccountsWords } from './account-words.ts';
import { explainAnswer, type ThreadOf } from './explain-answer.ts';
import { homeView, outsiderView } from './home-view.ts';
import { statusWords } from './status-words.ts';
import { suggestedPrompts } from './suggested-prompts.ts';
import { welcome, welcomeChannel, welcomeWords } from './welcome.ts';

/** What somebody has used today, in words. */
export type DayOf = (person: Pick<Errand, 'teamId' | 'userId'>) => Promise<string>;

export interface ErrandParams {
  readonly call: SlackCall;
  readonly tellPrivately: TellPrivately;
  readonly openQuestionsOf: OpenQuestionsOf;
  readonly threadOf: ThreadOf;
  readonly people: Pick<People, 'isColleague' | 'isGuest'>;
  /** Undefined: nobody can connect accounts here. */
  readonly accounts?: AccountDesk;
  readonly abilitiesOf: AbilitiesOf;
  readonly dayOf: DayOf;
  readonly greetOnce: GreetOnce;
  /** Undefined: nobody is remembered. */
  readonly memory?: OwnedMemory;
  /** For what somebody takes with them. */
  readonly upload: UploadParams;
  readonly companyName: string;
  readonly log: Log;
}

/** Nobody could be told; whoever brought the errand may bring it again. */
class ErrandError extends Error {
  readonly code = 'errand';
}

/** Carries out an errand. Rejects when it may succeed another time; what Slack refuses for good, such as a home tab that is off, is logged. */
export async function runErrand(params: ErrandParams, errand: Errand): Promise<void> {
  const log = params.log.with({ errand: errand.id, wish: errand.wish, user: errand.userId });
  try {
    await carryOut({ ...params, log }, errand);
    log.info('errand.done');
  } catch (error) {
    if (!(error instanceof SlackError) || error.kind !== 'refused') throw error;
    log.info('errand.refused', { reason: error.reason });
  }
}

async function carryOut(params: ErrandParams, errand: Errand): Promise<void> {
  if (!(await params.people.isColleague(errand.userId))) return tellOutsider(params, errand);
  const { accounts, openQuestionsOf, log } = params;
  if (isMemoryErrand(errand)) return tellMemory(params, errand);
  switch (errand.wish) {
    case 'connect':
      return tell(params, errand, accounts ? linkMessage(await accounts.linkFor(errand)) : { text: noAccountsWords });
    case 'forget': {
      const link = await accounts?.linkFor(errand);
      return tell(params, errand, { text: forgetWords(await connectionsOf(params, errand), link, await memoryKept(params, errand)) });
    }
    case 'status': {
      const [connections, records] = await Promise.all([
        connectionsOf(params, errand),
        openQuestionsOf(errand.teamId).catch((error: unknown) => void log.warn('errand.questions-unknown', { error })),
      ]);
      return tell(params, errand, { text: statusWords({ userId: errand.userId, records: records ?? undefined, connections }) });
    }
    case 'home':
    case 'home-link': {
      const link = errand.wish === 'home-link' ? await accounts?.linkFor(errand) : undefined;
      return publishHome(params, errand, { wish: 'memory' }, link);
    }
    case 'prompts':
      return suggest(params, errand);
    case 'welcome':
      return welcomeChannel(params, errand);
    case 'stop-refused':
      return refuseStop(params.call, errand);
    case 'explain':
      return tell(params, errand, { text: await explainAnswer(params.threadOf, errand) });
  }
}

async function publishHome(
  params: ErrandParams,
  errand: Errand,
  asked: Omit<MemoryAsked, 'teamId' | 'userId'>,
  link: string | undefined,
): Promise<void> {
  const { companyName, memory, log } = params;
  const [abilities, connections, day, remembered] = await Promise.all([
    params.abilitiesOf(errand),
    connectionsOf(params, errand),
    params.dayOf(errand).catch((error: unknown) => void log.warn('errand.day-unknown', { error })),
    memory && memoryAnswer(memory, { ...asked, teamId: errand.teamId, userId: errand.userId }, 'home', log),
  ]);
  const view = homeView({ companyName, abilities, connections, link, day: day ?? undefined, memory: remembered });
  await params.call('views.publish', { user_id: errand.userId, view }, policy);
}

/** Where it was asked for: in a message that they alone see, which a click replaces, else in their home tab. */
async function tellMemory(params: ErrandParams, errand: Errand & { readonly wish: MemoryWish }): Promise<void> {
  const { memory, log } = params;
  const { wish, about, teamId, userId, responseUrl } = errand;
  if (!memory)
    return responseUrl === undefined ? publishHome(params, errand, { wish }, undefined) : tell(params, errand, { text: noMemoryWords });
  const notice = wish === 'memory-export' ? { notice: await exportMemory({ ...params, memory }, errand) } : {};
  if (responseUrl === undefined) return publishHome(params, errand, { wish, about, ...notice }, undefined);
  const blocks = await memoryAnswer(memory, { wish, about, teamId, userId, ...notice }, 'message', log);
  return tell(params, errand, { text: 'What I remember of you', blocks });
}

const noMemoryWords = 'I remember nothing of anybody here: the team that runs me has switched that off.';

async function memoryKept({ memory, log }: ErrandParams, person: Errand): Promise<MemoryKept> {
  if (!memory) return 'none';
  try {
    return { things: (await Array.fromAsync(memory.own.list(person))).length };
  } catch (error) {
    log.warn('memory.unreachable', { wish: person.wish, code: codeOf(error) });
    return 'unknown';
  }
}

/** Where somebody opens their direct messages for the first time, they are welcomed there as well; an older assistant opens a thread each time. */
async function suggest(params: ErrandParams, errand: Errand): Promise<void> {
  const { channelId: channel_id, threadTs: thread_ts, viewedId } = errand;
  const [abilities, connections, channelName] = await Promise.all([
    params.abilitiesOf(errand),
    connectionsOf(params, errand),
    viewedId === undefined ? undefined : viewedChannel(params.call, viewedId),
  ]);
  if (thread_ts === undefined) await welcome(params, errand, welcomeWords(params.companyName, abilities));
  const prompts = suggestedPrompts({ abilities, connections, channelName });
  const title = 'Ask me, for instance';
  await params.call('assistant.threads.setSuggestedPrompts', { channel_id, thread_ts, title, prompts }, policy);
}

/**
 * The name of a channel that somebody looks at, where Vera could read it for them: a public one that she is in, not shared with another
 * company. Undefined for every other, and where Slack does not say.
 */
async function viewedChannel(call: SlackCall, id: string): Promise<string | undefined> {
  try {
    const { channel: given } = await call('conversations.info', { channel: id }, { repeatable: true, patience: 3_000 });
    const channel = toChannel(given);
    const isThere = (given as { readonly is_member?: unknown } | undefined)?.is_member === true;
    return isThere && channel?.kind === 'public' && !channel.isShared && channel.name !== '' ? channel.name : undefined;
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    return undefined;
  }
}

/** One sentence that nobody else sees, to who wanted to stop what somebody else asked. */
async function refuseStop(call: SlackCall, { channelId: channel, threadTs, userId: user, about: asker }: Errand): Promise<void> {
  const text = `Only <@${asker}> can stop this, or whoever the team that runs me has named for it. I go on.`;
  await call(
    'chat.postEphemeral',
    { channel, user, ...(threadTs === undefined ? {} : { thread_ts: threadTs }), text },
    { patience: 5_000 },
  );
}

/** The same as under a question of theirs; prompts would only lead there. */
async function tellOutsider(params: ErrandParams, errand: Errand): Promise<void> {
  const { people, log, companyName } = params;
  const isGuest = await people.isGuest(errand.userId);
  const words = isGuest ? guestWords : outsiderWords;
  log.info('errand.outsider', { isGuest });
  switch (errand.wish) {
    case 'connect':
    case 'status':
    case 'explain':
      return tell(params, errand, { text: words });
    case 'forget': {
      const kept = isGuest ? [forgetWords(undefined, undefined, await memoryKept(params, errand))] : [];
      return tell(params, errand, { text: [words, ...kept].join('\n\n') });
    }
    case 'prompts':
      return errand.threadTs === undefined ? welcome(params, errand, `Hello, I am Vera. ${words}`) : undefined;
    case 'welcome':
    case 'stop-refused':
      return;
    default: {
      const kept = isGuest ? await keptOfGuest(params, errand) : [];
      if (errand.responseUrl === undefined) {
        await params.call('views.publish', { user_id: errand.userId, view: outsiderView(companyName, words, kept) }, policy);
        return;
      }
      return tell(params, errand, kept.length === 0 ? { text: words } : { text: words, blocks: [section(words), ...kept] });
    }
  }
}

/** What was remembered of a guest before they were one: theirs to see, to take and to end. Nothing is added, and nothing of it is used. */
async function keptOfGuest(params: ErrandParams, errand: Errand): Promise<readonly SlackBlock[]> {
  const { memory, log } = params;
  if (!memory) return [];
  const { about, teamId, userId, responseUrl } = errand;
  const wish = isMemoryErrand(errand) && !addsToMemory.has(errand.wish) ? errand.wish : 'memory';
  const kept = wish === 'memory' ? await memoryKept(params, errand) : 'unknown';
  if (typeof kept === 'object' && kept.things === 0) return [];
  const notice = wish === 'memory-export' ? { notice: await exportMemory({ ...params, memory }, errand) } : {};
  return memoryAnswer(memory, { wish, about, teamId, userId, ...notice }, responseUrl === undefined ? 'home' : 'message', log);
}

const addsToMemory: ReadonlySet<MemoryWish> = new Set(['memory-keep', 'memory-resume']);

/** Twice is the same as once. */
const policy = { repeatable: true, patience: 5_000 };

interface Words {
  readonly text: string;
  readonly blocks?: readonly Record<string, unknown>[];
}

function linkMessage(link: string): Words {
  const text = connectLinkText(link);
  return { text, blocks: connectLinkBlocks(text, link) };
}

async function tell({ tellPrivately }: ErrandParams, errand: Errand, { text, blocks }: Words): Promise<void> {
  // A command has no message that could be replaced, a button always carries something.
  const isReplaced = errand.about !== undefined;
  if (!(await tellPrivately({ ...errand, isReplaced }, text, blocks))) throw new ErrandError('Slack did not take the words');
}

/** `none`: nobody can connect any; undefined: they could not be looked up just now. */
async function connectionsOf({ accounts, log }: ErrandParams, person: Errand): Promise<readonly Connection[] | 'none' | undefined> {
  if (!accounts) return 'none';
  try {
    return await accounts.connectionsOf(person);
  } catch (error) {
    log.warn('errand.accounts-unknown', { error });
    return undefined;
  }
}

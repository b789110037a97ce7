import { shorten, textLimits } from '@vera/protocol/shorten';
import { saidBefore } from '../thread/read-conversation.ts';
import { asked, spokenIn } from '../thread/spoken.ts';
import { mayAskToForget } from './may-ask-to-forget.ts';
import type { Asking, Memory } from './memory.ts';
import { codeOf } from './memory-client.ts';
import { factsOf, type MemoryOwner, ownerOf, type Place, standingOf } from './memory-owner.ts';
import type { MemoryParts } from './memory-parts.ts';
import { memoryQuery } from './memory-query.ts';
import type { MemoryRecord } from './memory-records.ts';
import { ownWords } from './own-words.ts';
import type { Remembered } from './remembered.ts';
import { isFollowedIn, readStandingRequest, standingWords } from './standing-request.ts';
import { withinPatience } from './within-patience.ts';

/** Milliseconds: a question waits no longer for what is known of its asker. */
const patience = 1_500;
const nothing: Remembered = { standing: [], facts: [] };
/** Characters of all that is recalled for one question, and of its standing requests, which come first. */
const mostCharacters = 4_000;
const mostStanding = 2_000;
/** So many are read: as many as somebody may make. */
const mostRequests = 100;

/** Once a question: what is recalled stands in each call of the model alike. */
export function createRecall(parts: MemoryParts): Memory['recall'] {
  return async (asking) => {
    const { question, log } = asking;
    const owner = rememberedOwner(question);
    if (!owner) return nothing;
    try {
      return await withinPatience(patience, (signal) => recalled(parts, owner, asking, signal));
    } catch (error) {
      log.warn('memory.not-recalled', { code: codeOf(error) });
      return 'off';
    }
  };
}

/** Nobody is remembered who is a bot, of another company, or not known by ids of Slack's form. */
export function rememberedOwner({ teamId, userId, botId, isExternal }: Asking['question']): MemoryOwner | undefined {
  return botId !== undefined || isExternal ? undefined : ownerOf({ teamId, userId });
}

async function recalled(parts: MemoryParts, owner: MemoryOwner, asking: Asking, signal: AbortSignal): Promise<Remembered | 'off'> {
  const { question, log } = asking;
  const [choices, place, query] = await Promise.all([parts.choices.read(question), parts.placeOf(question), queryOf(parts, asking)]);
  if (choices.isPaused) return 'off';
  if (place.recalled.length === 0) return nothing;
  const places = query === '' || mayAskToForget(question.text) ? [] : place.recalled;
  const [standing, ...found] = await Promise.allSettled([
    standingIn(parts, { owner, recalled: place.recalled, emptiedAt: choices.emptiedAt }, signal),
    ...places.map((one) => parts.records.search(factsOf(owner, one, choices.emptiedAt), query, signal)),
  ]);
  const refused = [standing, ...found].filter((one) => one.status === 'rejected');
  if (refused.length > 0) log.warn('memory.refused', { refused: refused.length, of: 1 + found.length, code: codeOf(refused[0]?.reason) });
  if (refused.length === 1 + found.length) return 'off';
  const facts = found.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
  const requests = standing.status === 'fulfilled' ? within(mostStanding, standing.value, (text) => text) : [];
  const room = mostCharacters - requests.reduce((size, text) => size + text.length, 0);
  const told = factsWithin(
    room,
    facts.filter(({ text }) => !parts.forgotten.holds(choices, text)),
  );
  log.info('memory.recalled', { standing: requests.length, facts: told.length, found: facts.length });
  return { standing: requests, facts: told };
}

/** From the asker's own words alone: neither what others said, nor what was forwarded, pasted or stopped by the guardrail is looked for. */
async function queryOf({ people }: MemoryParts, { question, messages }: Asking): Promise<string> {
  const { botUserId, userId } = question;
  const before = saidBefore(question, messages)
    .filter(({ user }) => user === userId)
    .map(spokenIn);
  const [now = '', ...earlier] = await Promise.all([asked(question), ...before].map((spoken) => ownWords(spoken, botUserId, people)));
  return memoryQuery(now, earlier);
}

interface Wanted {
  readonly owner: MemoryOwner;
  readonly recalled: readonly Place[];
  readonly emptiedAt: number;
}

async function standingIn(
  { records }: MemoryParts,
  { owner, recalled, emptiedAt }: Wanted,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { text, createdAt } of records.list(standingOf(owner), signal)) {
    const request = readStandingRequest(text);
    if (request && createdAt >= emptiedAt && isFollowedIn(recalled, request)) found.push(standingWords(request));
    if (found.length >= mostRequests) break;
  }
  return found;
}

/** As many as there is room for, the nearest first; then in the order in which they were learned, for the later one holds. */
function factsWithin(room: number, records: readonly MemoryRecord[]): readonly string[] {
  const byText = new Map(records.filter(({ text }) => text.trim() !== '').map((record) => [record.text.trim(), record]));
  const told = [...byText.values()].map(({ text, createdAt }) => ({ createdAt, words: factWords(text, createdAt) }));
  return within(room, told, ({ words }) => words)
    .toSorted((a, b) => a.createdAt - b.createdAt)
    .map(({ words }) => words);
}

/** What it says was so on that day: "next week" is the week after it. */
function factWords(text: string, createdAt: number): string {
  return `${new Date(createdAt).toISOString().slice(0, 10)}: ${shorten(text.trim(), textLimits.rememberedFact)}`;
}

function within<Item>(room: number, items: readonly Item[], textOf: (item: Item) => string): readonly Item[] {
  let left = room;
  return items.filter((item) => {
    const { length } = textOf(item);
    const fits = length <= left;
    if (fits) left -= length;
    return fits;
  });
}

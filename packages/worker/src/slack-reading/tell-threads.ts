import { shorten, textLimits } from '@vera/protocol/shorten';
import { markAsData } from '../mark-as-data.ts';
import { plainName } from '../plain-name.ts';
import { newestWithin } from '../thread/conversation.ts';
import type { People } from '../thread/people.ts';
import { type Names, namesOf, originOf, readable } from '../thread/read-conversation.ts';
import { type Spoken, spokenIn } from '../thread/spoken.ts';
import type { Sources } from '../tools/search-knowledge-base.ts';
import type { FoundDocument } from '../tools/tool.ts';
import type { Channel } from './channel.ts';
import type { Thread } from './channel-history.ts';

export interface FoundThread extends Thread {
  readonly place: Channel;
  /** The message that is meant; else the first one. */
  readonly hit?: string;
}

export interface TellParams {
  readonly people: Pick<People, 'name'>;
  readonly sources: Pick<Sources, 'add'>;
  readonly botUserId: string;
  /** `https://….slack.com/`; undefined where it cannot be told. */
  readonly teamUrl?: string | undefined;
}

/** Of the whole result; there is room left for what is said about the messages. */
const longest = textLimits.toolResult - 1_000;
/** Of one thread. */
const most = { messages: 50, characters: 10_000 };
const mostQuotes = 5;
const between = '\n\n';

export interface ToldThreads {
  readonly text: string;
  readonly isWhole: boolean;
  /** Those that are told, each as a source. */
  readonly found: readonly FoundDocument[];
}

/** Threads as the model reads them, as many as fit: numbered, each message marked as its author's. */
export async function tellThreads(threads: readonly FoundThread[], params: TellParams): Promise<ToldThreads> {
  const spoken = threads.map(({ messages }) => newestWithin(messages.map(spokenIn), most.messages, most.characters));
  const names = await namesOf(params.people, spoken.flat());
  const told: string[] = [];
  const found: FoundDocument[] = [];
  let room = longest;
  for (const [index, thread] of threads.entries()) {
    const said = (spoken[index] ?? []).map(
      (message) => `${timeOf(message)}\n${marked(message, { names, place: thread.place, ...params })}`,
    );
    const text = said.join(between);
    room -= text.length + 10;
    if (room < 0) return { text: told.join(between), isWhole: false, found };
    const source = sourceOf(thread, params.teamUrl);
    found.push(source);
    told.push(`[${params.sources.add(source)}] ${text}`);
  }
  return { text: told.join(between), isWhole: true, found };
}

function sourceOf({ place, messages: [root], hit }: FoundThread, teamUrl: string | undefined): FoundDocument {
  const ts = hit ?? root?.ts ?? '';
  const title = `${place.kind === 'direct' ? 'This conversation' : `#${plainName(place.name)}`}, ${dayAndTime(ts)}`;
  if (teamUrl === undefined) return { title };
  const thread = root === undefined || root.ts === ts ? '' : `?thread_ts=${root.ts}&cid=${place.id}`;
  return { title, url: `${teamUrl}archives/${place.id}/p${ts.replace('.', '')}${thread}` };
}

interface Circumstances {
  readonly names: Names;
  readonly place: Channel;
  readonly botUserId: string;
}

/** Also what the asker once wrote is here what somebody wrote, and gives no instructions. */
function marked(message: Spoken, { names, place, botUserId }: Circumstances): string {
  const author = authorOf(message, names);
  const files = message.files.map(({ name }) => `(File ${plainName(name ?? 'file')})`);
  const own = [readable(message.text, names), ...files].filter((part) => part.trim() !== '').join('\n');
  const from = (origin: string) => (place.kind === 'direct' ? origin : `${origin} in #${place.name}`);
  const quotes = message.quotes.slice(0, mostQuotes).map((quote) => {
    const origin = originOf(quote, author, { botUserId, names });
    return markAsData(shorten(readable(quote.text, names), textLimits.foundMessage), from(origin));
  });
  const words = own !== '' || quotes.length === 0 ? [markAsData(shorten(own || '(no words)', textLimits.foundMessage), from(author))] : [];
  return [...words, ...quotes].join('\n');
}

function authorOf({ appName, authorId }: Spoken, names: Names): string {
  return appName ?? names.get(authorId) ?? 'someone';
}

function timeOf({ ts }: Spoken): string {
  return `${dayAndTime(ts)} UTC`;
}

function dayAndTime(ts: string): string {
  return new Date(Number(ts) * 1000).toISOString().slice(0, 16).replace('T', ' ');
}

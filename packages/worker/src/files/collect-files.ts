import type { SlackMessage, SlackMessageFile } from '@vera/slack/slack-message';
import type { Content } from '../agent/agent.ts';
import { plainName } from '../plain-name.ts';
import type { Table, TableShelf } from '../tables/table.ts';
import { tableText } from '../tables/table-text.ts';
import type { FetchFile } from './fetch-file.ts';
import { mostPages } from './read-bytes.ts';
import { contentOf, type ShownFile, unreadFile, withoutBlock } from './shown-file.ts';

/** Bedrock takes twenty images and five documents a request; the rest is what a question should bear in time and memory. */
const most = { files: 25, images: 20, documents: 5, pages: mostPages, characters: 150_000, bytes: 15_000_000 };
/** Files that are named although they were not read. */
const mostNamed = 25;
const tooMany = 'there are more files here than can be read for one question';
/** Files that are fetched at the same time. */
const together = 4;

export interface Collecting {
  readonly fetchFile: FetchFile;
  /** Gets the tables of all files, in the order of the thread: so they have the same references with its next question. */
  readonly tables: TableShelf;
  /** Nothing more is fetched once it aborts. */
  readonly signal: AbortSignal;
}

type FileMessage = Pick<SlackMessage, 'ts' | 'files'>;

/** The files of a thread as content, by the `ts` of their message: the newest first, until a limit is reached. */
export async function collectFiles(
  collecting: Collecting,
  messages: readonly FileMessage[],
): Promise<ReadonlyMap<string, readonly Content[]>> {
  const collected = new Map<string, Content[]>();
  for (const { ts, shown } of (await newestFiles(collecting, messages)).toReversed()) {
    const content = contentOf(shown, tablesTold(shown.tables, collecting.tables));
    collected.set(ts, [...(collected.get(ts) ?? []), ...content]);
  }
  return collected;
}

/** Rows of each table that are shown; all of them lie on the shelf. */
const shownRows = 20;
/** Of a workbook with many sheets, the first are shown, and the others only named. */
const mostOfTables = { shown: 6, characters: 6_000 };

/** What the model reads of the tables of a file; each gets its reference. Not yet marked as data. */
export function tablesTold(tables: readonly Table[], shelf: TableShelf): string[] {
  return tables.map((table, index) => {
    const reference = shelf.add(table);
    const rows = index < mostOfTables.shown ? shownRows : 0;
    return `Table ${reference} for query_table (${plainName(table.name)}), ${tableText(table, rows, mostOfTables.characters)}`;
  });
}

async function newestFiles({ fetchFile, signal }: Collecting, messages: readonly FileMessage[]) {
  const budget = createBudget();
  const found: { readonly ts: string; readonly shown: ShownFile }[] = [];
  let named = 0;
  // Within a message the last is the newest, so that turned around they stand in order.
  const files = messages.flatMap(({ ts, files: own = [] }) => own.map((file) => ({ ts, file }))).toReversed();
  for (let at = 0; at < files.length && named < mostNamed && !signal.aborted; ) {
    const some = files.slice(at, at + Math.max(1, Math.min(together, budget.filesLeft())));
    at += some.length;
    const isSpent = budget.isSpent();
    const fetched = await Promise.all(some.map(({ file }) => (isSpent ? undefined : fetchFile(file, signal))));
    for (const [index, { ts, file }] of some.entries()) {
      const taken = takenOf(fetched[index], budget);
      if (!taken) named += 1;
      found.push({ ts, shown: taken ?? unreadFile(nameOf(file), tooMany) });
    }
  }
  return found;
}

function nameOf({ name }: SlackMessageFile): string {
  return name ?? 'file';
}

/** What of a file there is room for: where not for itself, for its text. */
function takenOf(shown: ShownFile | undefined, budget: ReturnType<typeof createBudget>): ShownFile | undefined {
  if (!shown) return undefined;
  if (budget.takes(costOf(shown))) return shown;
  const text = shown.block?.kind === 'document' && shown.text !== '' ? withoutBlock(shown) : undefined;
  return text && budget.takes(costOf(text)) ? text : undefined;
}

type Cost = Record<keyof typeof most, number>;

function createBudget() {
  const used: Cost = { files: 0, images: 0, documents: 0, pages: 0, characters: 0, bytes: 0 };
  return {
    filesLeft: () => most.files - used.files,
    isSpent: () => used.files >= most.files || used.characters >= most.characters || used.bytes >= most.bytes,
    /** The last text or picture may be one too long; of what Bedrock counts there is never one too many. */
    takes(cost: Cost): boolean {
      const next = sum(used, cost);
      const fits = next.files <= most.files && next.images <= most.images && next.documents <= most.documents && next.pages <= most.pages;
      const hasRoom = used.characters < most.characters && used.bytes < most.bytes;
      if (fits && hasRoom) Object.assign(used, next);
      return fits && hasRoom;
    },
  };
}

/** A document counts as itself and not as its text. */
function costOf({ text, block }: ShownFile): Cost {
  const none = { files: 1, images: 0, documents: 0, pages: 0, characters: text.length, bytes: block?.bytes.byteLength ?? 0 };
  if (block?.kind === 'image') return { ...none, images: 1 };
  return block ? { ...none, documents: 1, pages: block.pages, characters: 0 } : none;
}

function sum(used: Cost, cost: Cost): Cost {
  return Object.fromEntries(Object.entries(used).map(([name, value]) => [name, value + cost[name as keyof Cost]])) as Cost;
}

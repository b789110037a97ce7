import { DatabaseSync } from 'node:sqlite';
import { synonymsOf } from '@vera/stand-in-kit/language/meaning';
import { salientWordsOf, wordsOf } from '@vera/stand-in-kit/language/words-of';
import type { KnowledgeDocument } from './read-document.ts';

export interface FoundPassage {
  readonly id: number;
  readonly path: string;
  readonly title: string;
  readonly heading: string;
  readonly text: string;
  readonly owner: string | null;
  readonly updated: string | null;
  /** Between 0 and 1, falling. */
  readonly score: number;
}

export type IndexedDocument = Pick<FoundPassage, 'path' | 'title' | 'owner' | 'updated'>;

export interface PassageIndex extends Disposable {
  /** What `put` was told of each file, by path. */
  stamps(): ReadonlyMap<string, string>;
  put(document: KnowledgeDocument, stamp: string): void;
  remove(path: string): void;
  documents(): readonly IndexedDocument[];
  /** The passages an FTS5 expression matches, best first. */
  search(expression: string): readonly FoundPassage[];
}

const tables = `
  create table if not exists documents (path text primary key, stamp text not null, title text not null, owner text, updated text, superseded integer not null) strict;
  create virtual table if not exists passages using fts5 (title, heading, text, path unindexed, tokenize = 'porter unicode61 remove_diacritics 2');`;

/** Counts up when the tables change; an index kept by an older version is made anew. */
const version = 2;

/** A hit in a title or heading says more than one in the text: bm25 weighs them 4 : 3 : 1. What is superseded stands below what is not. */
const search = `
  select passages.rowid as id, passages.path, passages.title, heading, text, owner, updated,
    -bm25(passages, 4.0, 3.0, 1.0) * iif(superseded, 0.4, 1) as weight
  from passages join documents using (path) where passages match ? order by weight desc, id limit 500`;

/** Passages in SQLite's full-text index; `file` may be `:memory:`. */
export function openPassageIndex(file: string): PassageIndex {
  const database = new DatabaseSync(file);
  const kept = database.prepare('pragma user_version').get()?.user_version;
  if (kept !== version) database.exec(`drop table if exists documents; drop table if exists passages; pragma user_version = ${version};`);
  database.exec(tables);
  const forget = (path: string) => {
    database.prepare('delete from passages where path = ?').run(path);
    database.prepare('delete from documents where path = ?').run(path);
  };
  return {
    stamps: () =>
      new Map(
        database
          .prepare('select path, stamp from documents')
          .all()
          .map(({ path, stamp }) => [String(path), String(stamp)]),
      ),
    put({ path, title, owner, updated, isSuperseded, passages }, stamp) {
      forget(path);
      const document = database.prepare('insert into documents values (?, ?, ?, ?, ?, ?)');
      document.run(path, stamp, title, owner ?? null, updated ?? null, Number(isSuperseded));
      const insert = database.prepare('insert into passages (title, heading, text, path) values (?, ?, ?, ?)');
      for (const { heading, text } of passages) insert.run(title, heading, text, path);
    },
    remove: forget,
    documents: () =>
      database.prepare('select path, title, owner, updated from documents order by path').all() as unknown as IndexedDocument[],
    search(expression) {
      const rows = database.prepare(search).all(expression) as unknown as (Omit<FoundPassage, 'score'> & { weight: number })[];
      return favoured(rows).map(({ weight, ...passage }) => ({ ...passage, score: weight / (weight + 4) }));
    },
    [Symbol.dispose]: () => database.close(),
  };
}

const wholeAnswers = /^\s*1[.)] [\s\S]*?^\s*2[.)] /m;
const summary = /^(?:summary|overview|what happened)\b/i;

/**
 * Word counts alone favour short passages; a vector index finds what answers. So steps, summaries and the first of a document's passages
 * that match count a little more.
 */
function favoured<Row extends Pick<FoundPassage, 'id' | 'path' | 'heading' | 'text'> & { weight: number }>(rows: readonly Row[]): Row[] {
  const first = new Map<string, number>();
  for (const { id, path } of rows) first.set(path, Math.min(id, first.get(path) ?? id));
  return rows
    .map((row) => ({ ...row, weight: row.weight * favourOf(row, row.id - (first.get(row.path) ?? row.id)) }))
    .sort((a, b) => b.weight - a.weight || a.id - b.id);
}

function favourOf({ heading, text }: Pick<FoundPassage, 'heading' | 'text'>, position: number): number {
  return 1 + (wholeAnswers.test(text) ? 0.4 : 0) + (summary.test(heading) ? 0.25 : 0) + 0.3 / (1 + position);
}

const shortestPrefix = 4;
const mostWords = 64;

/**
 * An FTS5 expression for whatever a person typed: any of its telling words or of those that mean the same, longer ones also as the
 * beginning of a word. Only quoted letters and digits reach FTS5, so no input is a syntax error. Undefined when there is no word at all.
 */
export function matchExpression(text: string): string | undefined {
  const salient = salientWordsOf(text);
  const words = [...new Set(salient.length > 0 ? salient : wordsOf(text))].slice(0, mostWords);
  if (words.length === 0) return undefined;
  return words.flatMap((word) => [`"${word}"`, ...prefixOf(word), ...synonymsOf(word).map((other) => `"${other}"`)]).join(' OR ');
}

function prefixOf(word: string): string[] {
  return word.length < shortestPrefix ? [] : [`"${word}"*`];
}

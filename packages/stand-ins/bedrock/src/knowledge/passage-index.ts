import { DatabaseSync } from 'node:sqlite';
import { favoured } from './favour.ts';
import type { KnowledgeDocument } from './knowledge-document.ts';

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

import { DatabaseSync } from 'node:sqlite';
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
  create table if not exists documents (path text primary key, stamp text not null, title text not null, owner text, updated text) strict;
  create virtual table if not exists passages using fts5 (title, heading, text, path unindexed, tokenize = 'porter unicode61 remove_diacritics 2');`;

/** A hit in a title or heading says more than one in the text: bm25 weighs them 4 : 3 : 1. */
const search = `
  select passages.rowid as id, passages.path, passages.title, heading, text, owner, updated, -bm25(passages, 4.0, 3.0, 1.0) as weight
  from passages join documents using (path) where passages match ? order by weight desc, id limit 500`;

/** Passages in SQLite's full-text index; `file` may be `:memory:`. */
export function openPassageIndex(file: string): PassageIndex {
  const database = new DatabaseSync(file);
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
    put({ path, title, owner, updated, passages }, stamp) {
      forget(path);
      database.prepare('insert into documents values (?, ?, ?, ?, ?)').run(path, stamp, title, owner ?? null, updated ?? null);
      const insert = database.prepare('insert into passages (title, heading, text, path) values (?, ?, ?, ?)');
      for (const { heading, text } of passages) insert.run(title, heading, text, path);
    },
    remove: forget,
    documents: () =>
      database.prepare('select path, title, owner, updated from documents order by path').all() as unknown as IndexedDocument[],
    search(expression) {
      const rows = database.prepare(search).all(expression) as unknown as (Omit<FoundPassage, 'score'> & { weight: number })[];
      return rows.map(({ weight, ...passage }) => ({ ...passage, score: weight / (weight + 4) }));
    },
    [Symbol.dispose]: () => database.close(),
  };
}

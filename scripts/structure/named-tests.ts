import { posix } from 'node:path';

/** A test that a document links to, by its name. `path` is relative to the repository. */
export interface NamedTest {
  readonly name: string;
  readonly path: string;
}

/** The tests that a document in `folder` names: links to files of tests, whose words are the name of a test or a `describe`. */
export function namedTests(markdown: string, folder: string): NamedTest[] {
  return [...markdown.matchAll(/\[([^\]]+)\]\(([^)\s]+\.test\.ts)\)/g)].map(([, name = '', target = '']) => ({
    name,
    path: posix.join(folder, target),
  }));
}

/** Whether a file of tests has a test of exactly this name. */
export function hasTest(text: string, name: string): boolean {
  return [`'`, `"`, '`'].some((quote) => text.includes(`${quote}${name}${quote},`));
}

/** Rows of tables that say what somebody cannot do, without a test that holds it. */
export function unprovenRows(markdown: string): string[] {
  const rows = markdown.split('\n').filter((line) => /^\|\s*cannot\b/i.test(line));
  return rows.filter((row) => namedTests(row, '').length === 0);
}

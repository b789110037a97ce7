import { join, posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repositoryFilesOf } from '../structure/repository-file.ts';

const files = new Map(repositoryFilesOf(join(import.meta.dirname, '..', '..')).map(({ path, text }) => [path, text]));
/** Which rows of a document's tables promise something. */
const documents = [
  { path: 'docs/security.md', promises: /^\|\s*cannot\b/i, atLeast: 60 },
  { path: 'docs/promises.md', promises: /^\|(?!\s*promise\b|-)/, atLeast: 30 },
];

describe.each(documents)('$path', ({ path, promises, atLeast }) => {
  const text = files.get(path) ?? '';
  const named = namedTests(text, 'docs');

  it('names a test for everything that it promises', () => {
    expect(unprovenRows(text, promises), 'write the test and link it, or say that it may happen').toEqual([]);
    expect(named.length).toBeGreaterThan(atLeast);
  });

  it('names tests that are there', () => {
    const missing = named.filter((test) => !hasTest(files.get(test.path) ?? '', test.name));
    expect(missing, 'the test was renamed or went: see whether the sentence is still true').toEqual([]);
  });
});

describe('what a document says of tests', () => {
  it('is read from links to files of tests', () => {
    const markdown = 'See [a *name* of it](../packages/x/test/a.test.ts), [this](other.md), [R1 more](../stacks/test/b.test.ts).';
    expect(namedTests(markdown, 'docs')).toEqual([
      { name: 'a *name* of it', path: 'packages/x/test/a.test.ts' },
      { name: 'R1 more', path: 'stacks/test/b.test.ts' },
    ]);
  });

  it.each([
    ["it('holds', () => {})", 'holds', true],
    ["test.each([1])(\n  'holds %s',\n  () => {})", 'holds %s', true],
    ["it('holds more', () => {})", 'holds', false],
    ["// it holds\nit('other', () => {})", 'holds', false],
    ['', 'holds', false],
  ])('%j has a test named %j: %j', (text, name, has) => {
    expect(hasTest(text, name)).toBe(has);
  });

  it('must stand in each row that promises something', () => {
    const proven = '| cannot approve | the ledger | [R15 a click](../a.test.ts) |';
    const bare = '| Cannot read | trust me | – |';
    const rows = ['| promise | why | test |', '|---|---|---|', proven, bare, '| can ask | – | |', 'People cannot.'];
    const unproven = documents.map(({ promises }) => unprovenRows(rows.join('\n'), promises));
    expect(unproven).toEqual([[bare], [bare, '| can ask | – | |']]);
  });
});

/** A test that a document links to, by its name. `path` is relative to the repository. */
interface NamedTest {
  readonly name: string;
  readonly path: string;
}

/** The tests that a document in `folder` names: links to files of tests, whose words are the name of a test or a `describe`. */
function namedTests(markdown: string, folder: string): NamedTest[] {
  return [...markdown.matchAll(/\[([^\]]+)\]\(([^)\s]+\.test\.ts)\)/g)].map(([, name = '', target = '']) => ({
    name,
    path: posix.join(folder, target),
  }));
}

/** Whether a file of tests has a test of exactly this name. */
function hasTest(text: string, name: string): boolean {
  return [`'`, `"`, '`'].some((quote) => text.includes(`${quote}${name}${quote},`));
}

/** Rows of tables that promise something, without a test that holds it. */
function unprovenRows(markdown: string, promises: RegExp): string[] {
  const rows = markdown.split('\n').filter((line) => promises.test(line));
  return rows.filter((row) => namedTests(row, '').length === 0);
}

import { join, posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repositoryFilesOf } from '../structure/repository-file.ts';

const files = new Map(repositoryFilesOf(join(import.meta.dirname, '..', '..')).map(({ path, text }) => [path, text]));
const notes = files.get('docs/security.md') ?? '';
const named = namedTests(notes, 'docs');

describe('docs/security.md', () => {
  it('names a test for everything that somebody cannot do', () => {
    expect(unprovenRows(notes), 'write the test and link it, or say that it is possible').toEqual([]);
    expect(named.length).toBeGreaterThan(60);
  });

  it('names tests that are there', () => {
    const missing = named.filter(({ path, name }) => !hasTest(files.get(path) ?? '', name));
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

  it('must stand in each row that says what somebody cannot do', () => {
    const proven = '| cannot approve | the ledger | [R15 a click](../a.test.ts) |';
    const bare = '| Cannot read | trust me | – |';
    expect(unprovenRows(['| what | why | test |', proven, bare, '| can ask | – | |', 'People cannot.'].join('\n'))).toEqual([bare]);
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

/** Rows of tables that say what somebody cannot do, without a test that holds it. */
function unprovenRows(markdown: string): string[] {
  const rows = markdown.split('\n').filter((line) => /^\|\s*cannot\b/i.test(line));
  return rows.filter((row) => namedTests(row, '').length === 0);
}

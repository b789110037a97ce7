import type { RepositoryFile } from './repository-file.ts';

const nameOfTest = /\(\s*(['"`])(?<ids>R\d+(?:(?:, | and | )R\d+)*) \S/g;

/** The ids that names of tests begin with, as in `it('R5 R6 copies of a message are answered once')`. */
export function promisesKept(files: readonly RepositoryFile[]): Set<string> {
  const tests = files.filter(({ path }) => /^(?:packages\/.+|stacks)\/test\/.*\.test\.ts$/.test(path));
  return new Set(tests.flatMap(({ text }) => [...text.matchAll(nameOfTest)].flatMap((match) => match.groups?.ids?.match(/R\d+/g) ?? [])));
}

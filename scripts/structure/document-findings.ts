import type { Finding } from './finding.ts';
import { linesOf } from './placement-findings.ts';
import type { RepositoryFile } from './repository-file.ts';

/** Every package explains itself, and no document grows beyond what is read in one go. */
export function documentFindings(files: readonly RepositoryFile[]): Finding[] {
  const packages = [
    ...new Set(files.flatMap(({ path }) => /^packages\/(?:(?:stand-ins|workbench)\/)?[^/]+(?=\/package\.json$)/.exec(path) ?? [])),
  ];
  const limits = new Map([['README.md', 150], ['AGENTS.md', 80], ...packages.map((folder) => [`${folder}/README.md`, 40] as const)]);
  return [...limits].flatMap(([path, most]) => {
    const file = files.find((candidate) => candidate.path === path);
    if (!file)
      return [
        {
          file: path,
          line: 1,
          what: 'missing',
          why: 'it is where a newcomer begins',
          fix: 'say what it is given, what it gives back, why it is so',
        },
      ];
    const lines = linesOf(file.text);
    if (lines <= most) return [];
    return [
      {
        file: path,
        line: most + 1,
        what: `${lines} lines`,
        why: `at most ${most} are read in one go`,
        fix: 'cut what the code says itself',
      },
    ];
  });
}

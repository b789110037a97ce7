import type { Finding } from './finding.ts';
import type { RepositoryFile } from './repository-file.ts';

const machinePath = /(?<![\w.:/~-])\/(?:work|root|home|Users)\/[\w.-]+|\.\.\/shared\b/;

/** A clone on another machine must find everything it names. */
export function machinePathFindings({ path, text }: RepositoryFile): Finding[] {
  return text.split('\n').flatMap((content, index) => {
    const named = machinePath.exec(content)?.[0];
    if (!named) return [];
    return [
      {
        file: path,
        line: index + 1,
        what: `names '${named}'`,
        why: 'no other machine has it',
        fix: 'use a path relative to the file, or os.tmpdir()',
      },
    ];
  });
}

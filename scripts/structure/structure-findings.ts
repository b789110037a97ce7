import { importFindings } from './import-findings.ts';
import { type Finding, type RepositoryFile, repositoryFilesOf } from './repository-file.ts';
import { snapshotFindings } from './snapshot-findings.ts';

/** Everything at `root` that breaks a rule Biome cannot express. */
export function structureFindings(root: string): Finding[] {
  const files = repositoryFilesOf(root);
  const perFile = files.flatMap((file) => [
    ...importFindings(file),
    ...placementFindings(file),
    ...machinePathFindings(file),
    ...snapshotFindings(file),
  ]);
  return [...perFile, ...documentFindings(files)];
}

/** Secrets Manager is a name of AWS's, not ours. */
const emptyWord = /(?:^|-)(?:utils?|helpers?|common|(?<!secrets-)managers?)(?:-|$)/;
const longest = 300;

/** Names, places and sizes of source files. Biome counts the lines of TypeScript; it does not look at styles and pages. */
function placementFindings({ path, text }: RepositoryFile): Finding[] {
  const found: Omit<Finding, 'file' | 'line'>[] = [];
  const isCode = path.endsWith('.ts');
  const names = path.split('/').map((part) => part.replace(/\..*$/, ''));
  const bad = isCode ? names.find((name) => emptyWord.test(name)) : undefined;
  if (bad)
    found.push({
      what: `the name '${bad}'`,
      why: 'it says nothing of what is inside',
      fix: 'name the file after the one thing it exports',
    });
  if (isCode && names.at(-1) === 'index') {
    found.push({
      what: 'an index.ts',
      why: 'doors are named by `exports` in package.json',
      fix: 'name the file after the one thing it exports',
    });
  }
  if (path.endsWith('.test.ts') && !/^(?:packages\/(?:(?:stand-ins|workbench)\/)?[^/]+|stacks|scripts)\/test\//.test(path)) {
    found.push({ what: 'a test outside test/', why: 'the image tag is a hash over src', fix: 'move it to test/ beside src' });
  }
  if (isCode && /\/src\/(?:.+\/)?tests?\//.test(path)) {
    found.push({ what: 'a test folder inside src', why: 'the image tag is a hash over src', fix: 'move it to test/ beside src' });
  }
  const lines = linesOf(text);
  if (/\.(?:css|html|sh)$/.test(path) && lines > longest) {
    found.push({ what: `${lines} lines`, why: `a file of ours has at most ${longest}`, fix: 'split it by idea' });
  }
  return found.map((finding) => ({ file: path, line: 1, ...finding }));
}

function linesOf(text: string): number {
  return text.replace(/\n$/, '').split('\n').length;
}

const machinePath = /(?<![\w.:/~-])\/(?:work|root|home|Users)\/[\w.-]+|\.\.\/shared\b/;

/** A clone on another machine must find everything it names. */
function machinePathFindings({ path, text }: RepositoryFile): Finding[] {
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

/** Every package explains itself, and no document grows beyond what is read in one go. */
function documentFindings(files: readonly RepositoryFile[]): Finding[] {
  const packages = [
    ...new Set(files.flatMap(({ path }) => /^packages\/(?:(?:stand-ins|workbench)\/)?[^/]+(?=\/package\.json$)/.exec(path) ?? [])),
  ];
  const limits = new Map([['README.md', 150], ['AGENTS.md', 150], ...packages.map((folder) => [`${folder}/README.md`, 40] as const)]);
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

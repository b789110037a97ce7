import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { commands } from '@vera/operate/commands';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const documents = ['README.md', 'AGENTS.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md', ...namesIn('docs')];
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly scripts: Readonly<Record<string, string>> };
/** What pnpm itself and the packages' programs answer to. */
const others = ['install', 'cdktf', 'exec', 'COMMAND', '…', 'run', 'approve-builds'];

function namesIn(folder: string): string[] {
  return readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name));
}

function textOf(document: string): string {
  return readFileSync(join(root, document), 'utf8');
}

interface Link {
  readonly path: string;
  readonly anchor: string | undefined;
}

/** To files of ours; code between backticks links to nothing. */
function linksOf(document: string): Link[] {
  const text = textOf(document).replaceAll(/```.*?```|`[^`\n]*`/gs, '');
  return [...text.matchAll(/\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]+))?\)/g)].map(([, path = '', anchor]) => ({
    path: path === '' ? document : relative(root, join(root, dirname(document), path)),
    anchor,
  }));
}

/** As GitHub makes them of headings. */
function anchorsOf(document: string): string[] {
  return [...textOf(document).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(/\s/g, '-'),
  );
}

describe.each(documents)('%s', (document) => {
  it('links to what is there', () => {
    const dead = linksOf(document).filter(
      ({ path, anchor }) =>
        !existsSync(join(root, path)) || (anchor !== undefined && path.endsWith('.md') && !anchorsOf(path).includes(anchor)),
    );
    expect(dead).toEqual([]);
  });

  it('names commands that are there, with options that they have', () => {
    const unknown = commandsOf(textOf(document)).filter((command) => !isKnown(command));
    expect(unknown).toEqual([]);
  });
});

it('are each within two clicks of the README', () => {
  const near = linksOf('README.md').map(({ path }) => path);
  const reached = new Set([
    ...near,
    ...near.filter((path) => path.endsWith('.md')).flatMap((path) => linksOf(path).map((link) => link.path)),
  ]);
  expect(documents.filter((document) => document !== 'README.md' && !reached.has(document))).toEqual([]);
});

it('tells a command and an option that nobody has', () => {
  const text = 'Say `pnpm fly`, or `pnpm vera check --higher`, or `pnpm vera chekc`, or `pnpm vera secrets --unchecked`.';
  expect(commandsOf(text).filter((command) => !isKnown(command))).toEqual(['fly', 'vera check --higher', 'vera chekc']);
});

/** What stands behind `pnpm`, in code within a line or in a block. */
function commandsOf(text: string): string[] {
  const blocks = [...text.matchAll(/```sh\n(.*?)```/gs)].flatMap(([, block = '']) => block.split('\n'));
  const inline = [...text.replaceAll(/```.*?```/gs, '').matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
  return [...blocks, ...inline].flatMap((line) => {
    const [, command] = /(?:^|\s|\|)(?:npx --yes )?pnpm(?:@[\d.]+)? ((?:--silent )?[\w…].*)$/.exec(line) ?? [];
    return command === undefined ? [] : [command.replace(/^--silent /, '').replace(/\s+#.*$/, '')];
  });
}

function isKnown(command: string): boolean {
  const [name = '', ...words] = command.split(/\s+/);
  if (others.includes(name)) return true;
  if (!Object.hasOwn(scripts, name)) return false;
  const [first = '--help'] = words;
  if (name !== 'vera' || first.startsWith('--') || !/^\w/.test(first)) return true;
  const called = Object.hasOwn(commands, first) ? commands[first] : undefined;
  if (called === undefined) return false;
  const options = words.filter((word) => /^--\w/.test(word)).map((word) => word.replace(/[=,.;:)].*$/, ''));
  return options.every((option) => option === '--help' || `${called.usage.join(' ')} ${called.help}`.includes(option));
}

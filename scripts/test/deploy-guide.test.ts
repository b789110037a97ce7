import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const repository = join(import.meta.dirname, '../..');
const guide = readFileSync(join(repository, 'docs/deploy.md'), 'utf8');
const { scripts } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
  readonly scripts: Readonly<Record<string, string>>;
};

/** With somebody's credentials, or 2 GB of providers: tried against stand-ins in tests of their own. */
const needsMore =
  /^(?:pnpm (?:cdktf (?:deploy|destroy|output)|vera (?:bootstrap|secrets(?: --gateway)?|check)$|locks|base-image)|aws |cosign |SECRET_ID=|export |git add )/;

interface Step {
  readonly command: string;
  /** What the guide shows of its output, right below; empty where it shows none. */
  readonly shown: string;
}

/** Of each block the commands, without the words behind `#`; the output belongs to the last. */
function stepsOf(markdown: string): Step[] {
  return [...markdown.matchAll(/```sh\n(.*?)```\n(?:\n```text\n(.*?)```)?/gs)].flatMap(([, block = '', shown = '']) => {
    const lines = block.replaceAll(/\s*\\\n\s*/g, ' ').split('\n');
    const commands = lines.map((line) => line.replace(/\s+#.*$/, '').trim()).filter((line) => line !== '');
    return commands.map((command, index) => ({ command, shown: index === commands.length - 1 ? shown : '' }));
  });
}

/** A `pnpm` that runs the commands of package.json on what the tests have bundled already, wherever it is called. */
function pnpm(root = repository): string {
  const cases = Object.entries(scripts).flatMap(([name, script]) => {
    const [, file] = /(?:^|&& )node (\S+\.ts)$/.exec(script) ?? [];
    return file === undefined ? [] : [`${name}) shift; exec "${process.execPath}" "${root}/${file}" "$@" ;;`];
  });
  const write = 'print-permissions) set -- print-permissions "$OUT/permissions.md" ;;';
  return `#!/bin/sh\n[ "$1" = --silent ] && shift\ncase "$1" in ${write} esac\ncase "$1" in\n${cases.join('\n')}\n*) echo "no such command: $1" >&2; exit 97 ;;\nesac\n`;
}

/** What people change in their settings, and the guide shows. */
interface Said {
  readonly account: string;
  readonly region: string;
  /** What all names begin with. */
  readonly names: string;
}

const asShipped: Said = { account: '111122223333', region: 'us-east-1', names: 'use1-dev-vera-' };

/** The guide's lines as they are with somebody's own settings. */
function linesOf(shown: string, own: Said): string[] {
  const theirs = shown
    .replaceAll(asShipped.account, own.account)
    .replaceAll(asShipped.names, own.names)
    .replaceAll(asShipped.region, own.region);
  const lines = theirs.split('\n').map((line) => line.trim().replace(/,$/, ''));
  return lines.filter((line) => line !== '…' && line !== '');
}

function saidIn(folder: string): Said {
  const { settings, names } = JSON.parse(runIn(folder, 'pnpm settings').stdout) as {
    readonly settings: Said;
    readonly names: { readonly functions: string };
  };
  return { account: settings.account, region: settings.region, names: names.functions.replace('…', '') };
}

function folderWith(program: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'guide-'));
  writeFileSync(join(folder, 'pnpm'), program);
  chmodSync(join(folder, 'pnpm'), 0o755);
  return folder;
}

function runIn(folder: string, command: string) {
  const env = { PATH: `${folder}:/usr/bin:/bin`, CDKTF_OUTDIR: join(folder, 'out'), OUT: folder };
  return spawnSync('sh', ['-c', command], { cwd: folder, env, encoding: 'utf8' });
}

/** This repository with other settings in `trial.ts`. Node takes a linked file for the one that it leads to, so the stacks are copied. */
function repositoryWith(changed: Readonly<Record<string, string>>) {
  const root = mkdtempSync(join(tmpdir(), 'guide-repository-'));
  for (const entry of readdirSync(repository).filter((name) => name !== 'stacks' && name !== '.git'))
    symlinkSync(join(repository, entry), join(root, entry));
  const from = join(repository, 'stacks');
  mkdirSync(join(root, 'stacks'));
  for (const entry of readdirSync(from))
    if (entry === 'node_modules') symlinkSync(join(from, entry), join(root, 'stacks', entry));
    else if (entry !== 'test') cpSync(join(from, entry), join(root, 'stacks', entry), { recursive: true });
  const file = join(root, 'stacks/environments/trial.ts');
  const settings = Object.entries(changed).reduce((text, [old, now]) => text.replace(old, now), readFileSync(file, 'utf8'));
  writeFileSync(file, settings);
  return { root, remove: () => rmSync(root, { recursive: true }) };
}

const steps = stepsOf(guide);
const here = steps.filter(({ command }) => !needsMore.test(command));

describe('docs/deploy.md', () => {
  let folder = '';
  let said: Said = asShipped;
  beforeAll(() => {
    folder = folderWith(pnpm());
    said = saidIn(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(here)('$command does what the guide says', ({ command, shown }) => {
    const { status, stdout, stderr } = runIn(folder, command.replaceAll('https://….', 'https://a1b2c3d4.'));
    expect([status, status === 0 ? '' : stderr]).toEqual([0, '']);
    for (const line of linesOf(shown, said)) expect(stdout).toContain(line);
  });

  it('is right for whoever did what step 1 says, and more', () => {
    const { root, remove } = repositoryWith({ "account: '111122223333'": "account: '999988887777'", "botName: 'vera'": "botName: 'ada'" });
    const theirs = folderWith(pnpm(root));
    try {
      const shown = here.find(({ command }) => command === 'pnpm settings')?.shown ?? '';
      const { stdout } = runIn(theirs, 'pnpm settings');
      const lines = linesOf(shown, saidIn(theirs));
      expect(lines).toContain('"account": "999988887777"');
      expect(lines.filter((line) => !stdout.includes(line))).toEqual([]);
      expect(linesOf(shown, asShipped).every((line) => stdout.includes(line))).toBe(false);
    } finally {
      rmSync(theirs, { recursive: true });
      remove();
    }
  });

  it('has commands that run here, and those of the first hour', () => {
    expect(here.map(({ command }) => command)).toEqual(
      expect.arrayContaining(['pnpm settings', 'pnpm synth', 'pnpm print-permissions', 'pnpm slack-manifest > manifest.json']),
    );
    const inOrder = ['pnpm vera bootstrap', 'pnpm cdktf deploy storage', 'pnpm vera secrets', "pnpm cdktf deploy '*'", 'pnpm vera check'];
    expect(steps.map(({ command }) => command).filter((command) => inOrder.includes(command))).toEqual(inOrder);
  });

  it('shows what each command of `pnpm vera` prints', () => {
    for (const command of ['pnpm vera bootstrap', 'pnpm vera secrets', 'pnpm vera secrets --gateway', 'pnpm vera check'])
      expect(steps.find((step) => step.command === command)?.shown, command).not.toBe('');
  });

  it('shows what is printed where a person waits, decides, or takes something from it', () => {
    const commands = [
      ...[
        'pnpm cdktf deploy storage',
        "pnpm cdktf deploy '*'",
        'pnpm cdktf deploy delivery',
        'pnpm cdktf destroy front',
        "pnpm cdktf destroy '*'",
      ],
      ...[
        'pnpm --silent imports | tee imports.sh',
        'aws sns list-subscriptions',
        'aws iam create-policy ',
        'aws iam create-policy-version ',
      ],
    ];
    for (const command of commands) {
      const step = steps.find((one) => one.command.startsWith(command));
      expect([command, step?.shown || undefined]).toEqual([command, expect.any(String)]);
    }
  });

  it('leaves nothing in the repository that git would take along: plans hold secrets', () => {
    const made = steps.flatMap(({ command }) => [...command.matchAll(/(?:>|\| tee) ([\w.-]+)$/g)].map(([, file = '']) => file));
    expect(made).toEqual(expect.arrayContaining(['manifest.json', 'ceiling.json', 'imports.sh']));
    const files = [...made, 'roles.json', 'plans/gateway.json', 'plans/gateway.error.txt'];
    const { stdout } = spawnSync('git', ['check-ignore', ...files], { cwd: repository, encoding: 'utf8' });
    expect(files.filter((file) => !stdout.split('\n').includes(file))).toEqual([]);
  });

  it('says how many roles the workflows have', () => {
    const source = readFileSync(join(repository, 'stacks/delivery/delivery-stack.ts'), 'utf8');
    const [, count] = /The (\w+) roles GitHub['’]s workflows take on/.exec(source) ?? [];
    expect([count, guide.includes(`the workflows' ${count} roles`)]).toEqual([expect.any(String), true]);
  });

  it('names no step that is not there', () => {
    const headed = [...guide.matchAll(/^## (\d+)\. /gm)].map(([, number]) => Number(number));
    expect(headed).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    for (const [, number] of guide.matchAll(/\bstep\s(\d+)/g)) expect(headed).toContain(Number(number));
  });
});

it('runs a wrong command as one', () => {
  expect(stepsOf('```sh\npnpm nonsense  # words\n```\n')).toEqual([{ command: 'pnpm nonsense', shown: '' }]);
  expect(pnpm()).toContain('exit 97');
});

/** Of each block of commands what stands around it: the paragraph before, the block, and what follows up to the next one. */
const [beforeAny = '', ...blocks] = guide.split('\n```sh\n');
const around = blocks.map((text, index) => {
  const [block = '', after = ''] = text.split(/\n```\n(.*)/s);
  const before = ([beforeAny, ...blocks][index] ?? '').trimEnd().split('\n\n').at(-1) ?? '';
  return { first: block.split('\n')[0] ?? '', block, before, next: after.split('\n## ')[0]?.split('\n\n').slice(0, 4).join('\n\n') ?? '' };
});

it.each(around)('the guide says how long `$first` takes, and what comes of it', ({ block, before, next }) => {
  expect(around.length).toBeGreaterThan(18);
  expect(`${before}${block}${next}`).toMatch(/\b(?:seconds?|minutes?|hour)\b|at once/);
  expect(`${block}${next}`).toMatch(/```text|says nothing|\b(?:prints|shows|tells|asks|menu)\b|ends with `/);
});

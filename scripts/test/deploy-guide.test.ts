import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
  /^(?:pnpm (?:cdktf (?:deploy|destroy|output)|vera (?:bootstrap|secrets|check)$|locks)|aws |cosign |SECRET_ID=|export |git add )/;

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
function pnpm(): string {
  const cases = Object.entries(scripts).flatMap(([name, script]) => {
    const [, file] = /(?:^|&& )node (\S+\.ts)$/.exec(script) ?? [];
    return file === undefined ? [] : [`${name}) shift; exec "${process.execPath}" "${repository}/${file}" "$@" ;;`];
  });
  const write = 'print-permissions) set -- print-permissions "$OUT/permissions.md" ;;';
  return `#!/bin/sh\n[ "$1" = --silent ] && shift\ncase "$1" in ${write} esac\ncase "$1" in\n${cases.join('\n')}\n*) echo "no such command: $1" >&2; exit 97 ;;\nesac\n`;
}

const steps = stepsOf(guide);
const here = steps.filter(({ command }) => !needsMore.test(command));

describe('docs/deploy.md', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'guide-'));
    writeFileSync(join(folder, 'pnpm'), pnpm());
    chmodSync(join(folder, 'pnpm'), 0o755);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(here)('$command does what the guide says', ({ command, shown }) => {
    const env = { PATH: `${folder}:/usr/bin:/bin`, CDKTF_OUTDIR: join(folder, 'out'), OUT: folder };
    const { status, stdout, stderr } = spawnSync('sh', ['-c', command.replaceAll('https://….', 'https://a1b2c3d4.')], {
      cwd: folder,
      env,
      encoding: 'utf8',
    });
    expect([status, status === 0 ? '' : stderr]).toEqual([0, '']);
    const lines = shown.split('\n').map((line) => line.trim());
    for (const line of lines.filter((one) => one !== '…' && one !== '')) expect(stdout).toContain(line.replace(/,$/, ''));
  });

  it('has commands that run here, and those of the first hour', () => {
    expect(here.map(({ command }) => command)).toEqual(
      expect.arrayContaining(['pnpm settings', 'pnpm synth', 'pnpm print-permissions', 'pnpm slack-manifest > manifest.json']),
    );
    const inOrder = ['pnpm vera bootstrap', 'pnpm cdktf deploy storage', 'pnpm vera secrets', "pnpm cdktf deploy '*'", 'pnpm vera check'];
    expect(steps.map(({ command }) => command).filter((command) => inOrder.includes(command))).toEqual(inOrder);
  });

  it('shows what each command of `pnpm vera` prints', () => {
    for (const command of ['pnpm vera bootstrap', 'pnpm vera secrets', 'pnpm vera check'])
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

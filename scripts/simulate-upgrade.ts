// `pnpm simulate-upgrade`: the simulation, in which a part of Vera is still of the last version, as while a deployment goes through the stacks.
import { spawnSync } from 'node:child_process';
import { mkdtempDisposableSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { readCommandLine } from '@vera/stacks/command-line';
import { build, type Plugin } from 'esbuild';
import { fileBehind } from './upgrade/file-behind.ts';
import { checkedOutLastVersion } from './upgrade/last-version.ts';

const help = `Usage: pnpm simulate-upgrade [--seeds 1000] [--from 1]

Plays so many schedules for each time of a deployment, and ends with 1 where one breaks what both versions promise. Needs git's history back to
the last version (CHANGELOG.md names its commit), and some three minutes.`;

const options = {
  seeds: { type: 'string', default: '1000' },
  from: { type: 'string', default: '1' },
} as const;
const root = join(import.meta.dirname, '..');
const simulation = join(root, 'packages/workbench/simulation/src');

/** Where the simulation makes each deployable, and of which doors. */
const parts = {
  worker: { file: 'simulated-worker.ts', doors: /^@vera\/(?:worker|ledger)\// },
  receiver: { file: 'deployment.ts', doors: /^@vera\/(?:receiver\/|ledger\/dynamo-(?:decisions|inbox)$)/ },
  sweeper: { file: 'deployment.ts', doors: /^@vera\/(?:sweeper\/|ledger\/dynamo-overdue$)/ },
};
type Part = keyof typeof parts;

/** What is still of the last version, as the stacks come in their order: worker, receiver, sweeper; and threads that end on the worker they began with. */
const times: readonly (readonly Part[])[] = [['receiver', 'sweeper'], ['sweeper'], ['worker']];

/** What the last version did not promise yet, by how the simulation tells that it was broken. */
const unpromised: Readonly<Record<string, readonly RegExp[]>> = {
  '0.1.0': [
    /a yes to … counts, and … had other words before/,
    /was answered in older words/,
    /was stopped, and (?:something is done|answered long after)/,
    /asks a model long after it was stopped/,
    /a message says that somebody thinks/,
  ],
};

const { values } = readCommandLine({ help, options });
process.exitCode = await simulateAll();

async function simulateAll(): Promise<number> {
  using last = checkedOutLastVersion();
  using folder = mkdtempDisposableSync(join(tmpdir(), 'simulated-upgrade-'));
  let failed = 0;
  for (const old of times) {
    const program = join(folder.path, `${old.join('-')}.mjs`);
    await bundle(program, old, last.path);
    const { stdout, stderr, status } = spawnSync(process.execPath, [program, '--seeds', values.seeds, '--from', values.from], {
      encoding: 'utf8',
    });
    const kinds = [...stdout.matchAll(/^\d+ × (.+): pnpm simulate --seed/gm)].map(([, kind = '']) => kind);
    const broken = kinds.filter((kind) => !(unpromised[last.version] ?? []).some((known) => known.test(kind)));
    // It ends with 1 where it tells of something.
    const isWhole = status === 0 || (status === 1 && kinds.length > 0);
    console.log(`${old.join(' and ')} of ${last.version}, the rest of this version: ${stdout.trim() || stderr.trim()}`);
    if (broken.length > 0 || !isWhole) failed += 1;
  }
  console.log(failed === 0 ? 'Nothing that both promise is broken.' : `Broken in ${failed} of ${times.length}.`);
  return failed === 0 ? 0 : 1;
}

function bundle(outfile: string, old: readonly Part[], last: string) {
  const mixed: Plugin = {
    name: 'mixed',
    setup({ onResolve }) {
      // Errors of Slack are told by their class: there is one of it.
      onResolve({ filter: /slack-error/ }, () => ({ path: join(root, 'packages/slack/src/slack-error.ts') }));
      onResolve({ filter: /^@vera\// }, ({ path, importer }) => {
        const isSwapped = importer.startsWith(simulation) && old.some((part) => isOf(part, importer, path));
        return isSwapped ? { path: join(last, fileBehind(path, last)) } : undefined;
      });
    },
  };
  return build({
    entryPoints: [join(simulation, 'main.ts')],
    ...{ outfile, bundle: true, platform: 'node', target: 'node24', format: 'esm', mainFields: ['module', 'main'], plugins: [mixed] },
    // Loaded where AWS is called, which is nowhere in the simulation.
    external: ['@aws-sdk/client-*'],
  });
}

function isOf(part: Part, importer: string, door: string): boolean {
  return basename(importer) === parts[part].file && parts[part].doors.test(door);
}

// `pnpm simulate-upgrade`: the simulation, in which a part of Vera is still of the last version, as while a deployment goes through the stacks.
import { spawnSync } from 'node:child_process';
import { mkdtempDisposableSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { readCommandLine } from '@vera/stacks/command-line';
import { build, type Plugin } from 'esbuild';
import { fileBehind } from './upgrade/file-behind.ts';
import { checkedOutLastVersion } from './upgrade/last-version.ts';
import { isUnpromised, type Part } from './upgrade/unpromised.ts';

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
const parts: Readonly<Record<Part, { readonly file: string; readonly doors: RegExp }>> = {
  worker: { file: 'simulated-worker.ts', doors: /^@vera\/(?:worker|ledger)\// },
  receiver: { file: 'deployment.ts', doors: /^@vera\/(?:receiver\/|ledger\/dynamo-(?:decisions|inbox)$)/ },
  sweeper: { file: 'deployment.ts', doors: /^@vera\/(?:sweeper\/|ledger\/dynamo-overdue$)/ },
};

/** What is still of the last version, as the stacks come in their order: worker, receiver, sweeper; and threads that end on the worker they began with. */
const times: readonly (readonly Part[])[] = [['receiver', 'sweeper'], ['sweeper'], ['worker']];

/** What the simulation has no more and the last version's door asks for. */
const adapted: Readonly<Record<string, (last: string) => string>> = {
  '@vera/worker/answer-question': (last) => `
    import { answerQuestion as answer } from ${JSON.stringify(join(last, fileBehind('@vera/worker/answer-question', last)))};
    import { createShowStatus } from ${JSON.stringify(join(last, fileBehind('@vera/worker/status', last)))};
    export const answerQuestion = (params, held) => answer({ ...params, showStatus: createShowStatus(params.call) }, held);`,
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
    const broken = kinds.filter((kind) => !isUnpromised(kind, last.version, old));
    // It ends with 1 where it tells of something. Parts that do not fit break nothing, as then nothing happens.
    const isWhole = (status === 0 || (status === 1 && kinds.length > 0)) && isAnswered(program);
    console.log(`${old.join(' and ')} of ${last.version}, the rest of this version: ${stdout.trim() || stderr.trim()}`);
    for (const kind of broken) console.log(`NOT EXCUSED ${kind}`);
    if (broken.length > 0 || !isWhole) failed += 1;
  }
  console.log(failed === 0 ? 'Nothing that both promise is broken.' : `Broken in ${failed} of ${times.length}.`);
  return failed === 0 ? 0 : 1;
}

/** Whether the first schedule comes to an answer at all. */
function isAnswered(program: string): boolean {
  const { stdout } = spawnSync(process.execPath, [program, '--seed', '1'], { encoding: 'utf8' });
  if (stdout.includes(' question.answered')) return true;
  console.log('No question is answered: parts of both versions do not fit together in the simulation.');
  return false;
}

function bundle(outfile: string, old: readonly Part[], last: string) {
  const mixed: Plugin = {
    name: 'mixed',
    setup({ onResolve, onLoad }) {
      // Errors of Slack are told by their class: there is one of it.
      onResolve({ filter: /slack-error/ }, () => ({ path: join(root, 'packages/slack/src/slack-error.ts') }));
      onResolve({ filter: /^@vera\// }, ({ path, importer }) => {
        const isSwapped = importer.startsWith(simulation) && old.some((part) => isOf(part, importer, path));
        if (!isSwapped) return undefined;
        return path in adapted ? { path, namespace: 'adapted' } : { path: join(last, fileBehind(path, last)) };
      });
      onLoad({ filter: /.*/, namespace: 'adapted' }, ({ path }) => ({ contents: adapted[path]?.(last) ?? '', resolveDir: last }));
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

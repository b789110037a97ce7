import { readdir, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ownersReport } from '@vera/operate/report/owners-report';
import { type OwnServers, readMcpFile } from '@vera/operate/tools/read-mcp-file';
import { tellBriefly } from '@vera/operate/tools/tell-tools';
import { UsageError } from '@vera/operate/usage-error';
import { createPageServer } from '@vera/page/page-server';
import { createRoad } from '@vera/page/road';
import { createLog } from '@vera/service-kit/log';
import type { SlackEmulator } from '@vera/slack-stand-in/contract';
import { describeServers } from '@vera/worker/describe-servers';
import { serversOf } from '@vera/worker/env';
import { chooseModel } from './choose-model.ts';
import { demoDocuments, demoSeeds } from './demo-seeds.ts';
import { demoWorkspace } from './demo-workspace.ts';
import type { WorkerSettings } from './environments.ts';
import { failureWords } from './failure-words.ts';
import { createLab } from './lab/create-lab.ts';
import { names } from './names.ts';
import { help, type Options, readOptions } from './options.ts';
import { startSystem } from './start-system.ts';
import { tellRunning } from './tell-running.ts';
import { welcome } from './welcome.ts';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

try {
  const options = readOptions(process.argv.slice(2));
  if (options.isHelp) process.stdout.write(help);
  else {
    await run(options);
    // A server that is still being tried would hold the process.
    process.exit();
  }
} catch (error) {
  process.stderr.write(`${failureWords(error, process.argv.includes('--verbose'))}\n`);
  process.exitCode = 1;
}

async function run(options: Options): Promise<void> {
  const { model, description } = await chooseModel(options, process.env);
  const ownServers = options.mcpFile === undefined ? undefined : readMcpFile(options.mcpFile, process.env);
  const dataFolder = resolve(options.dataFolder ?? `${root}.vera`);
  if (options.isFresh) await rm(dataFolder, { recursive: true, force: true });
  await using started = new AsyncDisposableStack();
  const documentsFolder = options.documents ? await readableFolder(options.documents) : demoDocuments;
  const road = createRoad({ keep: 200 });
  let pageUrl = '';
  const system = started.use(
    await startSystem({
      slack: { workspace: demoWorkspace, warn: (words) => process.stdout.write(`${words}\n`) },
      model,
      documentsFolder,
      linkOf: (path) => `${pageUrl}/documents/${path}`,
      dataFolder,
      tools: demoSeeds,
      onLog(entry) {
        const isWorthShowing = road.add(entry);
        if (options.isVerbose && (isWorthShowing || options.isDebug)) process.stdout.write(`${entry.component.padEnd(11)} ${entry.line}\n`);
      },
      worker: workerSettingsOf(options, ownServers),
      isDebug: options.isDebug,
      ...(options.isRealBedrock ? { realBedrock: awsVariables() } : {}),
    }),
  );
  raiseAlerts(system.slack);
  // The first sweep of its schedule is a minute away, and what is left behind until then would wait for it.
  system.lambda.accept(names.sweeper, {});
  const pageFolder = `${root}dist/page`;
  const lab = started.use(createLab({ system, road, hasModel: !options.isRealBedrock }));
  const seen = { slack: system.slack, road, lab, spansOf: system.xRay.spansOf, report: ownersReport(dataFolder), documentsFolder };
  const page = started.use(await createPageServer({ ...seen, pageFolder, port: options.port }));
  pageUrl = page.url;
  started.defer(await tellRunning(system, pageUrl, dataFolder));
  process.stdout.write(
    welcome({
      pageUrl,
      system,
      modelDescription: description,
      hasGuardrail: !options.isRealBedrock,
      documents: system.knowledgeBase.documents().length,
      dataFolder,
      ownServers,
    }),
  );
  if (ownServers) void tellOwnServers(ownServers);
  await untilInterrupted();
  process.stdout.write('\nStopping …\n');
}

function workerSettingsOf({ platform, budgets, overlap, modelId }: Options, ownServers: OwnServers | undefined): Partial<WorkerSettings> {
  const given = { ...(modelId ? { modelId } : {}), ...(ownServers ? { ownServers } : {}) };
  return { platform, budgets, overlap, isTalkative: true, showsCost: true, ...given };
}

/** What they offer, or why they cannot be used: otherwise only the first question would show it. */
async function tellOwnServers({ entries, keys, path }: OwnServers): Promise<void> {
  const log = createLog({ service: 'start', write: () => {} });
  const description = await describeServers(serversOf(entries), { secrets: keys, region: 'us-east-1', path, log });
  process.stdout.write(`${tellBriefly(description)}\n`);
}

/** Once, so that a conversation under one of them is there again at the next start. */
function raiseAlerts(slack: SlackEmulator): void {
  const quiet = demoSeeds.alerts.filter(({ channel }) => slack.messages(channel).length === 0);
  for (const { replies = [], ...alert } of quiet) {
    const { ts } = slack.post(alert);
    for (const reply of replies) slack.post({ ...reply, channel: alert.channel, threadTs: ts });
  }
}

/** It is read before anything starts: a folder that cannot be listed is told at once. */
async function readableFolder(folder: string): Promise<string> {
  await readdir(folder).catch((cause: NodeJS.ErrnoException) => {
    const reason = cause.code === 'ENOENT' ? `there is no folder ${folder}` : `${folder} is no folder that can be read (${cause.code})`;
    throw new UsageError(`--documents: ${reason}.`, { cause });
  });
  return resolve(folder);
}

/** Ctrl-C, or being asked to end; a second Ctrl-C ends at once. */
function untilInterrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
}

/** Credentials and region for the real Bedrock, as the AWS command line finds them. */
function awsVariables(): Record<string, string> {
  const names = ['HOME', 'AWS_PROFILE', 'AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_CONFIG_FILE'];
  return Object.fromEntries(names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));
}

import { spawn, spawnSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { scriptedModel } from '@vera/bedrock-stand-in/scripted-model';
import { names } from '@vera/start/names';
import { type BenchSystem, startBenchSystem } from './bench-system.ts';
import type { Figure } from './main.ts';
import { milliseconds, percentile } from './table.ts';

const rounds = 15;
const worker = fileURLToPath(new URL('../../../../dist/worker/main.mjs', import.meta.url));

/** Each process from its start to its first answer, beside Node doing nothing, in turn. */
export async function measureColdStarts(): Promise<Figure[]> {
  await using system = await startBenchSystem(
    scriptedModel(() => 'Hello.'),
    { worker: { sessionScope: 'workspace' } },
  );
  await system.answer('starts the session the invoker will call');
  const times = { node: [] as number[], receiver: [] as number[], invoker: [] as number[], worker: [] as number[] };
  for (let round = 0; round <= rounds; round += 1) {
    const figures = {
      node: bareNode(),
      receiver: await receiver(system, round),
      invoker: await invoker(system, round),
      worker: await workerPing(round),
    };
    if (round === 0) continue;
    for (const name of ['node', 'receiver', 'invoker', 'worker'] as const) times[name].push(figures[name]);
  }
  const bare = percentile(times.node, 0.5);
  const figure = (what: string, values: readonly number[], goal: string): Figure => {
    const median = percentile(values, 0.5);
    return { what, value: `${milliseconds(median)} (${(median / bare).toFixed(1)} ×)`, goal };
  };
  return [
    { what: 'bare `node -e 0`', value: milliseconds(bare), goal: '' },
    figure('receiver: process start → signed event answered', times.receiver, '≤ 3 × node'),
    figure('invoker: process start → question handed over', times.invoker, ''),
    figure('worker: process start → first `/ping`', times.worker, '≤ 8 × node'),
  ];
}

function bareNode(): number {
  const started = performance.now();
  spawnSync(process.execPath, ['-e', '0']);
  return performance.now() - started;
}

async function receiver({ lambda, slack }: BenchSystem, round: number): Promise<number> {
  await lambda.kill(names.receiver);
  const { teamId, appId, botUserId, signingSecret } = slack.workspace;
  const event = {
    type: 'app_mention',
    user: 'U0BENCH0',
    text: 'hello',
    ts: `1000000000.${String(round).padStart(6, '0')}`,
    channel: 'C0BENCH',
  };
  const envelope = {
    type: 'event_callback',
    team_id: teamId,
    api_app_id: appId,
    event_id: `Ev${round}`,
    event,
    authorizations: [{ user_id: botUserId }],
  };
  const body = JSON.stringify(envelope);
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = `v0=${createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
  const headers = { 'content-type': 'application/json', 'x-slack-request-timestamp': timestamp, 'x-slack-signature': signature };
  // Recorded and sent on, but not answered: the answer would compete with the next measurement.
  lambda.disturb(() => ({ drop: true }));
  const started = performance.now();
  const { status } = await fetch(lambda.urlOf(names.receiver), { method: 'POST', headers, body });
  const milliseconds = performance.now() - started;
  if (status !== 200) throw new Error(`The receiver answered ${status}`);
  return milliseconds;
}

async function invoker({ lambda }: BenchSystem, round: number): Promise<number> {
  await lambda.kill(names.invoker);
  const messageTs = `2000000000.${String(round).padStart(6, '0')}`;
  const place = { teamId: 'T0BENCH', channelId: 'C0BENCH', threadTs: messageTs, messageTs };
  const person = { userId: 'U0BENCH0', userTeamId: 'T0BENCH', botUserId: 'U0VERA', isDirect: false, isExternal: false };
  const started = performance.now();
  const { functionError } = await lambda.invoke(names.invoker, {
    kind: 'question',
    id: `q-bench-${round}`,
    ...place,
    ...person,
    text: 'hello',
    files: [],
  });
  if (functionError) throw new Error('The invoker failed');
  return performance.now() - started;
}

/** The worker by itself, without the emulator's own work. */
async function workerPing(round: number): Promise<number> {
  const port = 20_000 + ((process.pid + round * 7) % 20_000);
  const env = {
    PORT: String(port),
    SECRET_ID: 'none',
    LEDGER_TABLE: 'none',
    COMPANY_NAME: 'Bench',
    MODEL_ID: names.modelId,
    AWS_REGION: 'us-east-1',
  };
  const started = performance.now();
  const child = spawn(process.execPath, [worker], { env, stdio: 'ignore' });
  while (!(await isHealthy(port))) await new Promise((resolve) => setTimeout(resolve, 2));
  const milliseconds = performance.now() - started;
  child.kill('SIGKILL');
  await once(child, 'close');
  return milliseconds;
}

async function isHealthy(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/ping`)).ok;
  } catch {
    return false;
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import { scriptedModel } from '@vera/bedrock-stand-in/scripted-model';
import { sign } from '@vera/slack-stand-in/events/send';
import { names } from '@vera/start/names';
import { type BenchSystem, startBenchSystem } from './bench-system.ts';
import { bareNodeOnce, type Figure, percentile } from './figures.ts';
import { startWorkerProcess } from './worker-process.ts';

const rounds = 15;

/** Each process from its start to its first answer, beside Node doing nothing, in turn. */
export async function measureColdStarts(): Promise<readonly Figure[]> {
  await using system = await startBenchSystem(
    scriptedModel(() => 'Hello.'),
    { worker: { sessionScope: 'workspace' } },
  );
  await system.answer('starts the session the invoker will call');
  const starts = {
    node: async () => bareNodeOnce(),
    receiver: (round: number) => receiver(system, `1000000000.${100_000 + round}`),
    slowReceiver: (round: number) => receiver(system, `1500000000.${100_000 + round}`, lambdaShare),
    invoker: (round: number) => invoker(system, `2000000000.${100_000 + round}`),
    worker: workerPing,
  };
  const times = Object.fromEntries(Object.keys(starts).map((name) => [name, [] as number[]])) as Record<keyof typeof starts, number[]>;
  for (let round = 0; round <= rounds; round += 1) {
    for (const name of Object.keys(starts) as (keyof typeof starts)[]) {
      const time = await starts[name](round);
      // The first round warms the files' cache.
      if (round > 0) times[name].push(time);
    }
  }
  const median = (name: keyof typeof starts) => percentile(times[name], 0.5);
  const share = `${lambdaShare} of a core (stopped ${slice * (1 - lambdaShare)} of each ${slice} ms)`;
  return [
    { what: 'bare `node -e 0`', milliseconds: median('node') },
    { what: 'receiver: process start → signed event answered', milliseconds: median('receiver'), goal: '≤ 3 × node' },
    { what: `the same at ${share}`, milliseconds: median('slowReceiver') },
    { what: 'invoker: process start → question handed over', milliseconds: median('invoker') },
    { what: 'worker on V1: process start → first `/ping`', milliseconds: median('worker'), goal: '≤ 8 × node' },
  ];
}

async function receiver({ lambda, slack }: BenchSystem, ts: string, share = 1): Promise<number> {
  await lambda.kill(names.receiver);
  const { teamId, appId, botUserId, signingSecret } = slack.workspace;
  const event = { type: 'app_mention', user: 'U0BENCH0', text: 'hello', ts, channel: 'C0BENCH' };
  const envelope = {
    type: 'event_callback',
    team_id: teamId,
    api_app_id: appId,
    event_id: `Ev${ts}`,
    event,
    authorizations: [{ user_id: botUserId }],
  };
  const body = JSON.stringify(envelope);
  const headers = { 'content-type': 'application/json', ...sign(body, signingSecret, Date.now()) };
  // Recorded and sent on, but not answered: the answer would compete with the next measurement.
  lambda.disturb(() => ({ drop: true }));
  await using _ = heldTo(share, () => lambda.instances.find(({ functionName }) => functionName === names.receiver)?.pid);
  const started = performance.now();
  const { status } = await fetch(lambda.urlOf(names.receiver), { method: 'POST', headers, body });
  const milliseconds = performance.now() - started;
  if (status !== 200) throw new Error(`The receiver answered ${status}`);
  return milliseconds;
}

/** What Lambda gives a function of 512 MB. */
const lambdaShare = 0.3;
/** Milliseconds in which a process gets its share. */
const slice = 100;

/** Stops and continues a process, from its first moment, so that it runs for a share of the time. */
function heldTo(share: number, pidOf: () => number | undefined): AsyncDisposable {
  let isOver = share === 1;
  const hold = async () => {
    while (!isOver && pidOf() === undefined) await sleep(1);
    const pid = pidOf();
    while (!isOver && pid !== undefined) {
      await sleep(slice * share);
      process.kill(pid, 'SIGSTOP');
      await sleep(slice * (1 - share));
      process.kill(pid, 'SIGCONT');
    }
  };
  const held = hold();
  return {
    async [Symbol.asyncDispose]() {
      isOver = true;
      await held;
    },
  };
}

async function invoker({ lambda }: BenchSystem, messageTs: string): Promise<number> {
  await lambda.kill(names.invoker);
  const place = { teamId: 'T0BENCH', channelId: 'C0BENCH', threadTs: messageTs, messageTs };
  const person = { userId: 'U0BENCH0', userTeamId: 'T0BENCH', botUserId: 'U0VERA', isDirect: false, isExternal: false };
  const started = performance.now();
  const { functionError } = await lambda.invoke(names.invoker, {
    kind: 'question',
    id: `q-bench-${messageTs}`,
    ...place,
    ...person,
    text: 'hello',
    files: [],
  });
  if (functionError) throw new Error('The invoker failed');
  return performance.now() - started;
}

async function workerPing(): Promise<number> {
  const settings = {
    SECRET_ID: 'none',
    LEDGER_TABLE: 'none',
    AUDIT_TABLE: 'none',
    AUDIT_DAYS: '400',
    COMPANY_NAME: 'Bench',
    MODEL_ID: names.modelId,
  };
  await using worker = await startWorkerProcess(settings);
  return performance.now() - worker.startedAt;
}

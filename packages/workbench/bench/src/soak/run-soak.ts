import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { scriptedModel } from '@vera/bedrock-stand-in/scripted-model';
import { ledgerTable } from '@vera/ledger/table';
import { names } from '@vera/start/names';
import { type BenchSystem, startBenchSystem } from '../bench-system.ts';

export interface Sample {
  readonly minutes: number;
  readonly questions: number;
  /** Resident memory in megabytes, and open files and sockets, of each process that was there from the first sample on. */
  readonly processes: Readonly<Record<string, { readonly megabytes: number; readonly handles: number }>>;
  /** Of the ledger's table; `lasting`: without a time at which they go away. */
  readonly items: { readonly all: number; readonly lasting: number };
}

const answer = 'The tray is at the back, behind the lid [1]. '.repeat(10);

const model = scriptedModel(({ messages }) => {
  const isSearched = JSON.stringify(messages.at(-1)).includes('toolResult');
  return isSearched ? answer : [{ call: 'search_knowledge_base', input: { query: 'paper jam' } }];
});

/** One question after the other, by four people at once, for so many minutes; tells each sample as it is taken. */
export async function runSoak(minutes: number, tell: (sample: Sample) => void): Promise<readonly Sample[]> {
  await using system = await startBenchSystem(model, { worker: { sessionScope: 'workspace' } });
  // Caches fill, and code is compiled.
  for (let warmUp = 0; warmUp < 100; warmUp += 1) await system.answer('warming up');
  const began = performance.now();
  const elapsed = () => (performance.now() - began) / 60_000;
  let questions = 0;
  const ask = async () => {
    while (elapsed() < minutes) {
      await system.answer('paper jam?');
      questions += 1;
      await sleep(250);
    }
  };
  const processes = processesOf(system);
  const samples: Sample[] = [];
  const look = async () => {
    const sample = { minutes: elapsed(), questions, processes: looksOf(processes), items: await itemsIn(system) };
    samples.push(sample);
    tell(sample);
  };
  const asking = Promise.all([ask(), ask(), ask(), ask()]);
  const every = Math.max(0.25, minutes / 30);
  for (let next = elapsed(); elapsed() < minutes; next += every) {
    await look();
    await sleep(Math.max(0, (next + every - elapsed()) * 60_000));
  }
  await asking;
  await look();
  return samples;
}

/** The worker's, and one of each Lambda that works all the time. */
function processesOf({ worker, lambda }: BenchSystem): ReadonlyMap<string, number> {
  const lambdas = [names.receiver, names.invoker].flatMap((name): [string, number][] => {
    const instance = lambda.instances.find(({ functionName }) => functionName === name);
    return instance ? [[name, instance.pid]] : [];
  });
  return new Map([['worker', worker().pid], ...lambdas]);
}

/** Of those that still run. */
function looksOf(processes: ReadonlyMap<string, number>): Sample['processes'] {
  const looks = [...processes].flatMap(([name, pid]) => {
    try {
      const megabytes = Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024;
      return [[name, { megabytes, handles: readdirSync(`/proc/${pid}/fd`).length }] as const];
    } catch {
      return [];
    }
  });
  return Object.fromEntries(looks);
}

async function itemsIn({ dynamoDb }: BenchSystem): Promise<Sample['items']> {
  const credentials = { accessKeyId: 'soak', secretAccessKey: 'none' };
  const client = new DynamoDBClient({ endpoint: dynamoDb.url, region: 'us-east-1', credentials });
  let [all, lasting] = [0, 0];
  const scan = { TableName: names.ledgerTable, ProjectionExpression: ledgerTable.ttlAttribute };
  for await (const { Items = [] } of paginateScan({ client }, scan)) {
    all += Items.length;
    lasting += Items.filter((item) => item[ledgerTable.ttlAttribute] === undefined).length;
  }
  client.destroy();
  return { all, lasting };
}

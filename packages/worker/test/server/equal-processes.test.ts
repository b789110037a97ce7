import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createCallRecord } from '@vera/aws-stand-in/call-record';
import { createDynamoDb } from '@vera/aws-stand-in/create-dynamo-db';
import { createTable } from '@vera/aws-stand-in/create-table';
import { createDynamoInbox } from '@vera/ledger/dynamo-inbox';
import { createDynamoLeases } from '@vera/ledger/dynamo-leases';
import { ledgerTable } from '@vera/ledger/table';
import type { Question } from '@vera/protocol/question';
import { sdkDynamoDb } from '@vera/service-kit/sdk-clients';
import { eachLine } from '@vera/stand-in-kit/each-line';
import { listen } from '@vera/stand-in-kit/listen';
import { expect, test } from 'vitest';
import { questionOf } from '../question.ts';

const pathOf = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const tableName = 'ledger';

/** Two workers as AgentCore restores them from one snapshot, on a ledger of their own, with a secret that never comes. */
async function startTwins() {
  const dynamo = await createDynamoDb({ record: createCallRecord() });
  const silent = await listen(() => new Promise<Response>(() => undefined));
  const client = new DynamoDBClient({ endpoint: dynamo.url, region: 'us-east-1', credentials: { accessKeyId: 'w', secretAccessKey: 'x' } });
  await createTable(client, tableName, ledgerTable);
  const leases = createDynamoLeases({ dynamoDb: sdkDynamoDb(client), tableName, now: Date.now, leaseMilliseconds: 3_600_000 });
  const inbox = createDynamoInbox({ dynamoDb: sdkDynamoDb(client), tableName, now: Date.now, deliveryGrace: 30_000 });
  const environment = {
    HOST: '127.0.0.1',
    SECRET_ID: 'none',
    LEDGER_TABLE: tableName,
    AUDIT_TABLE: 'audit',
    AUDIT_DAYS: '400',
    COMPANY_NAME: 'Northwind',
    MODEL_ID: 'us.anthropic.claude-sonnet-5-5',
    LEASE_SECONDS: '3600',
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'w',
    AWS_SECRET_ACCESS_KEY: 'x',
    AWS_ENDPOINT_URL_DYNAMODB: dynamo.url,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: silent.url,
  };
  const twins = await Promise.all([startProcess(environment), startProcess(environment)]);
  return {
    twins,
    record: (question: Question) => inbox.record(question),
    ownerOf: async (question: Question) => (await leases.thread(question)).find((record) => record.question.id === question.id)?.leaseOwner,
    async [Symbol.asyncDispose]() {
      for (const twin of [...twins, dynamo, silent]) await twin[Symbol.asyncDispose]();
      client.destroy();
    },
  };
}

interface Twin extends AsyncDisposable {
  readonly url: string;
  answer(question: Question): Promise<unknown>;
}

/** On a port that was free a moment ago; on another where somebody took it meanwhile. */
async function startProcess(environment: Readonly<Record<string, string>>, attempts = 5): Promise<Twin> {
  const reserved = await listen(() => new Response());
  await reserved[Symbol.asyncDispose]();
  const args = ['--import', pathOf('same-snapshot.mjs'), pathOf('../../src/main.ts')];
  const child = spawn(process.execPath, args, {
    env: { ...environment, PORT: String(reserved.port) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  const listening = new Promise<boolean>((resolve) => {
    eachLine(child.stdout, (line) => line.includes('"worker.listening"') && resolve(true));
    void ended.then(() => resolve(false));
  });
  if (!(await listening) && attempts > 1) return startProcess(environment, attempts - 1);
  const url = `http://127.0.0.1:${reserved.port}`;
  return {
    url,
    async answer(question: Question): Promise<unknown> {
      const headers = { 'content-type': 'application/json', 'x-amzn-bedrock-agentcore-runtime-session-id': 's' };
      const answer = await fetch(`${url}/invocations`, { method: 'POST', headers, body: JSON.stringify(question) });
      return answer.json();
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

test('two workers restored from one snapshot, with equal random numbers and clocks, are two owners: neither takes a question of the other', async () => {
  await using system = await startTwins();
  const [first, second] = system.twins;
  const question = questionOf({ messageTs: '1700000000.000100' });
  const other = questionOf({ messageTs: '1700000000.000200' });
  for (const one of [question, other]) await system.record(one);
  expect(await first?.answer(question)).toMatchObject({ status: 'started' });
  expect(await second?.answer(question)).toMatchObject({ status: 'taken' });
  expect(await second?.answer(other)).toMatchObject({ status: 'started' });
  const owners = [await system.ownerOf(question), await system.ownerOf(other)];
  expect(owners).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/), expect.stringMatching(/^[0-9a-f]{32}$/)]);
  expect(owners[0]).not.toBe(owners[1]);
});

test('a worker of the laptop answers on loopback only', async () => {
  await using system = await startTwins();
  const { port } = new URL(system.twins[0]?.url ?? '');
  // Linux keeps all of 127.0.0.0/8 for itself: what listens on 0.0.0.0 would answer here, too.
  await expect(fetch(`http://127.0.0.2:${port}/ping`)).rejects.toThrow();
});

import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { type Clock, realClock } from '@vera/stand-in-kit/clock';
import { type Listening, listen } from '@vera/stand-in-kit/listen';
import dynalite from 'dynalite';
import db from 'dynalite/db/index.js';
import deleteItem from 'dynalite/validations/deleteItem.js';
import putItem from 'dynalite/validations/putItem.js';
import updateItem from 'dynalite/validations/updateItem.js';
import { Level } from 'level';
import { type AwsOperation, answerAws } from './answer-aws.ts';
import { AwsError } from './aws-error.ts';
import type { CallRecord } from './call-record.ts';
import { decryptionBy } from './decryption-by.ts';
import { type AwsFault, createFaults } from './faults.ts';
import type { AccessRequest } from './iam/statement.ts';
import { arnOf, defaultPlace, type Place } from './place.ts';

export interface DynamoDbParams extends Partial<Place> {
  readonly port?: number;
  readonly record: CallRecord;
  readonly clock?: Clock;
  /** The account's own key that the tables are encrypted with. */
  readonly keyArn?: string;
  /** Folder in which the tables outlive the emulator; in memory when left out. */
  readonly path?: string;
  /** Refuses what may miss a write of just before, which dynalite never misses: any read of a table that does not ask for consistency. */
  readonly onlyConsistentReads?: boolean;
}

export interface DynamoDbEmulator extends Listening {
  /** Returns the function that takes back what is left of it. */
  inject(fault: AwsFault): () => void;
}

/** Dynalite's own request handler. */
type Handle = (request: IncomingMessage, response: ServerResponse) => void;

type Input = Readonly<Record<string, unknown>>;

/** DynamoDB by dynalite, behind our record of calls and our faults. A new table is active within a moment; nothing expires by time to live. */
export async function createDynamoDb(params: DynamoDbParams): Promise<DynamoDbEmulator> {
  const { record, clock = realClock, port, path, onlyConsistentReads = false } = params;
  const place = { ...defaultPlace, ...params };
  if (path !== undefined) await checkTables(path);
  returnOldItems();
  const timings = { createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 };
  const server = dynalite(path === undefined ? timings : { ...timings, path });
  const [handle] = server.listeners('request') as Handle[];
  if (!handle) throw new Error('dynalite has no request handler');
  server.removeAllListeners('request');
  const faults = createFaults();

  const operationOf = async (request: Request): Promise<AwsOperation> => {
    const body = Buffer.from(await request.arrayBuffer());
    const input = JSON.parse(body.toString() || '{}') as Input;
    const name = request.headers.get('x-amz-target')?.split('.')[1] ?? '';
    if (onlyConsistentReads && mayMiss(name, input))
      throw new AwsError(400, 'ValidationException', 'This read may miss what was just written');
    return { name, needs: needsOf(name, input, place), answer: () => begin(request, body) };
  };
  // Dynalite ends the whole process over a call whose tables are closed meanwhile: those in hand are waited for, and no other begins.
  const inHand = new Set<Promise<Response>>();
  let isEnding = false;
  const begin = (request: Request, body: Buffer) => {
    if (isEnding) throw new AwsError(503, 'ServiceUnavailable', 'The tables are being closed');
    const answer = handled(handle, request, body);
    inHand.add(answer);
    void answer.finally(() => inHand.delete(answer));
    return answer;
  };

  const listening = await listen(answerAws({ service: 'dynamodb', record, clock, faults, operationOf }), port, server);
  return {
    ...listening,
    inject: faults.inject,
    async [Symbol.asyncDispose]() {
      isEnding = true;
      await Promise.allSettled(inHand);
      await listening[Symbol.asyncDispose]();
    },
  };
}

/** What is at `path` are no tables, or those of another process that is running. */
class TablesUnusable extends Error {
  readonly code = 'tables-unusable';
}

/** Dynalite would end the whole process over it, at the first request. */
async function checkTables(path: string): Promise<void> {
  const tables = new Level(path);
  try {
    await tables.open();
  } catch (cause) {
    throw new TablesUnusable(`The tables in ${path} cannot be opened`, { cause });
  }
  await tables.close();
}

/** What dynalite answers. It expects Node's own request and response; this is as much of them as it uses. */
function handled(handle: Handle, { method, url, headers }: Request, body: Buffer): Promise<Response> {
  const { promise, resolve } = Promise.withResolvers<Response>();
  const incoming = Object.assign(Readable.from([body]), { method, url: new URL(url).pathname, headers: Object.fromEntries(headers) });
  const answered = new Headers();
  const outgoing = {
    statusCode: 200,
    setHeader: (name: string, value: unknown) => answered.set(name, String(value)),
    end: (text: string) => resolve(new Response(text, { status: outgoing.statusCode, headers: answered })),
  };
  handle(incoming as unknown as IncomingMessage, outgoing as unknown as ServerResponse);
  return promise;
}

/** An index has no consistent reads. */
function mayMiss(operation: string, { IndexName, ConsistentRead }: Input): boolean {
  return /^(?:GetItem|Query|Scan)$/.test(operation) && IndexName === undefined && ConsistentRead !== true;
}

/** What a call needs permission for: its table, the index it asks, or each table of a batch, and the key they are encrypted with. */
function needsOf(operation: string, input: Input, place: Place & Pick<DynamoDbParams, 'keyArn'>): readonly AccessRequest[] {
  const needs = resourcesOf(input, place).map((resource) => ({ action: `dynamodb:${operation}`, resource }));
  return /Item|^Query$|^Scan$/.test(operation) ? [...needs, ...decryptionBy('dynamodb', place.keyArn)] : needs;
}

function resourcesOf({ TableName, IndexName, RequestItems }: Input, place: Place): readonly string[] {
  const tableArn = (name: string) => arnOf('dynamodb', place, `table/${name}`);
  if (typeof TableName !== 'string') return Object.keys(RequestItems ?? { '*': [] }).map(tableArn);
  return [typeof IndexName === 'string' ? `${tableArn(TableName)}/index/${IndexName}` : tableArn(TableName)];
}

const parameter = 'ReturnValuesOnConditionCheckFailure';
const { checkConditional } = db;

/**
 * Teaches dynalite the parameter that returns the item on which a condition failed; of itself it drops what it does not know. It looks at
 * conditions while it holds the item's lock, so that what comes back is the very item that failed.
 */
function returnOldItems(): void {
  for (const { types } of [putItem, updateItem, deleteItem]) types[parameter] = { type: 'String', enum: ['ALL_OLD', 'NONE'] };
  db.checkConditional = (request, item) => {
    const refusal = checkConditional(request, item);
    if (refusal && item && request[parameter] === 'ALL_OLD') refusal.body.Item = item;
    return refusal;
  };
}

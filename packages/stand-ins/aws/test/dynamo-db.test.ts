import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  CreateTableCommand,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type ReturnValue,
  ScanCommand,
  UpdateItemCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { type Clock, realClock } from '@vera/stand-in-kit/clock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCallRecord } from '../src/call-record.ts';
import { createDynamoDb, type DynamoDbEmulator } from '../src/create-dynamo-db.ts';
import { clientOptions } from './aws-client-options.ts';

const TableName = 'vera-ledger';
const table = new CreateTableCommand({
  TableName,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [
    { AttributeName: 'thread', AttributeType: 'S' },
    { AttributeName: 'message', AttributeType: 'S' },
    { AttributeName: 'open', AttributeType: 'S' },
    { AttributeName: 'dueAt', AttributeType: 'N' },
  ],
  KeySchema: [
    { AttributeName: 'thread', KeyType: 'HASH' },
    { AttributeName: 'message', KeyType: 'RANGE' },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'open-by-due',
      KeySchema: [
        { AttributeName: 'open', KeyType: 'HASH' },
        { AttributeName: 'dueAt', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
});

/** dynalite answers a moment before the table can be used, as AWS does. */
async function createTable(client: DynamoDBClient): Promise<void> {
  await client.send(table);
  await waitUntilTableExists({ client, maxWaitTime: 10, minDelay: 0.01, maxDelay: 0.5 }, { TableName });
}

const item = (message: string, more: Record<string, AttributeValue> = {}) => ({ thread: { S: 't' }, message: { S: message }, ...more });
const put = (Item: Record<string, AttributeValue>) =>
  new PutItemCommand({ TableName, Item, ConditionExpression: 'attribute_not_exists(message)' });
const get = (message: string) => new GetItemCommand({ TableName, Key: item(message), ConsistentRead: true });
const overdue = (until: number) =>
  new QueryCommand({
    TableName,
    IndexName: 'open-by-due',
    KeyConditionExpression: '#open = :open AND dueAt < :until',
    ExpressionAttributeNames: { '#open': 'open' },
    ExpressionAttributeValues: { ':open': { S: '1' }, ':until': { N: String(until) } },
    Limit: 10,
  });

describe('the DynamoDB emulator', () => {
  const record = createCallRecord();
  let emulator: DynamoDbEmulator;
  let client: DynamoDBClient;

  beforeEach(async () => {
    emulator = await createDynamoDb({ record });
    client = new DynamoDBClient(clientOptions(emulator.url, 'worker'));
    await createTable(client);
    record.reset();
  });
  afterEach(async () => {
    client.destroy();
    await emulator[Symbol.asyncDispose]();
  });

  const increase = (message: string, ReturnValues: ReturnValue) =>
    client.send(
      new UpdateItemCommand({
        TableName,
        Key: item(message),
        UpdateExpression:
          'SET attempts = attempts + :one, replies = list_append(replies, :reply), seen = if_not_exists(seen, :one) REMOVE #open',
        ConditionExpression: '#state = :a OR (#state = :b AND dueAt < :one)',
        ExpressionAttributeNames: { '#state': 'state', '#open': 'open' },
        ExpressionAttributeValues: { ':one': { N: '1' }, ':reply': { L: [{ S: 'r' }] }, ':a': { S: 'a' }, ':b': { S: 'b' } },
        ReturnValues,
      }),
    );

  it('writes a new item once, however many try at the same time', async () => {
    const tries = await Promise.allSettled(Array.from({ length: 10 }, () => client.send(put(item('1')))));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const refused = tries.filter((attempt) => attempt.status === 'rejected').map(({ reason }) => reason as unknown);
    expect(refused.every((reason) => reason instanceof ConditionalCheckFailedException)).toBe(true);
  });

  it('updates by expression under a condition and returns the new item', async () => {
    await client.send(put(item('1', { state: { S: 'a' }, attempts: { N: '1' }, replies: { L: [] }, open: { S: '1' }, dueAt: { N: '5' } })));
    const { Attributes } = await increase('1', 'ALL_NEW');
    expect(Attributes).toEqual(
      item('1', { state: { S: 'a' }, attempts: { N: '2' }, replies: { L: [{ S: 'r' }] }, seen: { N: '1' }, dueAt: { N: '5' } }),
    );
    const changed = await increase('1', 'UPDATED_NEW');
    expect(changed.Attributes).toEqual({ attempts: { N: '3' }, replies: { L: [{ S: 'r' }, { S: 'r' }] }, seen: { N: '1' } });
    await client.send(put(item('2', { state: { S: 'c' }, attempts: { N: '1' }, replies: { L: [] } })));
    await expect(increase('2', 'ALL_NEW')).rejects.toBeInstanceOf(ConditionalCheckFailedException);
  });

  it('increases a counter by each of many updates at the same time', async () => {
    await client.send(put(item('1', { state: { S: 'a' }, attempts: { N: '0' }, replies: { L: [] } })));
    await Promise.all(Array.from({ length: 20 }, () => increase('1', 'NONE')));
    const { Item } = await client.send(get('1'));
    expect(Item?.attempts?.N).toBe('20');
    expect(Item?.replies?.L).toHaveLength(20);
  });

  it('has only the items with the index key in a sparse index, ordered by its sort key', async () => {
    await client.send(put(item('late', { open: { S: '1' }, dueAt: { N: '1000' } })));
    await client.send(put(item('second', { open: { S: '1' }, dueAt: { N: '90' } })));
    await client.send(put(item('first', { open: { S: '1' }, dueAt: { N: '7' } })));
    await client.send(put(item('closed', { dueAt: { N: '1' } })));
    const { Items } = await client.send(overdue(100));
    expect(Items?.map(({ message }) => message?.S)).toEqual(['first', 'second']);
    const close = { TableName, Key: item('first'), UpdateExpression: 'REMOVE #open', ExpressionAttributeNames: { '#open': 'open' } };
    await client.send(new UpdateItemCommand(close));
    const after = await client.send(overdue(100));
    expect(after.Items?.map(({ message }) => message?.S)).toEqual(['second']);
  });

  it('reads a thread consistently, in order, filtered, by pages', async () => {
    for (const message of ['3', '1', '2'])
      await client.send(put(item(message, message === '2' ? {} : { open: { S: '1' }, dueAt: { N: '1' } })));
    const query = {
      TableName,
      ConsistentRead: true,
      KeyConditionExpression: 'thread = :t AND message < :m',
      FilterExpression: '#open = :open',
      ProjectionExpression: 'message',
      ExpressionAttributeNames: { '#open': 'open' },
      ExpressionAttributeValues: { ':t': { S: 't' }, ':m': { S: '9' }, ':open': { S: '1' } },
      Limit: 2,
    };
    const first = await client.send(new QueryCommand(query));
    expect(first.Items).toEqual([{ message: { S: '1' } }]);
    const second = await client.send(new QueryCommand({ ...query, ExclusiveStartKey: first.LastEvaluatedKey }));
    expect(second.Items).toEqual([{ message: { S: '3' } }]);
  });

  it('refuses a read that may miss what was just written, when told to; an index has no other', async () => {
    await using strict = await createDynamoDb({ record, onlyConsistentReads: true });
    const its = new DynamoDBClient(clientOptions(strict.url));
    await createTable(its);
    await its.send(put(item('1', { open: { S: '1' }, dueAt: { N: '1' } })));
    const { Key } = get('1').input;
    const thread = { TableName, KeyConditionExpression: 'thread = :t', ExpressionAttributeValues: { ':t': { S: 't' } } };
    for (const read of [new GetItemCommand({ TableName, Key }), new QueryCommand(thread), new ScanCommand({ TableName })])
      await expect(its.send(read as QueryCommand)).rejects.toMatchObject({ name: 'ValidationException' });
    expect((await its.send(get('1'))).Item).toBeDefined();
    for (const read of [new QueryCommand({ ...thread, ConsistentRead: true }), overdue(100)])
      expect((await its.send(read)).Items).toHaveLength(1);
    expect((await client.send(new GetItemCommand({ TableName, Key }))).Item).toBeUndefined();
  });

  it('records who did what to which table and index', async () => {
    await client.send(put(item('1')));
    await client.send(put(item('1'))).catch(() => undefined);
    await client.send(overdue(1));
    const resource = 'arn:aws:dynamodb:us-east-1:000000000000:table/vera-ledger';
    expect(record.calls).toMatchObject([
      { component: 'worker', action: 'dynamodb:PutItem', resource, status: 200 },
      { component: 'worker', action: 'dynamodb:PutItem', resource, status: 400 },
      { component: 'worker', action: 'dynamodb:Query', resource: `${resource}/index/open-by-due`, status: 200 },
    ]);
  });

  it('records the decryption of an encrypted table for what touches items only', async () => {
    const keyArn = 'arn:aws:kms:us-east-1:000000000000:key/1';
    await using encrypted = await createDynamoDb({ record, keyArn });
    const its = new DynamoDBClient(clientOptions(encrypted.url, 'worker'));
    await createTable(its);
    expect(new Set(record.calls.map(({ action }) => action))).toEqual(new Set(['dynamodb:CreateTable', 'dynamodb:DescribeTable']));
    record.reset();
    await its.send(put(item('1')));
    const context = { 'kms:ViaService': 'dynamodb.us-east-1.amazonaws.com' };
    expect(record.calls).toMatchObject([
      { action: 'dynamodb:PutItem' },
      { component: 'worker', action: 'kms:Decrypt', resource: keyArn, context },
    ]);
  });

  it('refuses a request that is not signed', async () => {
    const response = await fetch(emulator.url, { method: 'POST', headers: { 'x-amz-target': 'DynamoDB_20120810.ListTables' }, body: '{}' });
    expect(response.status).toBe(403);
    expect(record.calls).toEqual([]);
  });

  it('does the work and loses the answer when told to', async () => {
    emulator.inject({ kind: 'lost-response', operation: 'PutItem' });
    await expect(client.send(put(item('1')))).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect((await client.send(get('1'))).Item).toEqual(item('1'));
  });

  it('ends after the calls in hand, and lets none begin whose tables are closed', async () => {
    const uncaught: unknown[] = [];
    const note = (error: unknown) => void uncaught.push(error);
    process.on('uncaughtException', note);
    // A call that came in before the end and is carried out after it.
    const arrived = Promise.withResolvers<() => void | Promise<void>>();
    const after: Clock['after'] = (_, run) => {
      arrived.resolve(run);
      return () => {};
    };
    const ending = await createDynamoDb({ record, clock: { ...realClock, after } });
    const own = new DynamoDBClient(clientOptions(ending.url, 'worker'));
    await createTable(own);
    ending.inject({ operation: 'PutItem', kind: 'delay' });
    const late = Promise.allSettled([own.send(put(item('1')))]);
    const goOn = await arrived.promise;
    await ending[Symbol.asyncDispose]();
    await goOn();
    await late;
    await setTimeout(20);
    own.destroy();
    process.off('uncaughtException', note);
    expect(uncaught).toEqual([]);
  });

  it('throttles and is away when told to, for that operation only', async () => {
    emulator.inject({ kind: 'throttled', operation: 'PutItem' });
    emulator.inject({ kind: 'unavailable', operation: 'PutItem' });
    await client.send(get('1'));
    await expect(client.send(put(item('1')))).rejects.toMatchObject({ name: 'ThrottlingException' });
    await expect(client.send(put(item('1')))).rejects.toMatchObject({ $metadata: { httpStatusCode: 503 } });
    expect((await client.send(get('1'))).Item).toBeUndefined();
  });

  it('returns the item on which a condition failed, when asked', async () => {
    await client.send(put(item('1')));
    const onlyNew = { TableName, Item: item('1'), ConditionExpression: 'attribute_not_exists(message)' };
    const itemOf = (ReturnValuesOnConditionCheckFailure?: 'ALL_OLD' | 'NONE') =>
      client
        .send(new PutItemCommand({ ...onlyNew, ...(ReturnValuesOnConditionCheckFailure ? { ReturnValuesOnConditionCheckFailure } : {}) }))
        .then(
          () => 'no failure',
          (error: ConditionalCheckFailedException) => error.Item,
        );
    expect(await itemOf('ALL_OLD')).toEqual(item('1'));
    expect([await itemOf('NONE'), await itemOf()]).toEqual([undefined, undefined]);
  });

  it.each([UpdateItemCommand, DeleteItemCommand])(
    'does so for every way to write (%#), and returns nothing of an item that is not there',
    async (Command) => {
      await client.send(put(item('1')));
      const fail = (message: string) =>
        client.send(
          new Command({
            TableName,
            Key: get(message).input.Key,
            ConditionExpression: 'attribute_exists(dueAt)',
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          }),
        );
      await expect(fail('1')).rejects.toMatchObject({ name: 'ConditionalCheckFailedException', Item: item('1') });
      await expect(fail('2')).rejects.toSatisfy((error) => error instanceof ConditionalCheckFailedException && error.Item === undefined);
    },
  );

  it('keeps its tables when it has a folder and is started again', async () => {
    const path = await mkdtemp(join(tmpdir(), 'vera-dynamo-'));
    const first = await createDynamoDb({ record, path });
    const before = new DynamoDBClient(clientOptions(first.url));
    await createTable(before);
    await before.send(put(item('1')));
    await first[Symbol.asyncDispose]();
    const second = await createDynamoDb({ record, path });
    expect((await new DynamoDBClient(clientOptions(second.url)).send(get('1'))).Item).toEqual(item('1'));
    await second[Symbol.asyncDispose]();
    await rm(path, { recursive: true });
  });
});

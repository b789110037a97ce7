import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { ledgerTable } from '@vera/ledger/table';
import type { DynamoDbOperations } from '@vera/service-kit/dynamo-db';
import { holds, type Item, updated, ValidationException, type Values } from './evaluate.ts';
import { type Condition, ExpressionReader, type Path, UnknownExpression, type Update } from './parse-expression.ts';

/** A condition did not hold, named as DynamoDB names it. */
class ConditionalCheckFailedException extends Error {
  override readonly name = 'ConditionalCheckFailedException';
  /** On what it failed, where that was asked for. */
  readonly Item: Item | undefined;

  constructor(item: Item | undefined) {
    super('The conditional request failed');
    this.Item = item;
  }
}

type Input<Name extends keyof DynamoDbOperations> = DynamoDbOperations[Name]['input'];
interface Expressed {
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>> | undefined;
  readonly ExpressionAttributeValues?: Values | undefined;
  readonly ReturnValuesOnConditionCheckFailure?: string | undefined;
}

/**
 * The ledger's table in memory. It does what our adapters ask of DynamoDB, and throws for every parameter and expression that none of them
 * uses; a differential test holds it against dynalite. Nothing in it depends on time.
 */
export class TableModel {
  private readonly threads = new Map<string, Map<string, Item>>();

  /** All items, by thread and message. */
  get items(): readonly Item[] {
    return [...this.threads.values()].flatMap((thread) => [...thread.values()]).sort(byKey);
  }

  do<Name extends keyof DynamoDbOperations>(operation: Name, input: Input<Name>): DynamoDbOperations[Name]['output'] {
    switch (operation) {
      case 'GetItem':
        return answerOf(this.get(input as Input<'GetItem'>));
      case 'PutItem':
        return answerOf(this.put(input as Input<'PutItem'>));
      case 'UpdateItem':
        return answerOf(this.update(input as Input<'UpdateItem'>));
      case 'Query':
        return answerOf(this.query(input as Input<'Query'>));
      default:
        throw new UnknownExpression(`No adapter of the ledger asks for ${operation}`);
    }
  }

  private get(input: Input<'GetItem'>) {
    onlyWith(input, ['TableName', 'Key', 'ConsistentRead']);
    if (!input.ConsistentRead) throw new UnknownExpression('A read that may be behind');
    const item = this.at(input.Key ?? {});
    return item ? { Item: item } : {};
  }

  private put(input: Input<'PutItem'>) {
    onlyWith(input, ['TableName', 'Item', ...conditionParameters]);
    const item = input.Item ?? {};
    const reader = readerOf(input);
    this.check(input, reader.condition(input.ConditionExpression), this.at(item));
    reader.done();
    this.write(item);
    return {};
  }

  private update(input: Input<'UpdateItem'>) {
    onlyWith(input, ['TableName', 'Key', 'UpdateExpression', 'ReturnValues', ...conditionParameters]);
    if (input.ReturnValues !== undefined && input.ReturnValues !== 'ALL_NEW') throw new UnknownExpression(`${input.ReturnValues}`);
    const key = input.Key ?? {};
    const before = this.at(key);
    const reader = readerOf(input);
    const [condition, update] = [reader.condition(input.ConditionExpression), reader.update(input.UpdateExpression)];
    reader.done();
    this.check(input, condition, before);
    const after = updated(update, before ?? key, input.ExpressionAttributeValues ?? {});
    this.write(after);
    return input.ReturnValues === 'ALL_NEW' ? { Attributes: after } : {};
  }

  private query(input: Input<'Query'>) {
    const known = ['IndexName', 'ConsistentRead', 'KeyConditionExpression', 'FilterExpression', 'ProjectionExpression', 'Limit'];
    onlyWith(input, ['TableName', 'ExclusiveStartKey', ...known, 'ExpressionAttributeNames', 'ExpressionAttributeValues']);
    if (input.ExclusiveStartKey !== undefined) throw new UnknownExpression('There is no second page');
    const isIndex = input.IndexName !== undefined;
    if (isIndex ? input.IndexName !== ledgerTable.index.name : !input.ConsistentRead)
      throw new UnknownExpression('A read that may be behind');
    const reader = readerOf(input);
    const key = reader.condition(input.KeyConditionExpression);
    const filter = input.FilterExpression === undefined ? undefined : reader.condition(input.FilterExpression);
    const shown = input.ProjectionExpression === undefined ? undefined : reader.projection(input.ProjectionExpression);
    reader.done();
    const values = input.ExpressionAttributeValues ?? {};
    const found = this.candidates(input, isIndex).filter((item) => holds(key, item, values));
    const page = found.slice(0, input.Limit ?? found.length).filter((item) => !filter || holds(filter, item, values));
    return { Items: shown ? page.map((item) => projected(item, shown)) : page };
  }

  /** Of a query of the table all of the thread; of the index all that is in it. */
  private candidates({ ExpressionAttributeValues: values }: Input<'Query'>, isIndex: boolean): readonly Item[] {
    if (!isIndex) return [...(this.threads.get(values?.[':thread']?.S ?? '')?.values() ?? [])].sort(byKey);
    const { partitionKey, sortKey } = ledgerTable.index;
    const marked: Item[] = [];
    for (const thread of this.threads.values())
      for (const item of thread.values()) if (item[partitionKey]?.S !== undefined && item[sortKey]?.N !== undefined) marked.push(item);
    return marked.sort((one, other) => Number(one[sortKey]?.N) - Number(other[sortKey]?.N));
  }

  private check(input: Expressed, condition: Condition, item: Item | undefined): void {
    if (holds(condition, item ?? {}, input.ExpressionAttributeValues ?? {})) return;
    throw new ConditionalCheckFailedException(input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD' ? item : undefined);
  }

  private at(key: Item): Item | undefined {
    return this.threads.get(key.thread?.S ?? '')?.get(key.message?.S ?? '');
  }

  private write(item: Item): void {
    const [thread, message] = [item.thread?.S, item.message?.S];
    if (!thread || !message) throw new ValidationException('A key is missing');
    const { partitionKey, sortKey } = ledgerTable.index;
    if ((item[partitionKey] && !item[partitionKey]?.S) || (item[sortKey] && !item[sortKey]?.N))
      throw new ValidationException('A key of the index has another type');
    const messages = this.threads.get(thread) ?? new Map<string, Item>();
    this.threads.set(thread, messages.set(message, item));
  }
}

const conditionParameters = [
  'ConditionExpression',
  'ReturnValuesOnConditionCheckFailure',
  'ExpressionAttributeNames',
  'ExpressionAttributeValues',
];

function onlyWith(input: object, known: readonly string[]): void {
  const unknown = Object.keys(input).find((name) => !known.includes(name));
  if (unknown !== undefined) throw new UnknownExpression(`No adapter of the ledger gives ${unknown}`);
}

function answerOf<Name extends keyof DynamoDbOperations>(answer: object): DynamoDbOperations[Name]['output'] {
  return answer as DynamoDbOperations[Name]['output'];
}

interface Read {
  readonly read: unknown;
  readonly used: ReadonlySet<string>;
}
/** An adapter has few expressions, and asks them again and again. */
const known = new Map<string, Read>();

/** Reads the expressions of one call; `done` refuses, as DynamoDB does, a name or value that none of them uses. */
function readerOf({ ExpressionAttributeNames: names, ExpressionAttributeValues: values }: Expressed) {
  const used = new Set<string>();
  const key = JSON.stringify(names ?? {});
  const read = <Result>(text: string, how: (reader: ExpressionReader) => Result): Result => {
    const id = `${key}${how.name}${text}`;
    let found = known.get(id);
    if (!found) {
      const reader = new ExpressionReader(text, names ?? {});
      found = { read: how(reader), used: reader.used };
      known.set(id, found);
    }
    for (const name of found.used) used.add(name);
    return found.read as Result;
  };
  return {
    condition: (text: string | undefined): Condition => read(text ?? '', asCondition),
    update: (text: string | undefined): Update => read(text ?? '', asUpdate),
    projection: (text: string): readonly Path[] => read(text, asProjection),
    done() {
      for (const name of used)
        if (name.startsWith(':') && !Object.hasOwn(values ?? {}, name)) throw new ValidationException(`Undefined: ${name}`);
      for (const name of [...Object.keys(names ?? {}), ...Object.keys(values ?? {})])
        if (!used.has(name)) throw new ValidationException(`Unused: ${name}`);
    },
  };
}

const asCondition = (reader: ExpressionReader) => reader.condition();
const asUpdate = (reader: ExpressionReader) => reader.update();
const asProjection = (reader: ExpressionReader) => reader.projection();

function projected(item: Item, shown: readonly Path[]): Item {
  return Object.fromEntries(shown.flatMap(([name = '']) => (item[name] ? [[name, item[name] as AttributeValue]] : [])));
}

/** As DynamoDB sorts texts: by their bytes. */
function byKey(one: Item, other: Item): number {
  const text = ({ thread, message }: Item) => Buffer.from(`${thread?.S}\0${message?.S}`);
  return Buffer.compare(text(one), text(other));
}

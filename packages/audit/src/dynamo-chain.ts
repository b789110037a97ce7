import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Clock } from '@vera/service-kit/clock';
import { itemsOf, refusedOr } from '@vera/service-kit/dynamo-db';
import { kernelId } from '@vera/service-kit/kernel-random';
import type { Act } from './act.ts';
import { type AuditTableParams, allItems, lastItem, ofChain } from './chain-items.ts';
import { type Line, nextLine, saidIn } from './line.ts';
import { chainName } from './table.ts';

export interface AppendParams extends AuditTableParams, Clock {
  /** How long a line is kept. */
  readonly days: number;
  /** How long it is tried, in milliseconds. */
  readonly patience: number;
}

type Item = Record<string, AttributeValue>;

/** The longest pause before the next try, in milliseconds. */
const longestPause = 400;

/**
 * Puts an act behind the last line, by one write that holds only while no such line is there: of several at once one wins, and the others look for
 * the new end. Where no answer came the very same line is put again, until there is one: it is refused then by itself, and is not there twice.
 * `isWanted`: judges the end before each try; undefined is given back where it is not. Rejects once patience is over.
 */
export async function append(
  params: AppendParams,
  act: Act,
  isWanted: (head: Line | undefined) => boolean = () => true,
): Promise<Line | undefined> {
  const { monotonic, pause, now, days, patience } = params;
  const written = { at: now(), id: kernelId(), days };
  const began = monotonic();
  let line: Line | undefined;
  for (let tries = 1; ; tries += 1) {
    try {
      if (!line) {
        const head = await headOf(params);
        if (!isWanted(head)) return undefined;
        line = nextLine(head, act, written);
      }
      if (await put(params, line)) return line;
      // Somebody else has this number, for good.
      line = undefined;
    } catch (error) {
      if (monotonic() - began > patience) throw error;
    }
    if (monotonic() - began > patience) throw new AuditContentionError(`No free number for a line within ${patience} ms`);
    await pause(Math.random() * Math.min(longestPause, 10 * 2 ** tries));
  }
}

class AuditContentionError extends Error {
  readonly code = 'audit-contention';
}

/** The last line. */
export async function headOf(table: AuditTableParams): Promise<Line | undefined> {
  const item = await lastItem(table);
  return item && lineIn(item);
}

/** All lines that are there from this number on, in order. */
export async function* linesFrom(table: AuditTableParams, number: number): AsyncGenerator<Line> {
  const query = {
    ...allItems(table),
    KeyConditionExpression: `${ofChain} AND line >= :from`,
    ExpressionAttributeValues: { ':chain': { S: chainName }, ':from': { S: keyOf(number) } },
  };
  for await (const item of itemsOf(table.dynamoDb, query)) yield lineIn(item);
}

/** Whether this very line is there now. */
async function put({ dynamoDb, tableName }: AuditTableParams, line: Line): Promise<boolean> {
  const { answer, stood } = await refusedOr(
    dynamoDb('PutItem', {
      TableName: tableName,
      Item: itemOf(line),
      ConditionExpression: 'attribute_not_exists(line)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    }),
  );
  return answer !== undefined || stood?.hash?.S === line.hash;
}

function itemOf(line: Line): Item {
  return {
    chain: { S: chainName },
    line: { S: keyOf(line.number) },
    hash: { S: line.hash },
    text: { S: line.text },
    expiresAt: { N: String(saidIn(line)?.until) },
  };
}

/** Whatever stands there: what is wrong with it `verify` says. Under a key that no line of ours has it has no number. */
function lineIn({ line, hash, text }: Item): Line {
  const number = Number(line?.S);
  return { number: line?.S === keyOf(number) ? number : Number.NaN, hash: hash?.S ?? '', text: text?.S ?? '' };
}

/** Texts in the order of their numbers. */
function keyOf(number: number): string {
  return String(number).padStart(12, '0');
}

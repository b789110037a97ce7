import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Question } from '@vera/protocol/question';
import { itemsOf, unlessRefused } from '@vera/service-kit/dynamo-db';
import * as z from 'zod/mini';
import type { LedgerTableParams } from './dynamo-items.ts';
import { itemKeyOf, openMark, waitingMark } from './record.ts';
import { ledgerTable } from './table.ts';

/** Somebody's part of a thread: enough to tell the session in which it is answered. */
export type PartOfThread = Pick<Question, 'teamId' | 'channelId' | 'threadTs' | 'userId'>;

/** Where a question was closed last, and when, in epoch milliseconds. */
export interface EndedThread extends PartOfThread {
  readonly at: number;
}

export interface EndedThreads {
  /** A question of that part was closed now. */
  note(part: PartOfThread): Promise<void>;
  /** All that were noted and not forgotten, and all parts in which something is open or waits; a moment behind the truth. */
  look(): Promise<{ readonly ended: readonly EndedThread[]; readonly open: readonly PartOfThread[] }>;
  /** False: something was closed there since, or it is forgotten already. */
  forget(ended: EndedThread): Promise<boolean>;
}

/** In the index beside the marks of open questions, so that the sweeper finds it. */
const endedMark = 'e';
/** Noted and never looked at, as where sessions are left to their idle time, it goes by itself. */
const keptSeconds = 86_400;

const part = { teamId: z.string(), channelId: z.string(), threadTs: z.string(), userId: z.string() };
const endedItem = z.object({ part: z.object(part), dueAt: z.number() });
const questionItem = z.object({ question: z.object(part) });

/** One item a person and thread, moved on by each of their questions that ends. */
export function createDynamoEndedThreads({ dynamoDb, tableName, now }: LedgerTableParams): EndedThreads {
  const marked = (mark: string) =>
    Array.fromAsync(
      itemsOf(dynamoDb, {
        TableName: tableName,
        IndexName: ledgerTable.index.name,
        KeyConditionExpression: '#open = :mark',
        ExpressionAttributeNames: { '#open': 'open' },
        ExpressionAttributeValues: marshall({ ':mark': mark }),
      }),
    );
  return {
    async note({ teamId, channelId, threadTs, userId }) {
      const at = now();
      await dynamoDb('UpdateItem', {
        TableName: tableName,
        Key: keyOf({ teamId, channelId, threadTs, userId }),
        UpdateExpression: 'SET #open = :mark, dueAt = :at, part = :part, expiresAt = :gone',
        ExpressionAttributeNames: { '#open': 'open' },
        ExpressionAttributeValues: marshall({
          ':mark': endedMark,
          ':at': at,
          ':part': { teamId, channelId, threadTs, userId },
          ':gone': Math.floor(at / 1000) + keptSeconds,
        }),
      });
    },
    async look() {
      const [ended, ...open] = await Promise.all([endedMark, openMark, waitingMark].map(marked));
      return {
        ended: (ended ?? []).flatMap((item) => readable(endedItem, item)).map(({ part: of, dueAt: at }) => ({ ...of, at })),
        open: open.flat().flatMap((item) => readable(questionItem, item).map(({ question }) => question)),
      };
    },
    async forget({ at, ...of }) {
      const written = dynamoDb('UpdateItem', {
        TableName: tableName,
        Key: keyOf(of),
        UpdateExpression: 'REMOVE #open, dueAt',
        ConditionExpression: 'dueAt = :at',
        ExpressionAttributeNames: { '#open': 'open' },
        ExpressionAttributeValues: marshall({ ':at': at }),
      });
      return (await unlessRefused(written)) !== undefined;
    },
  };
}

/** No thread has such a time, so that it is among nobody's questions. */
function keyOf({ teamId, channelId, threadTs, userId }: PartOfThread): Record<string, AttributeValue> {
  return itemKeyOf({ teamId, channelId, threadTs: `ended|${threadTs}`, messageTs: userId });
}

function readable<Item>(schema: z.ZodMiniType<Item>, item: Record<string, AttributeValue>): Item[] {
  const parsed = schema.safeParse(unmarshall(item));
  return parsed.success ? [parsed.data] : [];
}

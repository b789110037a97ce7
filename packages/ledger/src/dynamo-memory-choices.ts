import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Question } from '@vera/protocol/question';
import { unlessRefused } from '@vera/service-kit/dynamo-db';
import { kernelId } from '@vera/service-kit/kernel-random';
import * as z from 'zod/mini';
import type { LedgerTableParams } from './dynamo-items.ts';

/** What somebody decided about what is remembered of them. */
export interface MemoryChoices {
  readonly isPaused: boolean;
  /** What is to stay forgotten, oldest first: nothing from which a text could be read, as whoever writes it made sure. */
  readonly forgotten: readonly string[];
  /** What is not noted of a question, for its asker was asked whether to keep it: written as `forgotten` is. */
  readonly withheld: readonly string[];
  /** Epoch milliseconds: nothing is noted that was said until then, whenever its question ends. */
  readonly notBefore: number;
  /** Epoch milliseconds: when all was forgotten last. */
  readonly emptiedAt: number;
}

export interface MemoryChoicesShelf {
  read(person: Person): Promise<MemoryChoices>;
  /** Gives what holds then. `change` is asked again where somebody else changed it meanwhile; what it gives back unchanged is not written. */
  change(person: Person, change: (choices: MemoryChoices) => MemoryChoices): Promise<MemoryChoices>;
}

type Person = Pick<Question, 'teamId' | 'userId'>;

const itemSchema = z.object({
  isPaused: z.boolean(),
  forgotten: z.array(z.string()),
  // An item of before these were kept has none.
  withheld: z._default(z.array(z.string()), []),
  notBefore: z._default(z.number(), 0),
  emptiedAt: z._default(z.number(), 0),
  revision: z.string(),
});
const none: MemoryChoices = { isPaused: false, forgotten: [], withheld: [], notBefore: 0, emptiedAt: 0 };
const mostAttempts = 5;

class MemoryChoicesError extends Error {
  readonly code = 'memory-choices';
}

/** One item a person, beside the threads; it is no question, stands in no index and never expires. */
export function createDynamoMemoryChoices({ dynamoDb, tableName: TableName }: Omit<LedgerTableParams, 'now'>): MemoryChoicesShelf {
  const read = async (Key: Record<string, AttributeValue>) => {
    const { Item } = await dynamoDb('GetItem', { TableName, Key, ConsistentRead: true });
    return Item && itemSchema.parse(unmarshall(Item));
  };
  const write = async (Key: Record<string, AttributeValue>, next: MemoryChoices, seen: string | undefined) => {
    const { isPaused, forgotten, withheld, notBefore, emptiedAt } = next;
    const chosen = {
      ':paused': isPaused,
      ':forgotten': forgotten,
      ':withheld': withheld,
      ':notBefore': notBefore,
      ':emptiedAt': emptiedAt,
    };
    const values = { ...chosen, ':next': kernelId() };
    const written = dynamoDb('UpdateItem', {
      TableName,
      Key,
      UpdateExpression:
        'SET isPaused = :paused, forgotten = :forgotten, withheld = :withheld, notBefore = :notBefore, emptiedAt = :emptiedAt, revision = :next',
      // Its own revision counts, too: the SDK repeats a write whose answer got lost.
      ConditionExpression:
        seen === undefined ? 'attribute_not_exists(revision) OR revision = :next' : 'revision = :seen OR revision = :next',
      ExpressionAttributeValues: marshall({ ...values, ...(seen === undefined ? {} : { ':seen': seen }) }),
    });
    return (await unlessRefused(written)) !== undefined;
  };
  return {
    read: async (person) => (await read(keyOf(person))) ?? none,
    async change(person, change) {
      const Key = keyOf(person);
      for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
        const seen = await read(Key);
        const next = change(seen ?? none);
        if (next === (seen ?? none) || (await write(Key, next, seen?.revision))) return next;
      }
      throw new MemoryChoicesError('Somebody else changed it each time');
    },
  };
}

/** A team's id has letters before any bar: no thread is called so. */
function keyOf({ teamId, userId }: Person): Record<string, AttributeValue> {
  return marshall({ thread: `memory|${teamId}|${userId}`, message: 'choices' });
}

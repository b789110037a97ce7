import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { type Question, questionSchema } from '@vera/protocol/question';
import type { Log } from '@vera/service-kit/log';
import * as z from 'zod/mini';
import type { ProviderId } from './account.ts';
import type { Person } from './portal-ticket.ts';
import { type AccountsTableParams, itemKeyOf, personKeyOf } from './table.ts';

/** Questions that wait until their asker connects an account. */
export interface WaitingQuestions {
  /** `expiresAt`: epoch milliseconds from which nobody takes it any more. The same question again takes its own place. */
  put(person: Person, provider: ProviderId, question: Question, expiresAt: number): Promise<void>;
  /** What this person asked and still waits for this provider, oldest first, each handed out once. What cannot be read is left out. */
  take(person: Person, provider: ProviderId): Promise<readonly Question[]>;
}

export interface WaitingQuestionsParams extends AccountsTableParams {
  readonly log: Log;
}

/** More at once than a person asks in earnest; those left over are for whoever looks after overdue questions. */
const most = 20;

const waitingSchema = z.object({ question: questionSchema, until: z.number() });

export function createDynamoWaitingQuestions(params: WaitingQuestionsParams): WaitingQuestions {
  const { dynamoDb, tableName: TableName, now, log } = params;
  return {
    async put(person, provider, question, until) {
      const item = { ...keyOf(person, provider, question.id), question, until, expiresAt: Math.ceil(until / 1000) + 3600 };
      await dynamoDb('PutItem', { TableName, Item: marshall(item, { removeUndefinedValues: true }) });
    },
    async take(person, provider) {
      // One page, a megabyte, holds more than are taken.
      const { Items = [] } = await dynamoDb('Query', {
        TableName,
        ConsistentRead: true,
        KeyConditionExpression: 'person = :person AND begins_with(#item, :waiting)',
        ExpressionAttributeNames: { '#item': 'item' },
        ExpressionAttributeValues: marshall({ ':person': personKeyOf(person), ':waiting': keyOf(person, provider, '').item }),
      });
      const waiting = Items.flatMap((item) => waitingIn(item, person, log)).filter(({ until }) => now() < until);
      const next = waiting.sort((one, other) => Number(one.question.messageTs) - Number(other.question.messageTs)).slice(0, most);
      const taken = await Promise.all(next.map(async (one) => ((await remove(params, one)) ? [one.question] : [])));
      return taken.flat();
    },
  };
}

interface Waiting extends z.output<typeof waitingSchema> {
  readonly key: Record<string, AttributeValue>;
}

/** Empty for what another version of us wrote, and for a question that somebody else asked, however it came to lie here. */
function waitingIn({ person, item, ...rest }: Record<string, AttributeValue>, asker: Person, log: Log): Waiting[] {
  // `Number`, because by itself it throws at a number too large for one.
  const parsed = waitingSchema.safeParse(unmarshall(rest, { wrapNumbers: Number }));
  if (!parsed.success || !person || !item) {
    log.error('question.waiting-unreadable', { item: item?.S, fields: parsed.error?.issues.map(({ path }) => path.join('.')) });
    return [];
  }
  const { teamId, userId, id } = parsed.data.question;
  if (teamId !== asker.teamId || userId !== asker.userId) {
    log.error('question.waiting-for-another', { item: item.S, question: id, team: teamId, user: userId });
    return [];
  }
  return [{ ...parsed.data, key: { person, item } }];
}

/** Whoever deletes it has it: of two that come back at the same time, one finds nothing. */
async function remove({ dynamoDb, tableName: TableName, log }: WaitingQuestionsParams, { key, question }: Waiting): Promise<boolean> {
  try {
    const { Attributes } = await dynamoDb('DeleteItem', { TableName, Key: key, ReturnValues: 'ALL_OLD' });
    return Attributes !== undefined;
  } catch (error) {
    // The others go on all the same.
    log.error('question.waiting-not-taken', { question: question.id, error });
    return false;
  }
}

function keyOf(person: Person, provider: ProviderId, questionId: string) {
  return itemKeyOf(person, 'waiting', `${provider}#${questionId}`);
}

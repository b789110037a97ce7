import { marshall } from '@aws-sdk/util-dynamodb';
import { itemsOf } from '@vera/service-kit/dynamo-db';
import type { LedgerTableParams } from './dynamo-items.ts';
import type { QuestionRecord } from './ledger.ts';
import { openMark, readableRecords, waitingMark } from './record.ts';
import { ledgerTable } from './table.ts';

export interface DynamoOpenQuestionsParams extends Pick<LedgerTableParams, 'dynamoDb' | 'tableName'> {
  /** Told of an item of another shape, which is passed over. */
  readonly onUnreadable: (error: unknown) => void;
}

/** All questions of a workspace that are open or wait for a person, oldest first; a moment behind the truth. */
export type OpenQuestionsOf = (teamId: string) => Promise<readonly QuestionRecord[]>;

/** The index holds nothing else, so that it is small, however much was ever asked. */
export function createDynamoOpenQuestions({ dynamoDb, tableName, onUnreadable }: DynamoOpenQuestionsParams): OpenQuestionsOf {
  const marked = async (teamId: string, mark: string) => {
    const query = {
      TableName: tableName,
      IndexName: ledgerTable.index.name,
      KeyConditionExpression: '#open = :mark',
      FilterExpression: 'begins_with(thread, :team)',
      ExpressionAttributeNames: { '#open': 'open' },
      ExpressionAttributeValues: marshall({ ':mark': mark, ':team': `${teamId}|` }),
    };
    const records: QuestionRecord[] = [];
    for await (const item of itemsOf(dynamoDb, query)) records.push(...readableRecords(item, onUnreadable));
    return records;
  };
  return async (teamId) => {
    const records = (await Promise.all([openMark, waitingMark].map((mark) => marked(teamId, mark)))).flat();
    return records.sort((one, other) => one.receivedAt - other.receivedAt);
  };
}

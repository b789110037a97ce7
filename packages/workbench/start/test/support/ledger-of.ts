import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createDynamoLeases } from '@vera/ledger/dynamo-leases';
import type { QuestionRecord } from '@vera/ledger/ledger';
import { sdkDynamoDb } from '@vera/service-kit/sdk-clients';
import { names } from '../../src/names.ts';
import type { LocalSystem } from '../../src/start-system.ts';
import type { Asked } from './test-system.ts';

/** The record of a question, read from a system's ledger: a worker that is killed does not log what it wrote there. */
export function ledgerOf({ dynamoDb, slack }: LocalSystem): (asked: Asked) => Promise<QuestionRecord | undefined> {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'none' };
  const client = new DynamoDBClient({ endpoint: dynamoDb.url, region: 'us-east-1', credentials });
  const leases = createDynamoLeases({ dynamoDb: sdkDynamoDb(client), tableName: names.ledgerTable, now: Date.now, leaseMilliseconds: 1 });
  return async ({ id, channel, threadTs }) => {
    const records = await leases.thread({ teamId: slack.workspace.teamId, channelId: channel, threadTs });
    return records.find(({ question }) => question.id === id);
  };
}

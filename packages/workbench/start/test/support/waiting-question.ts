import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { ProviderId } from '@vera/accounts/account';
import { createDynamoWaitingQuestions } from '@vera/accounts/dynamo-waiting-questions';
import { type Question, questionIdOf } from '@vera/protocol/question';
import { createLog } from '@vera/service-kit/log';
import { sdkDynamoDb } from '@vera/service-kit/sdk-clients';
import { names } from '../../src/names.ts';
import type { LocalSystem } from '../../src/start-system.ts';

interface Waiting {
  readonly userId: string;
  readonly provider: ProviderId;
  readonly text: string;
}

/** Lays a question down as the worker does when it needs an account that its asker has not connected; the ledger does not know it. */
export async function letQuestionWait({ dynamoDb, slack }: LocalSystem, { userId, provider, text }: Waiting): Promise<Question> {
  const { teamId, botUserId } = slack.workspace;
  const place = { teamId, channelId: 'C0OPS', messageTs: `${Math.floor(Date.now() / 1000)}.000100` };
  const question: Question = {
    kind: 'question',
    id: questionIdOf(place),
    ...place,
    threadTs: place.messageTs,
    userId,
    userTeamId: teamId,
    botUserId,
    text,
    files: [],
    isDirect: false,
    isExternal: false,
  };
  const credentials = { accessKeyId: 'deployment', secretAccessKey: 'none' };
  const client = new DynamoDBClient({ endpoint: dynamoDb.url, region: 'us-east-1', credentials });
  const log = createLog({ service: 'test', write: () => {} });
  const waiting = createDynamoWaitingQuestions({ dynamoDb: sdkDynamoDb(client), tableName: names.accountsTable, now: Date.now, log });
  await waiting.put({ teamId, userId }, provider, question, Date.now() + 60_000);
  client.destroy();
  return question;
}

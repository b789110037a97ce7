import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createDynamoTokenRotation } from '@vera/accounts/dynamo-accounts';
import type { Person } from '@vera/accounts/portal-ticket';
import { sdkDynamoDb } from '@vera/service-kit/sdk-clients';
import type { startedPortal } from './started-portal.ts';

/** What the worker does once a provider refuses a refresh. */
export function expiredAccount({ dynamoDb }: Awaited<ReturnType<typeof startedPortal>>) {
  const credentials = { accessKeyId: 'worker', secretAccessKey: 'none' };
  const client = new DynamoDBClient({ endpoint: dynamoDb.url, region: 'us-east-1', credentials });
  const rotation = createDynamoTokenRotation({ dynamoDb: sdkDynamoDb(client), tableName: 'accounts', now: Date.now });
  return {
    rotation,
    async expired(person: Person): Promise<void> {
      const seen = await rotation.read(person, 'atlassian');
      if (!seen || !(await rotation.expire(person, seen))) throw new Error('nothing to expire');
    },
  };
}

import { sdkDynamoDb } from '@vera/service-kit/sdk-clients';
import { expect, test } from 'vitest';
import { createDynamoGreetings } from '../src/dynamo-greetings.ts';
import { startedLedger, tableName } from './started-ledger.ts';

test('a place is greeted once, however many want to at once, by whichever process, and however often an answer gets lost', async () => {
  await using ledger = await startedLedger();
  const ofProcess = () => createDynamoGreetings({ dynamoDb: sdkDynamoDb(ledger.client), tableName });
  const [one, other] = [ofProcess(), ofProcess()];
  const place = { teamId: 'T01', channelId: 'COPS' };
  const answers = await Promise.all([one, other, one, other].map((greetOnce) => greetOnce(place)));
  expect(answers.filter(Boolean)).toHaveLength(1);
  expect(await one({ ...place, channelId: 'DANN' })).toBe(true);
  expect(await other({ ...place, channelId: 'DANN' })).toBe(false);
  expect(await one({ ...place, teamId: 'T02' })).toBe(true);
});

import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { sdkDynamoDb } from '@vera/service-kit/sdk-clients';
import { describe, expect, it } from 'vitest';
import { createDynamoOpenQuestions } from '../src/dynamo-open-questions.ts';
import { questionOf } from './question-of.ts';
import { startedLedger, tableName } from './started-ledger.ts';

const at = (second: number, changes: Parameters<typeof questionOf>[1] = {}) =>
  questionOf(`100.00000${second}`, { threadTs: `100.00000${second}`, ...changes });

async function started() {
  const ledger = await startedLedger();
  const unreadable: unknown[] = [];
  const openQuestionsOf = createDynamoOpenQuestions({
    dynamoDb: sdkDynamoDb(ledger.client),
    tableName,
    onUnreadable: (error) => void unreadable.push(error),
  });
  const open = async (teamId: string) => (await openQuestionsOf(teamId)).map(({ question }) => question.messageTs);
  return { ...ledger, unreadable, open, [Symbol.asyncDispose]: () => ledger[Symbol.asyncDispose]() };
}

describe('the open questions of a workspace', () => {
  it('are those on their way, those held, and those that wait for a person, oldest first; none that is closed', async () => {
    await using ledger = await started();
    const questions = [at(1), at(2), at(3), at(4)] as const;
    for (const question of questions) {
      await ledger.recorded(question);
      ledger.pass(1_000);
    }
    await (await ledger.leased(questions[0])).wait({ kind: 'account', provider: 'github', until: ledger.now() + 60_000 });
    await ledger.leased(questions[1]);
    await (await ledger.leased(questions[3])).close('answered');
    expect(await ledger.open(questions[0].teamId)).toEqual(['100.000001', '100.000002', '100.000003']);
  });

  it('are of no other workspace, though its id begins alike', async () => {
    await using ledger = await started();
    await ledger.recorded(at(1, { teamId: 'T01' }), at(2, { teamId: 'T011' }));
    expect(await ledger.open('T01')).toEqual(['100.000001']);
    expect(await ledger.open('T0')).toEqual([]);
  });

  it('are found beside one that another version wrote', async () => {
    await using ledger = await started();
    await ledger.recorded(at(1, { teamId: 'T01' }));
    const Item = { thread: { S: 'T01|C01|1.1' }, message: { S: '1.1' }, open: { S: '1' }, dueAt: { N: '1' } };
    await ledger.client.send(new PutItemCommand({ TableName: tableName, Item }));
    expect(await ledger.open('T01')).toEqual(['100.000001']);
    expect(ledger.unreadable).toHaveLength(1);
  });
});

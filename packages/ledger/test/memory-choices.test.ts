import { sdkDynamoDb } from '@vera/service-kit/sdk-clients';
import { describe, expect, it } from 'vitest';
import { createDynamoMemoryChoices } from '../src/dynamo-memory-choices.ts';
import { startedLedger, tableName } from './started-ledger.ts';

const ann = { teamId: 'T1', userId: 'U1' };

async function startedChoices() {
  const ledger = await startedLedger();
  const choices = createDynamoMemoryChoices({ dynamoDb: sdkDynamoDb(ledger.client), tableName });
  return { ...ledger, choices, [Symbol.asyncDispose]: () => ledger[Symbol.asyncDispose]() };
}

describe('what people decided about their memory', () => {
  it('is nothing at first, then what they decided, each their own', async () => {
    await using started = await startedChoices();
    const { choices } = started;
    expect(await choices.read(ann)).toEqual({ isPaused: false, forgotten: [], withheld: [], notBefore: 0, emptiedAt: 0 });
    await choices.change(ann, (before) => ({ ...before, isPaused: true }));
    await choices.change({ ...ann, userId: 'U12' }, (before) => ({ ...before, forgotten: ['w1'] }));
    expect(await choices.read(ann)).toMatchObject({ isPaused: true, forgotten: [] });
    expect(await choices.read({ ...ann, userId: 'U12' })).toMatchObject({ isPaused: false, forgotten: ['w1'] });
  });

  it('keeps until when nothing is noted, through other changes', async () => {
    await using started = await startedChoices();
    const { choices } = started;
    await choices.change(ann, (before) => ({ ...before, notBefore: 7 }));
    await choices.change(ann, (before) => ({ ...before, isPaused: true }));
    expect(await choices.read(ann)).toMatchObject({ isPaused: true, notBefore: 7 });
  });

  it('loses no change of two that come at once, and writes none that changes nothing', async () => {
    await using started = await startedChoices();
    const { choices, awsCalls } = started;
    await Promise.all(
      ['a', 'b', 'c'].map((one) => choices.change(ann, (before) => ({ ...before, forgotten: [...before.forgotten, one] }))),
    );
    expect([...(await choices.read(ann)).forgotten].sort()).toEqual(['a', 'b', 'c']);
    awsCalls.reset();
    await choices.change(ann, (before) => before);
    expect(awsCalls.calls.map(({ action }) => action)).toEqual(['dynamodb:GetItem']);
  });

  it('is no question: no list of open or overdue ones holds it', async () => {
    await using started = await startedChoices();
    await started.choices.change(ann, (before) => ({ ...before, isPaused: true }));
    expect(await started.overdue.overdue(Number.MAX_SAFE_INTEGER / 2, 10)).toEqual([]);
    expect(started.unreadable).toEqual([]);
  });
});

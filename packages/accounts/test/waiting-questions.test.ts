import { marshall } from '@aws-sdk/util-dynamodb';
import { type Question, questionIdOf } from '@vera/protocol/question';
import { createLog } from '@vera/service-kit/log';
import { describe, expect, it } from 'vitest';
import { createDynamoWaitingQuestions } from '../src/dynamo-waiting-questions.ts';
import type { Person } from '../src/portal-ticket.ts';
import { ann, bob, startedAccounts } from './started-accounts.ts';

function questionOf(person: Person, messageTs: string, text = 'open a ticket for it'): Question {
  const place = { teamId: person.teamId, channelId: 'C0OPS', messageTs };
  return {
    kind: 'question',
    id: questionIdOf(place),
    ...place,
    threadTs: '1766458026.240809',
    userId: person.userId,
    userTeamId: person.teamId,
    botUserId: 'U0VERA',
    text,
    files: [{ id: 'F1', name: 'log.txt', mimetype: 'text/plain', size: 12, url: undefined }],
    isDirect: false,
    isExternal: false,
  };
}

async function started() {
  const accounts = await startedAccounts();
  const lines: string[] = [];
  const log = createLog({ service: 'test', write: (line) => void lines.push(line) });
  const waiting = createDynamoWaitingQuestions({ ...accounts.table, log });
  const late = accounts.now() + 3_600_000;
  return {
    accounts,
    lines,
    waiting,
    late,
    put: (messageTs: string, person = ann, expiresAt = late) =>
      waiting.put(person, 'atlassian', questionOf(person, messageTs), expiresAt).then(() => questionOf(person, messageTs)),
    /** What is in the table though no `put` wrote it. */
    async plant(item: string, attributes: Record<string, unknown>, person = ann) {
      const Item = marshall({ person: `${person.teamId}|${person.userId}`, item, ...attributes }, { removeUndefinedValues: true });
      await accounts.table.dynamoDb('PutItem', { TableName: 'accounts', Item });
    },
    [Symbol.asyncDispose]: () => accounts[Symbol.asyncDispose](),
  };
}

describe('a question that waits for an account', () => {
  it('comes back as it was asked, once, to the person who asked it, for the provider it waits for', async () => {
    await using tables = await started();
    const question = await tables.put('1766458030.000100');
    expect(await tables.waiting.take(bob, 'atlassian')).toEqual([]);
    expect(await tables.waiting.take({ ...ann, teamId: 'T02' }, 'atlassian')).toEqual([]);
    expect(await tables.waiting.take(ann, 'github')).toEqual([]);
    expect(await tables.waiting.take(ann, 'atlassian')).toEqual([JSON.parse(JSON.stringify(question))]);
    expect(await tables.waiting.take(ann, 'atlassian')).toEqual([]);
    expect(await tables.accounts.items()).toEqual([]);
  });

  it('goes on together with all others of that person, in the order they were asked', async () => {
    await using tables = await started();
    const ids: string[] = [];
    for (const ts of ['1766458039.000900', '1766458030.000100', '1766458031.000100']) ids.push((await tables.put(ts)).id);
    await tables.put('1766458032.000100', bob);
    const taken = await tables.waiting.take(ann, 'atlassian');
    expect(taken.map(({ id }) => id)).toEqual([ids[1], ids[2], ids[0]]);
    expect(await tables.waiting.take(bob, 'atlassian')).toHaveLength(1);
  });

  it('is handed to one of many who come back at the same time', async () => {
    await using tables = await started();
    for (const ts of ['1766458030.000100', '1766458031.000100']) await tables.put(ts);
    const taken = await Promise.all(Array.from({ length: 10 }, () => tables.waiting.take(ann, 'atlassian')));
    expect(
      taken
        .flat()
        .map(({ messageTs }) => messageTs)
        .sort(),
    ).toEqual(['1766458030.000100', '1766458031.000100']);
  });

  it('put twice, because the worker took it up again, waits once', async () => {
    await using tables = await started();
    await tables.put('1766458030.000100');
    await tables.put('1766458030.000100');
    expect(await tables.waiting.take(ann, 'atlassian')).toHaveLength(1);
  });

  it('is nobody’s once its time is over, and the table forgets it by itself', async () => {
    await using tables = await started();
    await tables.put('1766458030.000100', ann, tables.accounts.now() + 60_000);
    expect(await tables.accounts.items()).toMatchObject([{ expiresAt: Math.ceil((tables.accounts.now() + 60_000) / 1000) + 3600 }]);
    tables.accounts.pass(60_000);
    expect(await tables.waiting.take(ann, 'atlassian')).toEqual([]);
  });

  it('is not kept back by twenty that expired; more than twenty at once are not taken', async () => {
    await using tables = await started();
    const tsOf = (index: number) => `17664580${String(index).padStart(2, '0')}.000100`;
    for (let index = 0; index < 20; index += 1) await tables.put(tsOf(index), ann, tables.accounts.now() + 1);
    tables.accounts.pass(1);
    for (let index = 20; index < 42; index += 1) await tables.put(tsOf(index));
    expect((await tables.waiting.take(ann, 'atlassian')).map(({ messageTs }) => messageTs)).toEqual(
      Array.from({ length: 20 }, (_, index) => tsOf(index + 20)),
    );
    expect(await tables.waiting.take(ann, 'atlassian')).toHaveLength(2);
  });

  it('of somebody else, however it came into a person’s partition, is not handed to them', async () => {
    await using tables = await started();
    const own = await tables.put('1766458030.000100');
    const until = tables.late;
    await tables.plant('waiting#atlassian#q-1', { question: questionOf(bob, '1766458031.000100'), until });
    await tables.plant('waiting#atlassian#q-2', { question: questionOf({ ...ann, teamId: 'T02' }, '1766458032.000100'), until });
    expect((await tables.waiting.take(ann, 'atlassian')).map(({ id }) => id)).toEqual([own.id]);
    expect(tables.lines.join()).toMatch(/waiting-for-another.*U0BOB.*waiting-for-another.*T02/);
  });

  it('that cannot be read costs nobody another one, and no word of it is logged', async () => {
    await using tables = await started();
    const own = await tables.put('1766458030.000100');
    const question = questionOf(ann, '1766458031.000100', 'a confidential text');
    await tables.plant('waiting#atlassian#q-1', { question: { ...question, threadTs: undefined }, until: tables.late });
    await tables.plant('waiting#atlassian#q-2', { question });
    await tables.plant('waiting#atlassian#q-3', { question, until: 'forever' });
    await tables.plant('waiting#atlassian#', { until: 2n ** 64n });
    expect((await tables.waiting.take(ann, 'atlassian')).map(({ id }) => id)).toEqual([own.id]);
    expect(tables.lines).toHaveLength(4);
    expect(tables.lines.join()).toMatch(/waiting-unreadable.*question\.threadTs/);
    expect(tables.lines.join()).not.toContain('confidential');
  });

  it('that cannot be deleted is not handed out, and the others are', async () => {
    await using tables = await started();
    for (const ts of ['1766458030.000100', '1766458031.000100']) await tables.put(ts);
    tables.accounts.dynamoDb.inject({ kind: 'lost-response', operation: 'DeleteItem' });
    expect(await tables.waiting.take(ann, 'atlassian')).toHaveLength(1);
    expect(tables.lines.join()).toContain('question.waiting-not-taken');
  });
});

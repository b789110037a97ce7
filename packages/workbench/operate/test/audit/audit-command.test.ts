import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Act } from '@vera/audit/act';
import { changeAct } from '@vera/audit/change-act';
import { createCopyHead } from '@vera/audit/copy-head';
import { append } from '@vera/audit/dynamo-chain';
import { type Line, nextLine } from '@vera/audit/line';
import { auditHeadsTable, auditTable } from '@vera/audit/table';
import { createCallRecord } from '@vera/aws-stand-in/call-record';
import { createDynamoDb } from '@vera/aws-stand-in/create-dynamo-db';
import { createTable } from '@vera/aws-stand-in/create-table';
import type { Change } from '@vera/protocol/change';
import { systemClock } from '@vera/service-kit/clock';
import { createLog } from '@vera/service-kit/log';
import { sdkDynamoDb } from '@vera/service-kit/sdk-clients';
import { expect, test } from 'vitest';
import { linesIn, verifiedIn } from '../../src/audit/audit-command.ts';
import { csvOf, exportedLines, toldLine } from '../../src/audit/exported-lines.ts';

async function writtenLog() {
  const emulator = await createDynamoDb({ record: createCallRecord() });
  const options = { endpoint: emulator.url, region: 'us-east-1', credentials: { accessKeyId: 'operator', secretAccessKey: 'none' } };
  const client = new DynamoDBClient(options);
  await createTable(client, 'use1-dev-vera-audit', auditTable);
  await createTable(client, 'use1-dev-vera-audit-heads', auditHeadsTable);
  const dynamoDb = sdkDynamoDb(client);
  const now = () => Date.UTC(2026, 10, 30, 10);
  const chain = { ...systemClock, now, dynamoDb, tableName: 'use1-dev-vera-audit', days: 400, patience: 10_000 };
  const log = createLog({ service: 'sweeper', write: () => {} });
  const copyHead = createCopyHead({ chain, heads: { dynamoDb, tableName: 'use1-dev-vera-audit-heads' }, log });
  await copyHead();
  await append(chain, { act: 'change', outcome: 'approved', question: 'q-1', asker: 'UANN', approver: 'UBOB', tool: 'create_jira_issue' });
  await append(chain, { act: 'account', outcome: 'ended', asker: 'UANN', system: 'github', account: '=1+1' });
  await copyHead();
  return {
    place: { nameOf: (role: string) => `use1-dev-vera-${role}`, clientOf: () => options },
    now: now(),
    removeLast: () => dynamoDb('DeleteItem', { TableName: chain.tableName, Key: { chain: { S: 'vera' }, line: { S: '000000000003' } } }),
    async [Symbol.asyncDispose]() {
      client.destroy();
      await emulator[Symbol.asyncDispose]();
    },
  };
}

test('D33 verify looks at the tables of the place, and names what is missing', async () => {
  await using log = await writtenLog();
  expect(await verifiedIn(log.place, log.now)).toEqual({ findings: [], facts: ['3 lines, 1 to 3, up to 2026-11-30.'] });
  await log.removeLast();
  expect((await verifiedIn(log.place, log.now)).findings).toEqual(['The end is cut: line 3 of 2026-11-30 is missing.']);
});

test('export tells the lines of the days that are asked for, in words and as a table without formulas', async () => {
  await using log = await writtenLog();
  const lines = await linesIn(log.place);
  expect(exportedLines(lines, { to: '2026-11-29' })).toEqual([]);
  const exported = exportedLines(lines, { from: '2026-11-30', to: '2026-11-30' });
  expect(exported.map(toldLine)).toEqual([
    '1  2026-11-30T10:00:00.000Z  day begun',
    '2  2026-11-30T10:00:00.000Z  change approved  question q-1, asker UANN, approver UBOB, tool create_jira_issue',
    '3  2026-11-30T10:00:00.000Z  account ended  asker UANN, account =1+1, system github',
  ]);
  const csv = csvOf(exported).split('\r\n');
  expect(csv[0]).toMatch(/^number,at,act,outcome,/);
  expect(csv[3]).toContain(`"'=1+1"`);
  expect(exportedLines([{ number: 9, hash: 'x', text: 'no JSON' }], {}).map(toldLine)).toEqual(['9  cannot be read']);
  expect(exportedLines([{ number: Number.NaN, hash: 'x', text: lines[0]?.text ?? '' }], {})).toEqual([]);
});

test('who approved a change is found by what came of it, by a link to that, by a page’s title, by its question', () => {
  const change = (id: string, title: string, decidedBy: string) =>
    ({
      id,
      tool: 'x',
      args: '{}',
      system: 'Jira',
      asker: 'UANN',
      account: '7',
      decidedBy,
      result: { text: '', link: { title, url: '' } },
    }) as unknown as Change;
  const question = { id: 'q-1', teamId: 'T1', channelId: 'C1' };
  const acts: Act[] = [
    changeAct('approved', { ...change('one', 'PAY-1441', 'UBOB'), result: undefined } as unknown as Change, question),
    changeAct('done', change('one', 'PAY-1441: Refunds are late', 'UBOB'), question),
    changeAct('done', change('two', 'Salaries of 2026', 'UEVE'), { ...question, id: 'q-2' }),
    { act: 'question', outcome: 'answered', question: 'q-1' },
  ];
  let head: Line | undefined;
  const lines = acts.map((act, index) => {
    head = nextLine(head, act, { at: Date.UTC(2026, 10, 30), id: String(index), days: 400 });
    return head;
  });
  // What people write is in no line.
  expect(lines.map(({ text }) => text).join('')).not.toMatch(/Refunds|Salaries/);
  const found = (wanted: Parameters<typeof exportedLines>[1]) => exportedLines(lines, wanted).map((line) => line.number);
  for (const words of ['PAY-1441', 'https://acme.atlassian.net/browse/PAY-1441?focusedCommentId=7', 'one'])
    expect(found({ change: words })).toEqual([1, 2]);
  expect(found({ change: 'Salaries of 2026' })).toEqual([3]);
  expect(found({ change: 'PAY-144' })).toEqual([]);
  expect(found({ question: 'q-1' })).toEqual([1, 2, 4]);
  expect(exportedLines(lines, { change: 'PAY-1441' }).map(toldLine)[1]).toContain(
    'approver UBOB, channel C1, system Jira, tool x, result PAY-1441',
  );
});

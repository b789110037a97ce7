import { expect, test } from 'vitest';
import { workerEnv } from '../../src/env.ts';
import { memoryTools } from '../../src/own-memory/memory-tools.ts';
import { createTableShelf } from '../../src/tables/table-shelf.ts';
import { connectAccounts } from '../../src/tools/connect-accounts.ts';
import { createTools } from '../../src/tools/create-tools.ts';
import { createSources } from '../../src/tools/search-knowledge-base.ts';
import { startOutgoing } from '../attachments/start-outgoing.ts';
import { startReading } from '../slack-reading/start-reading.ts';

/** Whoever adds a tool that does something says here what a second attempt does about it. */
test('each tool of our own that does something declares what may be done after a crash; the others only read', async () => {
  await using reading = await startReading();
  const question = await reading.asked();
  await using started = await startOutgoing();
  const { outgoing, log, call } = started;
  const env = workerEnv.parse({
    SECRET_ID: 's',
    LEDGER_TABLE: 'l',
    AUDIT_TABLE: 'a',
    AUDIT_DAYS: '400',
    COMPANY_NAME: 'Northwind',
    MODEL_ID: 'm',
  });
  const toolsFor = createTools(env, reading.readSlack, log);
  const memory = memoryTools({ memory: {} as never, call, people: { name: async () => 'Ann' } }, { question, log });
  const own = [...toolsFor(createSources(), { tables: createTableShelf(), outgoing, question }), ...memory];
  const declared = [...own, connectAccounts({ sendLink: async () => {} })].map(({ name, recovery = 'reads' }) => [name, recovery]);
  expect(Object.fromEntries(declared)).toEqual({
    ...{ read_slack: 'reads', current_time: 'reads', calculate: 'reads', query_table: 'reads' },
    ...{ draw_chart: 'checkable', attach_file: 'checkable' },
    ...{ show_memories: 'repeatable', forget_memory: 'repeatable', remember: 'repeatable', pause_memory: 'repeatable' },
    connect_accounts: 'repeatable',
  });
});

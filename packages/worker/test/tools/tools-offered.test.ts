import { expect, test } from 'vitest';
import { createTools } from '../../src/create-intake.ts';
import { workerEnv } from '../../src/env.ts';
import { createTableShelf } from '../../src/tables/table-shelf.ts';
import { createSources } from '../../src/tools/search-knowledge-base.ts';
import { startOutgoing } from '../attachments/start-outgoing.ts';
import { startReading } from '../slack-reading/start-reading.ts';

test('of our own: what the settings leave out is not offered', async () => {
  await using reading = await startReading();
  await using started = await startOutgoing();
  const story = { question: await reading.asked(), tables: createTableShelf(), outgoing: started.outgoing };
  const least = { SECRET_ID: 's', LEDGER_TABLE: 'l', COMPANY_NAME: 'Northwind', MODEL_ID: 'm' };
  const offered = (more: Record<string, string>) =>
    createTools(workerEnv.parse({ ...least, ...more }), reading.readSlack, started.log)(createSources(), story).map(({ name }) => name);
  expect(offered({})).toEqual(['read_slack', 'current_time', 'calculate', 'query_table', 'draw_chart', 'attach_file']);
  expect(offered({ READS_SLACK: 'false' })).not.toContain('read_slack');
  expect(offered({ KNOWLEDGE_BASE_ID: 'k' })).toContain('search_knowledge_base');
});

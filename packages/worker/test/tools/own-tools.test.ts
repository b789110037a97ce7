import { expect, test } from 'vitest';
import { workerEnv } from '../../src/env.ts';
import { createTableShelf } from '../../src/tables/table-shelf.ts';
import { createTools } from '../../src/tools/create-tools.ts';
import { createSources } from '../../src/tools/search-knowledge-base.ts';
import { startOutgoing } from '../attachments/start-outgoing.ts';
import { startReading } from '../slack-reading/start-reading.ts';

test('Slack is read unless that is switched off, and documents are searched where there are knowledge bases', async () => {
  await using reading = await startReading();
  const question = await reading.asked();
  const least = { SECRET_ID: 's', LEDGER_TABLE: 'l', AUDIT_TABLE: 'a', AUDIT_DAYS: '400', COMPANY_NAME: 'Northwind', MODEL_ID: 'm' };
  await using started = await startOutgoing();
  const { outgoing, log } = started;
  const offered = (more: Record<string, string>) => {
    const toolsFor = createTools(workerEnv.parse({ ...least, ...more }), reading.readSlack, log);
    return toolsFor(createSources(), { tables: createTableShelf(), outgoing, question }).map(({ name }) => name);
  };
  expect(offered({})).toEqual(['read_slack', 'current_time', 'calculate', 'query_table', 'draw_chart', 'attach_file']);
  expect(offered({ READS_SLACK: 'false' })).not.toContain('read_slack');
  expect(offered({})).not.toContain('search_knowledge_base');
  const bases = [
    { id: 'NORTHWIND1', name: 'Documents' },
    { id: 'NORTHWIND2', name: 'People', region: 'eu-west-1', kind: 'managed' },
  ];
  expect(offered({ KNOWLEDGE_BASES: JSON.stringify(bases) })).toContain('search_knowledge_base');
  expect(() => workerEnv.parse({ ...least, KNOWLEDGE_BASES: '[{"id":"NORTHWIND1"}]' })).toThrow();
});

import { createLog } from '@vera/service-kit/log';
import { expect, test } from 'vitest';
import { createSources } from '../../src/tools/search-knowledge-base.ts';
import { startAgent } from '../agent/start-agent.ts';
import { startReading } from './start-reading.ts';

test('what is read in Slack is in no debug log, though requests to the model are', async () => {
  await using reading = await startReading();
  reading.slack.post({ user: 'UBOB', channel: 'CPAY', text: 'Decided: every evening.' });
  const question = await reading.asked();
  const lines: string[] = [];
  const log = createLog({ service: 'worker', debugEnabled: true, write: (line) => lines.push(line) });
  await using started = await startAgent([[{ call: 'read_slack', input: { channel: 'payments-oncall' } }], 'That is it.'], { log });
  const tools = [reading.readSlack(createSources(), { question, actionToken: question.actionToken })];
  expect((await started.run({ tools, ask: 'Ann: what did we decide?' })).text).toBe('That is it.');
  expect(JSON.stringify(started.bedrock.requests)).toContain('Decided: every evening.');
  expect(lines.join('\n')).toContain('what did we decide?');
  expect(lines.join('\n')).toContain('[not kept]');
  expect(lines.join('\n')).not.toContain('every evening');
});

import { expect, test } from 'vitest';
import { startWriter } from './start-writer.ts';

const ending = { outcome: 'answered', words: '', blocks: [] } as const;
const states = (started: Awaited<ReturnType<typeof startWriter>>) => started.messages().map(({ streaming_state }) => streaming_state);

test('a stream that cannot be completed is ended all the same, and the failure told', async () => {
  await using started = await startWriter();
  started.writer.write('The first words. ');
  await started.showing('The first words.');
  started.slack.inject({ method: 'chat.stopStream', kind: 'error', error: 'fatal_error' });
  started.slack.inject({ method: 'chat.update', kind: 'error', error: 'account_inactive', times: 5 });
  await expect(started.writer.finish(ending)).rejects.toMatchObject({ code: 'slack' });
  expect(states(started)).not.toContain('in_progress');
});

test('a stream without a word that Slack takes nothing for is ended, even where Slack does not delete it', async () => {
  await using started = await startWriter();
  started.writer.showTask({ id: 't1', title: 'Searching', status: 'in_progress' });
  await expect.poll(() => states(started), { interval: 3 }).toEqual(['in_progress']);
  started.slack.inject({ method: 'chat.appendStream', kind: 'error', error: 'message_not_in_streaming_state' });
  started.slack.inject({ method: 'chat.delete', kind: 'error', error: 'cant_delete_message' });
  started.writer.write('The answer. ');
  await started.writer.finish(ending);
  expect(states(started)).not.toContain('in_progress');
});

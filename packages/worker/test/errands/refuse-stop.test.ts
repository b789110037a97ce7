import { describe, expect, test } from 'vitest';
import { startErrand } from './start-errand.ts';

describe('a stop by somebody who may not', () => {
  test('is answered by one sentence that nobody else sees, in the thread', async () => {
    await using errand = await startErrand();
    const root = errand.slack.post({ user: 'UBOB', channel: 'COPS', text: 'question' });
    errand.slack.post({ user: 'UBOB', channel: 'COPS', text: 'reply', threadTs: root.ts });
    await errand.run('stop-refused', { channelId: 'COPS', threadTs: root.ts, about: 'UBOB' });
    expect(errand.slack.ephemerals('UANN')).toMatchObject([
      { thread_ts: root.ts, text: expect.stringContaining('Only <@UBOB> can stop this') },
    ]);
    expect(errand.slack.messages('COPS', root.ts)).toHaveLength(2);
  });

  test('of another company is not answered', async () => {
    await using errand = await startErrand({ people: { isColleague: async () => false, isGuest: async () => true } });
    await errand.run('stop-refused', { channelId: 'COPS', threadTs: '1.1', about: 'UBOB' });
    expect(errand.done()).toEqual([]);
  });
});

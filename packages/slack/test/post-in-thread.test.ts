import { describe, expect, it } from 'vitest';
import { postInThread } from '../src/post-in-thread.ts';
import { answers, scriptedApi } from './scripted-api.ts';

const args = { channel: 'C01', thread_ts: '1.1', text: 'late' };

describe('a reply', () => {
  it('that stands in its thread is left there', async () => {
    await using api = await scriptedApi({ 'chat.postMessage': [answers.ok({ ts: '2.2', message: { thread_ts: '1.1' } })] });
    expect(await postInThread(api.call, args)).toBe('2.2');
    expect(api.requests.map(({ method }) => method)).toEqual(['chat.postMessage']);
  });

  it('R12 that Slack put into the channel, because its root is gone, is taken away again', async () => {
    await using api = await scriptedApi({
      'chat.postMessage': [answers.ok({ ts: '2.2', message: { text: 'late' } })],
      'chat.delete': ['cut', answers.ok()],
    });
    await expect(postInThread(api.call, args)).rejects.toMatchObject({ kind: 'refused', reason: 'thread_not_found' });
    const deleted = api.requests.filter(({ method }) => method === 'chat.delete');
    expect(deleted.map(({ form }) => Object.fromEntries(form))).toEqual(Array(2).fill({ channel: 'C01', ts: '2.2' }));
  });
});

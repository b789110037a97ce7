import { replyMarkOf } from '@vera/slack/reply-mark';
import { describe, expect, test } from 'vitest';
import { startOutgoing } from './start-outgoing.ts';

const file = { name: 'a.txt', bytes: Buffer.from('abc') };
const message = { text: 'Costs', blocks: [{ type: 'divider' }] };

describe('F9 a file counts once the message that shares it is seen in the thread', () => {
  test.each([0, 2])('after %i looks that show nothing', async (looks) => {
    await using started = await startOutgoing();
    started.slack.shareAfter(looks);
    expect(await started.outgoing.share(file)).toBe(true);
    expect(started.shown()).toMatchObject([{ files: [{ name: 'a.txt' }] }]);
    expect(started.opened).toEqual(started.shown().map(({ ts }) => ts));
  });

  test('never: then it is taken back, so that it does not come late', async () => {
    await using started = await startOutgoing();
    started.slack.shareAfter(Number.POSITIVE_INFINITY);
    expect(await started.outgoing.share(file)).toBe(false);
    expect(started.slack.calls.at(-1)).toMatchObject({ method: 'files.delete', response: { ok: true } });
    expect(started.opened).toEqual([]);
  });

  test('not in another thread or in the channel, as after the root was deleted', async () => {
    await using started = await startOutgoing();
    started.slack.remove({ user: 'UANN', channel: 'COPS', ts: started.root });
    expect(await started.outgoing.share(file)).toBe(false);
    expect(started.slack.messages('COPS')).toEqual([]);
  });

  test.each([
    ['the answer got lost', { kind: 'lost-response' }, true],
    ['Slack says no', { kind: 'error', error: 'file_update_failed' }, false],
  ] as const)('%s', async (_, fault, isThere) => {
    await using started = await startOutgoing();
    started.slack.inject({ method: 'files.completeUploadExternal', ...fault });
    expect(await started.outgoing.share(file)).toBe(isThere);
    expect(started.shown()).toHaveLength(isThere ? 1 : 0);
  });

  test('nowhere: the bytes go to no host but Slack’s', async () => {
    await using started = await startOutgoing();
    const { call, slack } = started;
    const outgoing = started.newOutgoing({ upload: { call, isSlackHost: () => false, looks: [0] } });
    expect(await outgoing.share(file)).toBe(false);
    expect(slack.calls.map(({ method }) => method)).not.toContain('files.completeUploadExternal');
  });
});

describe('a message beside the answer', () => {
  test('is marked as of this turn, unfurls nothing, and is known by its content', async () => {
    await using started = await startOutgoing();
    expect(await started.outgoing.post(message, { a: 1 })).toBe('shown');
    expect(replyMarkOf(started.shown()[0]!)).toMatchObject({ question: 'q1', piece: 0, beside: expect.any(String) });
    expect(started.slack.calls.at(-1)?.args).toMatchObject({ unfurl_links: 'false', unfurl_media: 'false' });
    expect([started.outgoing.has({ a: 1 }), started.outgoing.has({ a: 2 })]).toEqual([true, false]);
    // Also for the turn that comes after a person was waited for.
    const next = started.newOutgoing({ mark: { question: 'q1', leg: 1 }, messages: started.shown() });
    expect(next.has({ a: 1 })).toBe(true);
    expect(started.newOutgoing({ mark: { question: 'q2' }, messages: started.shown() }).has({ a: 1 })).toBe(false);
  });

  test('whose answer got lost is looked for before it is posted again', async () => {
    await using started = await startOutgoing();
    started.slack.inject({ method: 'chat.postMessage', kind: 'lost-response' });
    expect(await started.outgoing.post(message, 1)).toBe('shown');
    expect(started.shown()).toHaveLength(1);
    expect(started.opened).toEqual(started.shown().map(({ ts }) => ts));
  });

  test('with a block that the workspace does not have is refused, and nothing stands there', async () => {
    await using started = await startOutgoing({ lacksBlocks: ['divider'] });
    expect(await started.outgoing.post(message, 1)).toBe('refused');
    expect([started.shown(), started.outgoing.has(1)]).toEqual([[], false]);
  });
});

describe('all of it is taken back with the answer', () => {
  test('messages are named, files go', async () => {
    await using started = await startOutgoing();
    await started.outgoing.post(message, 1);
    await started.outgoing.share(file);
    expect(await started.outgoing.takeBack()).toEqual(started.shown().map(({ ts }) => ts));
    expect(started.shown()[1]?.files).toEqual([{ id: expect.any(String), mode: 'tombstone' }]);
  });

  test('what was under way is waited for and goes as well; nothing more comes', async () => {
    await using started = await startOutgoing();
    const { outgoing, slack } = started;
    slack.inject({ method: 'files.completeUploadExternal', kind: 'delay', milliseconds: 30 });
    const sharing = outgoing.share(file);
    await outgoing.takeBack();
    expect([await sharing, started.shown()]).toEqual([false, []]);
    await expect(outgoing.post(message, 1)).rejects.toThrow('The answer has ended');
    await expect(outgoing.share(file)).rejects.toThrow('The answer has ended');
  });

  test('what arrives after its turn has ended is taken away', async () => {
    await using started = await startOutgoing();
    const { outgoing, slack } = started;
    slack.inject({ method: 'chat.postMessage', kind: 'delay', milliseconds: 30 });
    const posting = outgoing.post(message, 1);
    outgoing.abandon();
    await expect(posting).rejects.toThrow('The answer has ended');
    expect([started.shown(), started.opened]).toEqual([[], []]);
  });
});

test('a question shows no more than so many', async () => {
  await using started = await startOutgoing();
  for (let count = 0; count < 24; count += 1) await started.outgoing.post({ text: String(count), blocks: [] }, count);
  await expect(started.outgoing.post(message, 1)).rejects.toThrow('24 charts and files already');
});

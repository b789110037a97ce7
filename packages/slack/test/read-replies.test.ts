import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readReplies } from '../src/read-replies.ts';
import { replyMarkOf, toMetadata } from '../src/reply-mark.ts';
import { type StartedSlack, startedSlack } from './started-slack.ts';

describe('reading a thread', () => {
  let started: StartedSlack;
  let place: { readonly channel: string; readonly threadTs: string };
  const written: string[] = [];

  beforeAll(async () => {
    started = await startedSlack();
    const say = (text: string, threadTs?: string) =>
      started.slack.post({ user: 'UANN', channel: 'COPS', text, ...(threadTs ? { threadTs } : {}) }).ts;
    const threadTs = say('the root');
    place = { channel: 'COPS', threadTs };
    written.push(threadTs, ...Array.from({ length: 1_200 }, (_, index) => say(`reply ${index}`, threadTs)));
    say('another thread');
  });
  afterAll(() => started[Symbol.asyncDispose]());

  const pagesAsked = () => started.slack.calls.filter(({ method }) => method === 'conversations.replies').length;
  async function read(bounds: { readonly pageSize: number; readonly pages: number; readonly oldest?: string }) {
    const before = pagesAsked();
    const { messages, ...rest } = await readReplies(started.call, place, bounds);
    return { ...rest, ts: messages.map(({ ts }) => ts), asked: pagesAsked() - before };
  }

  it('R28 of 1,200 replies goes page by page, root first, oldest first, each message once', async () => {
    expect(await read({ pageSize: 500, pages: 5 })).toEqual({ ts: written, pages: 3, isComplete: true, asked: 3 });
  });

  it('R28 of 1,200 replies ends where it was told to, and says that there is more', async () => {
    expect(await read({ pageSize: 200, pages: 2 })).toEqual({ ts: written.slice(0, 400), pages: 2, isComplete: false, asked: 2 });
    expect(await read({ pageSize: 1_000, pages: 1 })).toMatchObject({ isComplete: false, asked: 1 });
  });

  it('asks for no further page when the last one is just full', async () => {
    const oldest = written[201]!;
    expect(await read({ pageSize: 500, pages: 9, oldest })).toEqual({
      ts: [written[0], ...written.slice(202)],
      pages: 2,
      isComplete: true,
      asked: 2,
    });
  });

  it('reads from a message on, beside the root', async () => {
    const { ts } = await read({ pageSize: 100, pages: 1, oldest: written.at(-3)! });
    expect(ts).toEqual([written[0], written.at(-2), written.at(-1)]);
  });

  it('of one message is complete', async () => {
    const lonely = { channel: 'COPS', threadTs: started.slack.post({ user: 'UANN', channel: 'COPS', text: 'alone' }).ts };
    expect(await readReplies(started.call, lonely, { pageSize: 10, pages: 1 })).toMatchObject({
      isComplete: true,
      messages: [{ text: 'alone' }],
    });
  });

  it('repeats a page whose answer got lost', async () => {
    started.slack.inject({ method: 'conversations.replies', kind: 'lost-response', after: 1 });
    expect((await read({ pageSize: 600, pages: 3 })).ts).toEqual(written);
  });

  it('that is gone is refused by name', async () => {
    const gone = { channel: 'COPS', threadTs: '1.000001' };
    await expect(readReplies(started.call, gone, { pageSize: 10, pages: 1 })).rejects.toMatchObject({
      kind: 'refused',
      reason: 'thread_not_found',
    });
  });

  it('shows the marks of our own messages', async () => {
    const { channel } = place;
    const threadTs = started.slack.post({ user: 'UANN', channel, text: 'a question' }).ts;
    const mark = { question: 'q-0123456789abcdef', piece: 2, outcome: 'failed' } as const;
    await started.call('chat.postMessage', { channel, thread_ts: threadTs, text: 'sorry', metadata: toMetadata(mark) });
    const { messages } = await readReplies(started.call, { channel, threadTs }, { pageSize: 10, pages: 1 });
    expect(messages.map(replyMarkOf)).toEqual([undefined, mark]);
  });
});

describe('a mark', () => {
  const read = (event_type: string, event_payload: Record<string, unknown>) =>
    replyMarkOf({ ts: '1.1', metadata: { event_type, event_payload } });

  it('is read back as it was written', () => {
    for (const mark of [
      { question: 'q-1', piece: 1 },
      { question: 'q-1', piece: 3, outcome: 'answered' as const },
    ]) {
      const { event_type, event_payload } = toMetadata(mark);
      expect(read(event_type, event_payload)).toEqual(mark);
    }
  });

  it('is not read from what others wrote, or from nothing', () => {
    expect(replyMarkOf({ ts: '1.1' })).toBeUndefined();
    expect(read('task_created', { question: 'q-1' })).toBeUndefined();
    expect(read('vera_reply', { question: 7 })).toBeUndefined();
    expect(read('vera_reply', { question: 'q-1', outcome: 'of next year' })).toEqual({ question: 'q-1', piece: 1 });
  });
});

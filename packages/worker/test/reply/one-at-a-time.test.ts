import { setTimeout as sleep } from 'node:timers/promises';
import { createSlackCalls, type SlackCall } from '@vera/slack/slack-calls';
import { describe, expect, test } from 'vitest';
import { northwind } from '../northwind.ts';
import { longAnswer } from './long-answer.ts';
import { type StartWriterOptions, startWriter } from './start-writer.ts';

const ending = { outcome: 'answered', words: '', blocks: [] } as const;

/** A writer whose calls to Slack are watched. */
async function startWatched(params: NonNullable<StartWriterOptions['params']> = {}) {
  const events: string[] = [];
  let under = 0;
  const most = { atOnce: 0 };
  const call: SlackCall = async (method, args, policy) => {
    events.push(args.ts === undefined ? method : `${method} ${args.ts}`);
    under += 1;
    most.atOnce = Math.max(most.atOnce, under);
    try {
      return await createSlackCalls({ token: northwind.botToken, apiUrl: `${started.slack.url}/api/` })(method, args, policy);
    } finally {
      under -= 1;
    }
  };
  const started = await startWriter({ params: { call, ...params } });
  return { ...started, events, most, [Symbol.asyncDispose]: () => started[Symbol.asyncDispose]() };
}

describe('the writer', () => {
  test('calls Slack once at a time, also while it is being ended', async () => {
    await using started = await startWatched();
    const text = longAnswer(9_000);
    for (let at = 0; at < text.length; at += 300) {
      started.writer.write(text.slice(at, at + 300));
      started.writer.showTask({ id: 't1', title: 'Searching', status: 'in_progress' });
      await sleep(1);
    }
    await started.writer.finish(ending);
    expect(started.events.length).toBeGreaterThan(3);
    expect(started.most.atOnce).toBe(1);
  });

  test('writes nothing more to a message before that message is on record', async () => {
    await using started = await startWatched({
      onOpen: async (ts) => {
        started.events.push(`opened ${ts}`);
        await sleep(20);
        started.events.push(`recorded ${ts}`);
      },
    });
    const text = longAnswer(9_000);
    for (let at = 0; at < text.length; at += 300) {
      started.writer.write(text.slice(at, at + 300));
      await sleep(2);
    }
    await started.writer.finish(ending);
    const opened = started.events.filter((event) => event.startsWith('opened'));
    expect(opened.length).toBeGreaterThan(1);
    for (const event of opened) expect(started.events[started.events.indexOf(event) + 1]).toBe(event.replace('opened', 'recorded'));
  });

  test('stops for good where a message may not be recorded, and says why in the end', async () => {
    await using started = await startWatched({ onOpen: () => Promise.reject(new Error('somebody else has it')) });
    started.writer.write('The first half. ');
    await expect.poll(() => started.events.length).toBe(1);
    started.writer.write('The second half. ');
    await expect(started.writer.finish(ending)).rejects.toThrow('somebody else has it');
    expect(started.events).toEqual(['chat.startStream']);
  });

  test('ends a message that is gone in the next one, its open code block with it', async () => {
    let time = 0;
    await using started = await startWriter({ params: { now: () => (time += 1_001) } });
    started.writer.write('Run:\n\n```ts\nw1\n');
    await started.showing('w1');
    started.slack.remove({ user: 'UVERA', channel: 'COPS', ts: started.messages()[0]!.ts });
    time += 241_000;
    started.writer.write('w2\n');
    await started.showing('w2');
    started.writer.write('w3\n```\n');
    await started.writer.finish(ending);
    expect(started.pieces()).toEqual(['Run:\n\n```ts\nw1\nw2\nw3\n```\n']);
  });
});

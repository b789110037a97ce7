import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { longAnswer } from './long-answer.ts';
import { pieceFaults } from './piece-faults.ts';
import { type StartedWriter, startWriter } from './start-writer.ts';

const ending = { outcome: 'answered', words: '', blocks: [] } as const;

/** Writes as a model does, in small deltas with the time between them in which Slack is called. */
async function writeSlowly({ writer }: StartedWriter, text: string): Promise<void> {
  for (let at = 0; at < text.length; at += 150) {
    writer.write(text.slice(at, at + 150));
    await sleep(1);
  }
}

describe('an answer', () => {
  test('R12 every message of a reply in a channel carries thread_ts, and each stream says for whom it is', async () => {
    await using started = await startWriter();
    await writeSlowly(started, longAnswer(9_000));
    await started.writer.finish(ending);
    const opening = started.slack.calls.filter(({ method }) => method === 'chat.startStream' || method === 'chat.postMessage');
    expect(opening.length).toBeGreaterThan(1);
    for (const { args } of opening) expect(args).toMatchObject({ channel: 'COPS', thread_ts: started.threadTs });
    for (const { args } of opening.filter(({ method }) => method === 'chat.startStream'))
      expect(args).toMatchObject({ recipient_user_id: 'UANN', recipient_team_id: 'T01' });
    expect(started.messages().every(({ thread_ts }) => thread_ts === started.threadTs)).toBe(true);
  });

  test('R12 a reply that Slack does not let us stream carries thread_ts, too', async () => {
    await using started = await startWriter({ slack: { agentFeatures: false } });
    await writeSlowly(started, longAnswer(9_000));
    await started.writer.finish(ending);
    const posts = started.slack.calls.filter(({ method }) => method === 'chat.postMessage');
    expect(posts.length).toBeGreaterThan(1);
    for (const { args } of posts) expect(args.thread_ts).toBe(started.threadTs);
  });

  test.each([6_339, 20_000])('R13 one of %i characters arrives in 2 to 6 messages that each render by themselves', async (length) => {
    const text = longAnswer(length);
    expect(text).toHaveLength(length);
    for (const write of [writeSlowly, async ({ writer }: StartedWriter) => writer.write(text)]) {
      await using started = await startWriter({ tick: 1_001 });
      await write(started, text);
      await started.writer.finish(ending);
      expect(pieceFaults(started.pieces(), text)).toEqual([]);
      expect(started.pieces().length).toBeGreaterThanOrEqual(2);
      expect(started.pieces().length).toBeLessThanOrEqual(6);
    }
  });

  test('R13 a code block longer than a message is closed and opened again in each, whatever the deltas', async () => {
    const code = Array.from({ length: 700 }, (_, index) => `w${index}xxxxxxxx w${index + 1_000}x`).join('\n');
    const text = `\`\`\`ts\n${code}\n\`\`\`\nw9999`;
    await using started = await startWriter({ tick: 1_001 });
    await writeSlowly(started, text);
    await started.writer.finish(ending);
    expect(pieceFaults(started.pieces(), text)).toEqual([]);
    for (const piece of started.pieces()) expect(piece).toMatch(/^```ts\nw/);
  });

  test('it says of each message which it is, and of the last how the question ended', async () => {
    await using started = await startWriter();
    await writeSlowly(started, longAnswer(9_000));
    const { pieces } = await started.writer.finish(ending);
    const marks = started.messages().map(({ metadata }) => metadata?.event_payload);
    expect(marks).toEqual(
      Array.from({ length: pieces }, (_, index) => ({
        question: 'q-1',
        piece: index + 1,
        ...(index + 1 === pieces ? { outcome: 'answered' } : {}),
      })),
    );
    expect(started.opened).toEqual(started.messages().map(({ ts }) => ts));
  });

  test('R14 the stream dies at 60 % and the rest is delivered', async () => {
    const text = longAnswer(6_339);
    await using started = await startWriter();
    await writeSlowly(started, text.slice(0, 3_803));
    started.slack.advance(301_000);
    await writeSlowly(started, text.slice(3_803));
    await started.writer.finish(ending);
    expect(pieceFaults(started.pieces(), text)).toEqual([]);
    expect(started.messages().at(-1)).toMatchObject({ metadata: { event_payload: { outcome: 'answered' } } });
  });

  test('R14 the stream dies right before the end and the end is delivered in the same message', async () => {
    const text = longAnswer(3_000);
    await using started = await startWriter();
    await writeSlowly(started, text);
    await started.showing(text.slice(-60, -20));
    started.slack.advance(301_000);
    await started.writer.finish({ ...ending, blocks: [{ type: 'divider' }] });
    expect(started.pieces()).toEqual([text]);
    expect(started.messages()[0]?.blocks?.at(-1)).toMatchObject({ type: 'divider' });
  });

  test('a stream is ended and another begun before Slack would end it', async () => {
    const parts = [1, 2, 3].map((part) => Array.from({ length: 50 }, (_, index) => `w${part}${index + 100}x `).join(''));
    let time = 0;
    await using started = await startWriter({ params: { now: () => (time += 1_001) } });
    for (const part of parts) {
      started.writer.write(part);
      await started.showing(part);
      time += 241_000;
      started.slack.advance(241_000);
    }
    await started.writer.finish(ending);
    expect(started.pieces()).toEqual(parts);
    expect(started.messages().every(({ streaming_state }) => streaming_state === 'completed')).toBe(true);
  });

  test('a table that a message leaves off in the middle goes on under its header, and another table does not', async () => {
    const header = '| w1 | w2 |\n| --- | --- |\n';
    const rows = Array.from({ length: 8 }, (_, index) => `| w${10 + index} | x |\n`).join('');
    let time = 0;
    await using started = await startWriter({ params: { now: () => (time += 1_001) } });
    for (const part of [`${header}${rows}`, `| w20 | x |\n`, `\n| w30 | w31 |\n| --- | --- |\n| w32 | x |\n`]) {
      started.writer.write(part);
      await started.showing(part.trim().slice(0, 10));
      time += 241_000;
    }
    await started.writer.finish(ending);
    expect(started.pieces()).toEqual([`${header}${rows}`, `${header}| w20 | x |\n`, `| w30 | w31 |\n| --- | --- |\n| w32 | x |\n`]);
  });

  test('a message deleted while it is written goes on in another, with its text', async () => {
    const text = longAnswer(3_000);
    await using started = await startWriter();
    await writeSlowly(started, text.slice(0, 1_000));
    await started.showing(text.slice(0, 600));
    await writeSlowly(started, text.slice(1_000, 1_200));
    const [first] = started.messages();
    started.slack.remove({ user: 'UVERA', channel: 'COPS', ts: first?.ts ?? '' });
    await writeSlowly(started, text.slice(1_200));
    await started.writer.finish(ending);
    expect(pieceFaults(started.pieces(), text)).toEqual([]);
  });
});

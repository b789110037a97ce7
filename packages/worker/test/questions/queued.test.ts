import type { Question } from '@vera/protocol/question';
import { describe, expect, test } from 'vitest';
import { startScripted } from './start-scripted.ts';

type Worker = Awaited<ReturnType<typeof startScripted>>;

const names = (worker: Worker, { channelId, messageTs, threadTs }: Question) =>
  (worker.slack.messages(channelId, threadTs).find(({ ts }) => ts === messageTs)?.reactions ?? []).map(({ name }) => name);
const added = (worker: Worker, { messageTs }: Question) =>
  worker.slack.calls.filter(({ method, args }) => method === 'reactions.add' && args.timestamp === messageTs).length;
const hourglass = ['hourglass_flowing_sand'];

/** Ann's question, whose answer goes on until `going` resolves, and one that comes behind it. */
async function behind(
  more: Parameters<Worker['ask']>[0],
  changes: Partial<Question> = {},
  options: Parameters<typeof startScripted>[1] = {},
) {
  const going = Promise.withResolvers<void>();
  const worker = await startScripted([['The first ', { until: going.promise }, 'answer.'], 'The second.'], options);
  const first = await worker.ask({ text: '<@UVERA> first' });
  await worker.intake.accept(first);
  await expect.poll(() => worker.text(first)).toContain('The first');
  const second = await worker.ask({ threadTs: first.messageTs, ...more }, changes);
  await worker.intake.accept(second);
  return { worker, going, first, second, [Symbol.asyncDispose]: () => worker[Symbol.asyncDispose]() };
}

describe('a message that waits for its turn', () => {
  test.each([
    ['of another person', { text: '<@UVERA> second', user: 'UBOB' }, {}],
    ['of the same person, where such are queued', { text: '<@UVERA> second' }, { overlap: 'queue' as const }],
  ])('%s shows it, once, and no more as soon as that comes', async (_, more, options) => {
    await using started = await behind(more, {}, options);
    const { worker, going, second } = started;
    await expect.poll(() => names(worker, second), { timeout: 5_000 }).toEqual(hourglass);
    expect(await worker.intake.accept(second)).toBe('taken');
    going.resolve();
    expect(await worker.closed(second)).toMatchObject({ state: 'answered' });
    expect([names(worker, second), added(worker, second)]).toEqual([[], 1]);
  });

  test('of whose worker died shows it no more once the next one has it', async () => {
    await using worker = await startScripted(['The second.']);
    const question = await worker.ask({ text: '<@UVERA> second' });
    await worker.leases.noteQueued(question);
    await worker.call('reactions.add', { channel: 'COPS', timestamp: question.messageTs, name: hourglass[0] });
    await worker.intake.accept(question);
    await worker.closed(question);
    expect(names(worker, question)).toEqual([]);
  });

  test('shows nothing where it is not known yet whether it is for Vera', async () => {
    await using started = await behind({ text: 'second' }, { followUp: 'asker' }, { overlap: 'queue' });
    const { worker, going, second } = started;
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    going.resolve();
    await worker.closed(second);
    expect(added(worker, second)).toBe(0);
  });

  test('that is taken in says that in its place', async () => {
    const [looking, going] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const tool = {
      ...{ name: 'look', title: 'Looking', description: 'Looks', inputSchema: { type: 'object' } },
      async run() {
        looking.resolve();
        await going.promise;
        return { text: 'It is so.', isError: false };
      },
    };
    await using worker = await startScripted([[{ call: 'look', input: {} }], 'All of it.'], { toolsFor: () => [tool] });
    const first = await worker.ask({ text: '<@UVERA> first' });
    await worker.intake.accept(first);
    await looking.promise;
    const second = await worker.ask({ text: '<@UVERA> and more', threadTs: first.messageTs });
    await worker.intake.accept(second);
    await expect.poll(() => names(worker, second), { timeout: 5_000 }).toEqual(hourglass);
    going.resolve();
    expect(await worker.closed(second)).toMatchObject({ state: 'answered', reason: 'folded' });
    expect(names(worker, second)).toEqual(['eyes']);
  });
});

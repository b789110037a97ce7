import { setTimeout as sleep } from 'node:timers/promises';
import type { Question } from '@vera/protocol/question';
import { describe, expect, test } from 'vitest';
import type { Tool } from '../../src/tools/tool.ts';
import { startScripted } from './start-scripted.ts';

/** The heartbeat would notice nothing in time: only what is brought does. */
const deaf = { heartbeat: 60_000 };

type Worker = Awaited<ReturnType<typeof startScripted>>;

/** What the receiver does for a stop by who asked: a mark, and the question brought to its worker. */
async function stop(worker: Worker, question: Question): Promise<void> {
  const { bring } = await worker.inbox.requestStop({ ...question, ts: '4000000000.000000', mayStopAll: false });
  for (const one of bring) await worker.intake.accept(one);
}

const hourglassOn = ({ slack }: Worker, { messageTs, threadTs }: Question) =>
  slack.messages('COPS', threadTs).some(({ ts, reactions = [] }) => ts === messageTs && reactions.length > 0);

const look = (run: Tool['run']): Tool => ({ name: 'look', title: 'Looking', description: 'Looks', inputSchema: { type: 'object' }, run });
const never = () => new Promise<never>(() => undefined);

describe('D9 a stop before the model is asked', () => {
  test('on record before the lease: nothing is asked, ever, and the answer says so', async () => {
    await using worker = await startScripted([]);
    const question = await worker.ask({ text: '<@UVERA> deploy it' });
    await stop(worker, question);
    await worker.intake.accept(question);
    expect(await worker.closed(question)).toMatchObject({ state: 'stopped' });
    expect(worker.text(question)).toBe('_Stopped before I began._');
    expect(worker.slack.session('COPS', question.threadTs)?.status).toBe('active');
    await stop(worker, question);
    await worker.intake.accept(question);
    await sleep(50);
    expect(worker.bedrock.requests).toEqual([]);
    expect(worker.replies(question)).toHaveLength(1);
  });

  test('while its tools are made, which never ends: it does not wait for them', async () => {
    const opening = Promise.withResolvers<void>();
    const offerTools = () => {
      opening.resolve();
      return never();
    };
    await using worker = await startScripted([], { ...deaf, offerTools });
    const question = await worker.ask({ text: '<@UVERA> deploy it' });
    await worker.intake.accept(question);
    await opening.promise;
    await stop(worker, question);
    expect(await worker.closed(question)).toMatchObject({ state: 'stopped' });
    expect(worker.text(question)).toBe('_Stopped before I began._');
    expect(worker.bedrock.requests).toEqual([]);
  });

  test('on record while its tools are made, and not brought: the last look before the model finds it', async () => {
    let worker: Worker | undefined;
    let question: Question | undefined;
    const offerTools = async () => {
      if (worker && question) await worker.inbox.requestStop({ ...question, ts: '4000000000.000000', mayStopAll: false });
      return { tools: [], ownTools: [], personTools: [], systems: [], troubles: () => [] };
    };
    await using started = await startScripted([], { ...deaf, offerTools });
    worker = started;
    question = await started.ask({ text: '<@UVERA> deploy it' });
    await started.intake.accept(question);
    expect(await started.closed(question)).toMatchObject({ state: 'stopped' });
    expect(started.bedrock.requests).toEqual([]);
  });

  test('of a question that waits behind another’s ends it at once, and leaves that one’s answer and status alone', async () => {
    const going = Promise.withResolvers<void>();
    await using worker = await startScripted([[{ until: going.promise }, 'Fine.']], deaf);
    const first = await worker.ask({ text: '<@UVERA> first', user: 'UBOB' });
    const second = await worker.ask({ text: '<@UVERA> second', threadTs: first.messageTs });
    await worker.intake.accept(first);
    await worker.intake.accept(second);
    await expect.poll(() => hourglassOn(worker, second), { timeout: 5_000 }).toBe(true);
    await stop(worker, second);
    await expect.poll(async () => (await worker.recordOf(second))?.state, { timeout: 5_000 }).toBe('stopped');
    expect(await worker.recordOf(first)).toMatchObject({ state: 'running' });
    expect(worker.text(first)).toBe('_Stopped before I began._');
    expect(hourglassOn(worker, second)).toBe(false);
    expect(worker.slack.session('COPS', first.threadTs)?.status).toBe('processing');
    going.resolve();
    expect(await worker.closed(first)).toMatchObject({ state: 'answered' });
    expect(worker.text(first)).toBe('_Stopped before I began._\n---\nFine.');
    expect(worker.slack.session('COPS', first.threadTs)?.status).toBe('active');
    expect(worker.bedrock.requests).toHaveLength(1);
  });
});

describe('a stop that is brought to the worker', () => {
  test('ends a model that says nothing, at once, without the heartbeat, and leaves the session', async () => {
    await using worker = await startScripted([['The first half. ', { hang: true }]], deaf);
    const question = await worker.ask({ text: '<@UVERA> tell me' });
    await worker.intake.accept(question);
    await expect.poll(() => worker.text(question)).toContain('The first half.');
    await stop(worker, question);
    expect(await worker.closed(question)).toMatchObject({ state: 'stopped' });
    expect(worker.text(question)).toMatch(/^The first half\.[\s\S]*_Stopped\._$/);
    expect(worker.slack.session('COPS', question.threadTs)?.status).toBe('active');
    expect(worker.health.ping().status).toBe('Healthy');
  });

  test('M25 ends a tool that does not listen, and whatever it says later is asked for nothing more; the answer names it', async () => {
    const ended = Promise.withResolvers<{ text: string; isError: boolean }>();
    const running = Promise.withResolvers<AbortSignal>();
    const deafTool = look((_, signal) => {
      running.resolve(signal);
      return ended.promise;
    });
    await using worker = await startScripted([[{ call: 'look', input: {} }], 'Done.'], { ...deaf, toolsFor: () => [deafTool] });
    const question = await worker.ask({ text: '<@UVERA> look' });
    await worker.intake.accept(question);
    const signal = await running.promise;
    await stop(worker, question);
    expect(await worker.closed(question)).toMatchObject({ state: 'stopped' });
    expect(signal.aborted).toBe(true);
    expect(worker.text(question)).toBe('_Stopped._\n\nNot finished: Looking.');
    ended.resolve({ text: 'late', isError: false });
    await sleep(100);
    expect(worker.bedrock.requests).toHaveLength(1);
  });

  test('of what another turn was asked since changes nothing: the record decides, not who brings it', async () => {
    await using worker = await startScripted([['The whole ', { pauseMilliseconds: 100 }, 'answer.']], deaf);
    const question = await worker.ask({ text: '<@UVERA> tell me' });
    await worker.intake.accept(question);
    await expect.poll(() => worker.bedrock.requests.length).toBe(1);
    for (let copies = 0; copies < 3; copies += 1) expect(await worker.intake.accept(question)).toBe('taken');
    expect(await worker.closed(question)).toMatchObject({ state: 'answered' });
    expect(worker.text(question)).toBe('The whole answer.');
  });
});

describe('Slack’s own Stop by somebody who may not', () => {
  test('ends the stream and not the answer, which goes on below', async () => {
    const pressed = Promise.withResolvers<void>();
    await using worker = await startScripted([['The first half. ', { until: pressed.promise }, 'The second half.']], deaf);
    const question = await worker.ask({ text: '<@UVERA> tell me' });
    await worker.intake.accept(question);
    await expect.poll(() => worker.text(question)).toContain('The first half.');
    worker.slack.stop({ user: 'UBOB', channel: 'COPS', threadTs: question.threadTs });
    await worker.inbox.requestStop({ ...question, userId: 'UBOB', ts: '4000000000.000000', mayStopAll: false });
    pressed.resolve();
    expect(await worker.closed(question)).toMatchObject({ state: 'answered' });
    expect(worker.text(question)).toMatch(/The first half\.[\s\S]*The second half\./);
    expect(worker.text(question)).not.toContain('Stopped');
  });
});

import type { Lease } from '@vera/ledger/ledger';
import type { Question } from '@vera/protocol/question';
import { describe, expect, test } from 'vitest';
import type { Tool } from '../../src/tools/tool.ts';
import { startGate } from '../changes/start-gate.ts';
import { look, type Meanwhile, requestsOf, says, statesOf } from './start-adding.ts';
import { startScripted } from './start-scripted.ts';

describe('D11 a message that was taken in, and is wanted no more', () => {
  type Worker = Awaited<ReturnType<typeof startScripted>>;
  const stopOn = async (worker: Pick<Worker, 'inbox' | 'intake'>, question: Question, about: string) => {
    const { teamId, channelId, userId } = question;
    const { bring } = await worker.inbox.requestStop({ teamId, channelId, userId, about, ts: '4000000000.000000', mayStopAll: false });
    for (const one of bring) await worker.intake.accept(one);
  };
  const deletes = async (worker: Pick<Worker, 'inbox' | 'intake'>, question: Question) => {
    const found = await worker.inbox.withdraw(question);
    if (found?.kind === 'open') await worker.intake.accept(found.question);
  };
  const unwanted = { deleted: deletes, stopped: (worker: Worker, question: Question) => stopOn(worker, question, question.messageTs) };

  /** Each step happens during one more look. */
  async function stepping(
    steps: Meanwhile[],
    script: Parameters<typeof startScripted>[0],
    options: Parameters<typeof startScripted>[1] = {},
  ) {
    const noted: string[] = [];
    const memory = { recall: async () => undefined, note: async (story: { question: Question }) => void noted.push(story.question.text) };
    const tool: Tool = {
      ...{ name: 'look', title: 'Looking', description: 'Looks', inputSchema: { type: 'object' } },
      async run() {
        const step: Meanwhile = steps.shift() ?? (async () => undefined);
        await step(worker, question);
        return { text: 'It is so.', isError: false };
      },
    };
    const worker = await startScripted(script, { toolsFor: () => [tool], memory: memory as never, ...options });
    const question = await worker.ask({ text: '<@UVERA> who is on call?' });
    await worker.intake.accept(question);
    return { ...worker, noted, question };
  }

  test.each([
    ['deleted', 'withdrawn', /^_Stopped: a message that I had read was deleted\. “Try again” answers the rest\._$/],
    ['stopped', 'folded', /^Bob, and\s+_Stopped\._$/],
  ] as const)('%s once the model has read it: the run stops, and nothing of it is noted', async (how, reason, words) => {
    const more = says('my pin is SECRET');
    const steps: Meanwhile[] = [more.meanwhile, (worker) => unwanted[how](worker, more.of())];
    await using worker = await stepping(steps, [[look], ['Bob, and ', look], 'Never said.']);
    expect(await statesOf(worker, worker.question, more.of)).toEqual([
      ['stopped', undefined],
      ['stopped', reason],
    ]);
    expect(worker.text(worker.question)).toMatch(words);
    expect(worker.noted).toEqual([]);
    expect((await worker.recordOf(worker.question))?.folded).toEqual(how === 'deleted' ? [] : [more.of().messageTs]);
    expect(requestsOf(worker)).toHaveLength(2);
  });

  test.each(['deleted', 'stopped'] as const)('%s after the last model call: the answer is stopped all the same', async (how) => {
    const more = says('my pin is SECRET');
    const going = Promise.withResolvers<void>();
    await using worker = await stepping([more.meanwhile], [[look], ['Bob; ', { until: going.promise }, 'Carol.']]);
    await expect.poll(() => worker.text(worker.question)).toContain('Bob;');
    await unwanted[how](worker, more.of());
    going.resolve();
    expect((await statesOf(worker, worker.question, more.of)).map(([state]) => state)).toEqual(['stopped', 'stopped']);
    expect(worker.text(worker.question)).toMatch(how === 'deleted' ? /^_Stopped: a message that I had read was deleted\./ : /_Stopped\._/);
    expect(worker.noted).toEqual([]);
  });

  test('stopped while the model answers it: that ends at once, without the heartbeat', async () => {
    const more = says('and tomorrow?');
    await using worker = await stepping([more.meanwhile], [[look], ['Bob; ', { hang: true }]], { heartbeat: 60_000 });
    await expect.poll(() => worker.text(worker.question)).toContain('Bob;');
    const asked = Date.now();
    await unwanted.stopped(worker, more.of());
    expect(await statesOf(worker, worker.question, more.of)).toEqual([
      ['stopped', undefined],
      ['stopped', 'folded'],
    ]);
    expect(worker.text(worker.question)).toMatch(/^Bob;[\s\S]*_Stopped\._/);
    // Far less than the time limit, after which it would have ended by itself.
    expect(Date.now() - asked).toBeLessThan(10_000);
  });

  test('stopped, with a worker that then dies: ended by the sweeper’s last words, and not begun by itself', async () => {
    const more = says('and tomorrow?');
    const late = says('and on Monday?');
    const going = Promise.withResolvers<void>();
    // It learns of the stop from nobody.
    const steps = [more.meanwhile, () => going.promise];
    await using worker = await stepping(steps, [[look], [look], 'Never said.', 'Carol.'], { heartbeat: 60_000 });
    await expect.poll(() => worker.bedrock.requests.length).toBe(2);
    await worker.inbox.requestStop({ ...worker.question, ts: more.of().messageTs.replace(/.$/, '9'), mayStopAll: false });
    await late.meanwhile(worker, worker.question);
    worker.pass(600_000);
    const record = (await worker.recordOf(worker.question))!;
    const claimed = (await worker.overdue.claim(record, record.dueAt! + 600_000, 'tell'))!;
    expect(await worker.overdue.closeLost(claimed, 'stopped', 'lost')).toBe(true);
    going.resolve();
    expect(await statesOf(worker, more.of, late.of)).toEqual([
      ['stopped', 'folded'],
      ['answered', undefined],
    ]);
    expect(worker.slack.messages('COPS', worker.question.threadTs).map(({ text }) => text)).not.toContain('_Stopped before I began._');
  });

  test('with other words after the last model call: that is said, and nothing is noted', async () => {
    const more = says('and Monday?');
    const going = Promise.withResolvers<void>();
    await using worker = await stepping([more.meanwhile], [[look], ['Bob; ', { until: going.promise }, 'Carol.']]);
    await expect.poll(() => worker.text(worker.question)).toContain('Bob;');
    await worker.inbox.edit({ ...more.of(), text: '<@UVERA> and TUESDAY?' });
    going.resolve();
    expect(await statesOf(worker, worker.question, more.of)).toEqual([
      ['answered', undefined],
      ['answered', 'folded'],
    ]);
    expect(worker.text(worker.question)).toMatch(/^Bob; Carol\.\n\n_You edited what you added while I was answering/);
    expect(worker.noted).toEqual([]);
  });

  test.each(['answer', 'question'] as const)('and a stop on the %s ends what the model has read with it', async (on) => {
    const more = says('and BETA?');
    await using worker = await stepping([more.meanwhile], [[look], ['Bob; Carol. ', look], [{ hang: true }], 'BETA again.']);
    await expect.poll(() => worker.bedrock.requests.length).toBe(3);
    const { question } = worker;
    const reply = async () => (await worker.recordOf(question))?.replies[0];
    await expect.poll(reply).toBeDefined();
    await stopOn(worker, question, (on === 'answer' ? await reply() : undefined) ?? question.messageTs);
    expect(await statesOf(worker, question, more.of)).toEqual([
      ['stopped', undefined],
      ['stopped', 'folded'],
    ]);
    expect(worker.text(question)).not.toContain('again');
  });

  test.each(['deleted', 'stopped'] as const)('%s while a card waits: the card has no button any more, and nothing is done', async (how) => {
    await using worker = await startGate([[{ call: 'write_note', input: { text: 'x' } }], 'Never said.']);
    const question = await worker.ask({ text: '<@UVERA> what is on the list?' });
    const more = await worker.ask({ text: '<@UVERA> and write it down', threadTs: question.threadTs });
    await worker.intake.accept(question);
    await worker.waits(question);
    await unwanted[how](worker, more);
    await worker.intake.accept(more);
    expect((await statesOf(worker, question, more)).map(([state]) => state)).toEqual(['stopped', 'stopped']);
    expect(worker.cardText(question)).not.toContain('change.approve');
    expect(worker.text(question)).toContain('Not done: “Write a note”.');
    expect(worker.text(question).includes('a message that I had read was deleted')).toBe(how === 'deleted');
    expect(worker.notes.written).toEqual([]);
  });

  test('and answered already, when its answer’s last worker died: it ends with that answer, which the sweeper found', async () => {
    await using worker = await startScripted(['BETA again.']);
    const question = await worker.ask({ text: '<@UVERA> who is on call?' });
    const more = await worker.ask({ text: '<@UVERA> and BETA?', threadTs: question.threadTs });
    const dead = await worker.leasedBy('dead', question);
    await dead.fold(more.messageTs);
    worker.pass(31_000);
    const claimed = await worker.overdue.claim((await worker.recordOf(question)) ?? dead.record, worker.now() + 30_000, 'tell');
    expect(await worker.overdue.closeLost(claimed ?? dead.record, 'answered', 'lost')).toBe(true);
    await worker.intake.accept(more);
    expect(await statesOf(worker, more)).toEqual([['answered', 'folded']]);
    expect(requestsOf(worker)).toEqual([]);
  });

  test('and was carried out with its question, which is deleted then: it ends with that, and is not answered by itself', async () => {
    const tool: Tool = {
      ...{ name: 'look', title: 'Looking', description: 'Looks', inputSchema: { type: 'object' } },
      async run() {
        await deletes(worker, question);
        return { text: 'It is so.', isError: false };
      },
    };
    const script = [[{ call: 'write_note', input: { text: 'x' } }], [look], 'Never said.'];
    await using worker = await startGate(script, { toolsFor: () => [tool] });
    const question = await worker.ask({ text: '<@UVERA> what is on the list?' });
    const more = await worker.ask({ text: '<@UVERA> and write it down', threadTs: question.threadTs });
    await worker.intake.accept(question);
    await worker.waits(question);
    await worker.press(question, 'approve');
    expect(await statesOf(worker, question)).toEqual([['stopped', 'withdrawn']]);
    expect(worker.notes.written).toHaveLength(1);
    await worker.intake.accept(more);
    expect(await statesOf(worker, more)).toEqual([['stopped', 'folded']]);
  });

  test.each(['deleted', 'stopped'] as const)('%s just as the card was put up: a yes does nothing', async (how) => {
    await using worker = await startGate([[{ call: 'write_note', input: { text: 'x' } }], 'Never said.']);
    const question = await worker.ask({ text: '<@UVERA> what is on the list?' });
    const more = await worker.ask({ text: '<@UVERA> and write it down', threadTs: question.threadTs });
    const { lease: real } = worker.leases;
    Object.assign(worker.leases, {
      lease: async (...asked: Parameters<typeof real>) => {
        const answer = await real(...asked);
        if (answer.kind !== 'leased') return answer;
        const wait: Lease['wait'] = async (...what) => {
          await unwanted[how](worker, more);
          return answer.lease.wait(...what);
        };
        return { ...answer, lease: { ...answer.lease, wait } };
      },
    });
    await worker.intake.accept(question);
    expect((await statesOf(worker, question)).map(([state]) => state)).toEqual(['stopped']);
    expect(worker.cardText(question)).not.toContain('change.approve');
    expect(worker.notes.written).toEqual([]);
  });
});

import { setTimeout as sleep } from 'node:timers/promises';
import type { Question } from '@vera/protocol/question';
import { describe, expect, test } from 'vitest';
import { startScripted } from './start-scripted.ts';

describe('the order of a thread', () => {
  test('a later question waits for the earlier one, and knows its answer', async () => {
    await using worker = await startScripted([[{ pauseMilliseconds: 100 }, 'First answer.'], 'Second answer.']);
    const first = await worker.ask({ text: '<@UVERA> first' });
    const second = await worker.ask({ text: '<@UVERA> second', threadTs: first.messageTs, user: 'UBOB' });
    expect(await worker.intake.accept(second)).toBe('waiting');
    expect(await worker.intake.accept(first)).toBe('started');
    await worker.closed(second);
    expect(worker.text(first)).toBe('First answer.\n---\nSecond answer.');
    expect(JSON.stringify(worker.bedrock.requests[1]?.messages)).toContain('First answer.');
  });

  test('a waiting question that another worker answers is left to it', async () => {
    await using worker = await startScripted([]);
    const first = await worker.ask({ text: '<@UVERA> first' });
    const second = await worker.ask({ text: '<@UVERA> second', threadTs: first.messageTs });
    const lease = await worker.leasedBy('worker-2', first);
    expect(await worker.intake.accept(second)).toBe('waiting');
    await lease.close('answered');
    await worker.leasedBy('worker-2', second);
    await expect.poll(() => worker.health.ping().status).toBe('Healthy');
    expect(worker.lines.map(({ event }) => event)).toContain('question.left');
    expect(worker.replies(first)).toEqual([]);
  });

  test('a question that has waited as long as it may here is left to the sweeper, and is due soon', async () => {
    await using worker = await startScripted(['Second answer.'], { longestWait: 100 });
    const first = await worker.ask({ text: '<@UVERA> first' });
    const second = await worker.ask({ text: '<@UVERA> second', threadTs: first.messageTs });
    const lease = await worker.leasedBy('worker-2', first);
    expect(await worker.intake.accept(second)).toBe('waiting');
    await expect.poll(() => worker.health.ping().status, { timeout: 5_000 }).toBe('Healthy');
    const left = await worker.recordOf(second);
    expect(left).toMatchObject({ state: 'received', attempts: 0 });
    expect((left?.dueAt ?? 0) - Date.now()).toBeLessThanOrEqual(30_000);
    await lease.close('answered');
    // As the sweeper brings it.
    expect(await worker.intake.accept(second)).toBe('started');
    expect(await worker.closed(second)).toMatchObject({ state: 'answered', attempts: 1 });
  });

  test('a question that waits is never due, however short the grace, so that nobody takes it for lost', async () => {
    await using worker = await startScripted([]);
    const first = await worker.ask({ text: '<@UVERA> first' });
    const second = await worker.ask({ text: '<@UVERA> second', threadTs: first.messageTs });
    await worker.leasedBy('worker-2', first);
    await worker.intake.accept(second);
    for (let passed = 0; passed < 3; passed += 1) {
      const before = (await worker.recordOf(second))?.dueAt ?? 0;
      worker.pass(20_000);
      await expect
        .poll(async () => (await worker.recordOf(second))?.dueAt ?? 0, { timeout: 10_000 })
        .toBeGreaterThanOrEqual(before + 20_000);
    }
  });

  test('the same question again is taken, then closed; one nobody recorded is unknown', async () => {
    await using worker = await startScripted([[{ pauseMilliseconds: 50 }, 'Fine.']]);
    const question = await worker.ask({ text: '<@UVERA> hi' });
    const both = await Promise.all([worker.intake.accept(question), worker.intake.accept(question)]);
    expect(both.sort()).toEqual(['started', 'taken']);
    expect(await worker.intakeOf('worker-2').accept(question)).toBe('taken');
    await worker.closed(question);
    expect(await worker.intake.accept(question)).toBe('closed');
    expect(await worker.intake.accept({ ...question, id: 'q-other', messageTs: '1.000001' })).toBe('unknown');
    expect(worker.replies(question)).toHaveLength(1);
  });

  test('a ledger that cannot be reached is told to the caller', async () => {
    await using worker = await startScripted([]);
    const question = await worker.ask({ text: '<@UVERA> hi' });
    await worker.dynamo[Symbol.asyncDispose]();
    await expect(worker.intake.accept(question)).rejects.toThrow();
    expect(worker.health.ping().status).toBe('Healthy');
  });
});

describe('many questions at once', () => {
  test('begin four at a time, in the order they came, while the worker says that it is busy', async () => {
    await using worker = await startScripted(() => 'Fine.');
    worker.slack.inject({ method: 'conversations.replies', kind: 'delay', milliseconds: 40, times: 10 });
    const questions: Question[] = [];
    for (let count = 0; count < 10; count += 1) {
      const root = worker.slack.post({ user: 'UBOB', channel: 'COPS', text: `number ${count}` });
      questions.push(await worker.ask({ text: '<@UVERA> why?', threadTs: root.ts }));
    }
    expect(await Promise.all(questions.map((question) => worker.intake.accept(question)))).toEqual(questions.map(() => 'started'));
    expect(worker.health.ping().status).toBe('HealthyBusy');
    for (const one of questions) expect(await worker.closed(one)).toMatchObject({ state: 'answered' });
    const linesOf = (event: string) => worker.lines.filter((line) => line.event === event);
    const accepted = linesOf('question.accepted').map(({ question }) => question);
    // Of four that begin at once any may have its lease first.
    for (const [at, { question }] of linesOf('question.leased').entries()) expect(accepted.indexOf(question) - at).toBeLessThan(4);
    expect(linesOf('question.queued').length).toBeGreaterThan(0);
    const beginning = new Set();
    for (const { event, question } of worker.lines) {
      if (event === 'question.leased') beginning.add(question);
      if (/^(?:thread.read|question.interrupted|question.released)$/.test(String(event))) beginning.delete(question);
      expect(beginning.size).toBeLessThanOrEqual(4);
    }
  });

  test('begin while others wait for their model, however long that takes', async () => {
    const answered = Promise.withResolvers<void>();
    await using worker = await startScripted(() => [{ until: answered.promise }, 'Fine.']);
    const questions: Question[] = [];
    for (const begun of [4, 8, 12]) {
      while (questions.length < begun) questions.push(await worker.ask({ text: '<@UVERA> why?' }));
      await Promise.all(questions.slice(-4).map((question) => worker.intake.accept(question)));
      await expect.poll(() => worker.bedrock.requests.length, { timeout: 60_000, interval: 10 }).toBe(begun);
    }
    // Each four found the places of the four before free.
    expect(worker.lines.filter(({ event }) => event === 'question.queued')).toEqual([]);
    answered.resolve();
    for (const question of questions) expect(await worker.closed(question)).toMatchObject({ state: 'answered' });
  });

  test('that wait for their turn are given back at once when the worker ends', async () => {
    await using worker = await startScripted(() => 'Fine.');
    worker.slack.inject({ method: 'conversations.replies', kind: 'delay', milliseconds: 700, times: 8 });
    const questions: Question[] = [];
    for (let count = 0; count < 8; count += 1) {
      const root = worker.slack.post({ user: 'UBOB', channel: 'COPS', text: `number ${count}` });
      questions.push(await worker.ask({ text: '<@UVERA> why?', threadTs: root.ts }));
    }
    await Promise.all(questions.map((question) => worker.intake.accept(question)));
    const closing = worker.intake.close(20);
    await expect.poll(async () => (await worker.recordOf(questions[7]!))?.state, { timeout: 2_000, interval: 10 }).toBe('received');
    await closing;
    const records = await Promise.all(questions.map((question) => worker.recordOf(question)));
    expect(records.map((record) => record?.state)).toEqual(questions.map(() => 'received'));
    // No attempt counts of what had not begun.
    expect(records.map((record) => record?.attempts)).toContain(0);
    expect(worker.bedrock.requests).toEqual([]);
  });
});

describe('Stop', () => {
  test('pressed in Slack ends the answer where it is, and leaves the session', async () => {
    const pressed = Promise.withResolvers<void>();
    await using worker = await startScripted([['The first half. ', { until: pressed.promise }, 'The second. ', { hang: true }]]);
    const question = await worker.ask({ text: '<@UVERA> tell me' });
    await worker.intake.accept(question);
    await expect.poll(() => worker.text(question)).toContain('The first half.');
    worker.slack.stop({ user: 'UANN', channel: 'COPS', threadTs: question.threadTs });
    pressed.resolve();
    expect(await worker.closed(question)).toMatchObject({ state: 'stopped' });
    expect(worker.text(question)).toMatch(/^The first half\.[\s\S]*_Stopped\._$/);
    expect(worker.replies(question)).toHaveLength(1);
    expect(worker.slack.session('COPS', question.threadTs)?.status).toBe('active');
  });

  test('recorded in the ledger ends it, too, also while nothing is shown yet', async () => {
    await using worker = await startScripted([[{ hang: true }]]);
    const question = await worker.ask({ text: '<@UVERA> tell me' });
    await worker.intake.accept(question);
    await expect.poll(() => worker.bedrock.requests.length).toBe(1);
    expect(await worker.inbox.requestStop({ ...question, ts: '4000000000.000000', mayStopAll: false })).toMatchObject({ reached: 1 });
    expect(await worker.closed(question)).toMatchObject({ state: 'stopped' });
    expect(worker.text(question)).toBe('_Stopped._');
    expect(worker.slack.session('COPS', question.threadTs)?.status).toBe('active');
  });
});

describe('a worker that ends', () => {
  test('lets an answer finish within its grace, and takes nothing more', async () => {
    await using worker = await startScripted([['Fine.', { pauseMilliseconds: 50 }]]);
    const question = await worker.ask({ text: '<@UVERA> hi' });
    const late = await worker.ask({ text: '<@UVERA> late' });
    await worker.intake.accept(question);
    const closing = worker.intake.close(5_000);
    expect(await worker.intake.accept(late)).toBe('refused');
    await closing;
    expect(await worker.recordOf(question)).toMatchObject({ state: 'answered' });
    expect(await worker.recordOf(late)).toMatchObject({ state: 'received' });
  });

  test('gives back what it could not finish, and the next one answers it once', async () => {
    await using worker = await startScripted([['I begin. ', { hang: true }], 'The whole answer.']);
    const question = await worker.ask({ text: '<@UVERA> hi' });
    await worker.intake.accept(question);
    await expect.poll(() => worker.text(question)).toContain('I begin.');
    await worker.intake.close(20);
    expect(await worker.recordOf(question)).toMatchObject({ state: 'received' });
    expect(worker.text(question)).toMatch(/^I begin\.\s+_I am being restarted and will go on with this in a moment\._$/);
    expect(worker.replies(question)).toMatchObject([{ streaming_state: 'completed' }]);
    expect(worker.slack.session('COPS', question.threadTs)?.status).toBe('processing');
    await worker.intakeOf('worker-2').accept(question);
    expect(await worker.closed(question)).toMatchObject({ state: 'answered' });
    expect(worker.text(question)).toBe('The whole answer.');
    expect(worker.slack.session('COPS', question.threadTs)?.status).toBe('active');
  });

  test('says so where nothing is shown yet, and that goes once the next one has it', async () => {
    await using worker = await startScripted([[{ hang: true }], 'The whole answer.'], { slack: { agentFeatures: false } });
    const question = await worker.ask({ text: '<@UVERA> hi' });
    await worker.intake.accept(question);
    await expect.poll(() => worker.bedrock.requests.length).toBe(1);
    await worker.intake.close(20);
    expect(worker.text(question)).toBe('_I am being restarted and will go on with this in a moment._');
    await worker.intakeOf('worker-2').accept(question);
    await worker.closed(question);
    expect(worker.text(question)).toBe('The whole answer.');
  });

  test('gives back also what does not end, and what was not begun without counting an attempt', async () => {
    await using worker = await startScripted([]);
    const deaf = await worker.ask({ text: '<@UVERA> hi' });
    const intake = worker.intakeOf('worker-1', { answer: () => new Promise(() => {}) });
    await intake.accept(deaf);
    const from = performance.now();
    await intake.close(20);
    expect(performance.now() - from).toBeLessThan(5_000);
    expect(await worker.recordOf(deaf)).toMatchObject({ state: 'received', attempts: 1 });
  });

  test('shows nothing more of what it gave back, not even what was waiting for Slack', async () => {
    const shown = Promise.withResolvers<void>();
    await using worker = await startScripted([
      ['One. ', { until: shown.promise }, 'Two. ', { pauseMilliseconds: 30 }, 'Three. ', { hang: true }],
    ]);
    worker.slack.inject({ method: 'chat.appendStream', kind: 'delay', milliseconds: 1_500 });
    const question = await worker.ask({ text: '<@UVERA> hi' });
    await worker.intake.accept(question);
    await expect.poll(() => worker.text(question)).toContain('One.');
    shown.resolve();
    const appended = () => worker.slack.calls.filter(({ method }) => method === 'chat.appendStream');
    // Long enough for a slow machine to begin with the second piece, and shorter than Slack takes for it.
    await worker.intake.close(500);
    // What was under way arrives; nothing follows it.
    await expect.poll(appended).toHaveLength(1);
    await sleep(50);
    expect(appended()).toHaveLength(1);
    expect(worker.text(question)).toContain('One. Two. ');
  });

  test('whose lease was taken over stops writing', async () => {
    await using worker = await startScripted([['I begin. ', { hang: true }], 'The whole answer.']);
    const question = await worker.ask({ text: '<@UVERA> hi' });
    await worker.intake.accept(question);
    await expect.poll(() => worker.text(question)).toContain('I begin.');
    worker.pass(31_000);
    let taken = 'taken';
    while (taken === 'taken') {
      worker.pass(31_000);
      taken = await worker.intakeOf('worker-2').accept(question);
    }
    expect(await worker.closed(question)).toMatchObject({ state: 'answered' });
    await sleep(50);
    expect(worker.text(question)).toBe('The whole answer.');
  });
});

describe('a worker that was frozen while another one took over', () => {
  /** Everything the heartbeat would tell comes too late. */
  const frozen = { heartbeat: 60_000 };

  test('does not end an answer that is no longer its own', async () => {
    const taken = Promise.withResolvers<void>();
    await using worker = await startScripted([['I begin. ', { until: taken.promise }, 'I end.']], frozen);
    const question = await worker.ask({ text: '<@UVERA> hi' });
    await worker.intake.accept(question);
    await expect.poll(() => worker.text(question)).toContain('I begin.');
    worker.pass(31_000);
    await worker.leasedBy('worker-2', question);
    taken.resolve();
    await expect.poll(() => worker.health.ping().status).toBe('Healthy');
    expect(worker.replies(question).filter(({ metadata }) => metadata?.event_payload.outcome)).toEqual([]);
    expect(await worker.recordOf(question)).toMatchObject({ state: 'running', leaseOwner: 'worker-2' });
  });

  test('shows no more that it thinks', async () => {
    await using worker = await startScripted(['Never said.'], { ...frozen, slack: { agentFeatures: false }, leaseMilliseconds: 600 });
    worker.slack.inject({ method: 'assistant.threads.setStatus', kind: 'delay', milliseconds: 500 });
    const question = await worker.ask({ text: '<@UVERA> hi' });
    await worker.intake.accept(question);
    await expect.poll(() => worker.health.ping().status).toBe('Healthy');
    expect(worker.lines.map(({ event }) => event)).toContain('lease.ran-out');
    expect(worker.slack.calls.map(({ method }) => method)).not.toContain('chat.postMessage');
  });

  test('takes back what it began to say after that', async () => {
    const taken = Promise.withResolvers<void>();
    await using worker = await startScripted([[{ until: taken.promise }, 'I begin. ', { hang: true }]], frozen);
    const question = await worker.ask({ text: '<@UVERA> hi' });
    await worker.intake.accept(question);
    await expect.poll(() => worker.bedrock.requests.length).toBe(1);
    worker.pass(31_000);
    await worker.leasedBy('worker-2', question);
    taken.resolve();
    await expect.poll(() => worker.health.ping().status).toBe('Healthy');
    expect(worker.slack.calls.map(({ method }) => method)).toContain('chat.startStream');
    expect(worker.replies(question)).toEqual([]);
  });
});

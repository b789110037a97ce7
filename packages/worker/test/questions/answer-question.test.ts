import { readFeedbackValue } from '@vera/protocol/action';
import { pdfSample, pngSample } from '@vera/stand-in-kit/sample-files';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { tool } from '../../src/tools/tool.ts';
import { longAnswer } from '../reply/long-answer.ts';
import { pieceFaults } from '../reply/piece-faults.ts';
import { startScripted } from './start-scripted.ts';

describe('a question', () => {
  test('is answered in its thread once, its record closed, its session left, with buttons that name it', async () => {
    await using worker = await startScripted([['Bob is ', 'on call.']]);
    const question = await worker.ask({ text: '<@UVERA> who is on call?' });
    expect(await worker.intake.accept(question)).toBe('started');
    expect(worker.health.ping().status).toBe('HealthyBusy');
    const record = await worker.closed(question);
    expect(record).toMatchObject({ state: 'answered', attempts: 1, replies: worker.replies(question).map(({ ts }) => ts) });
    expect(worker.text(question)).toBe('Bob is on call.');
    expect(worker.slack.session('COPS', question.threadTs)).toEqual({ status: 'active' });
    const buttons = JSON.stringify(worker.replies(question)[0]?.blocks?.at(-1));
    expect(readFeedbackValue(/good:[\d.]+/.exec(buttons)?.[0] ?? '')).toEqual({ rating: 'good', messageTs: question.messageTs });
  });

  test('that opens its thread costs no look at a thread in which nothing can stand, a later one and a second attempt do', async () => {
    await using worker = await startScripted(['One.', 'Two.', 'Three.']);
    const looks = () => worker.slack.calls.filter(({ method }) => method === 'conversations.replies').length;
    const queries = () => worker.awsRecord.calls.filter(({ action }) => action === 'dynamodb:Query').length;
    const first = await worker.ask({ text: '<@UVERA> first' });
    await worker.intake.accept(first);
    expect([looks(), queries()]).toEqual([0, 0]);
    await worker.closed(first);
    expect(looks()).toBe(0);
    const second = await worker.ask({ text: '<@UVERA> second', threadTs: first.messageTs });
    await worker.intake.accept(second);
    await worker.closed(second);
    expect(looks()).toBe(1);
    const again = await worker.ask({ text: '<@UVERA> again' });
    const lease = await worker.leasedBy('dead', again);
    await lease.noteReply('1700000000.000100');
    worker.pass(31_000);
    await worker.intake.accept(again);
    await worker.closed(again);
    expect(looks()).toBe(2);
  });

  test('R9 with a file reaches the model with it', async () => {
    await using worker = await startScripted(['A picture.']);
    const bytes = pngSample();
    const question = await worker.ask({ text: '', channel: 'DANN', files: [{ name: 'a.png', mimetype: 'image/png', bytes }] });
    await worker.intake.accept(question);
    await worker.closed(question);
    expect(worker.bedrock.requests[0]?.messages[0]?.content).toEqual([
      { text: 'ann: (no words)' },
      { image: { format: 'png', source: { bytes: Buffer.from(bytes).toString('base64') } } },
      expect.anything(),
    ]);
  });

  test('B12 with files no model reads names them, with the reason, and so does every later question of the thread', async () => {
    await using worker = await startScripted(['I cannot see it.', 'Still not.']);
    const files = [
      { name: 'screen.png', mimetype: 'image/png', bytes: pngSample().subarray(0, 20) },
      { name: 'a.webp', mimetype: 'image/webp', bytes: Buffer.from('RIFF\u0004\0\0\0WAVE') },
      { name: 'wide.png', mimetype: 'image/png', bytes: pngSample(30_000, 900) },
      { name: 'locked.pdf', mimetype: 'application/pdf', bytes: pdfSample({ isProtected: true }) },
    ];
    const first = await worker.ask({ text: 'what is this?', channel: 'DANN', files });
    await worker.intake.accept(first);
    expect(await worker.closed(first)).toMatchObject({ state: 'answered' });
    const later = await worker.ask({ text: 'and now?', channel: 'DANN', threadTs: first.messageTs });
    await worker.intake.accept(later);
    expect(await worker.closed(later)).toMatchObject({ state: 'answered' });
    for (const { messages } of worker.bedrock.requests) {
      const told = JSON.stringify(messages);
      for (const { name } of files) expect(told).toContain(`(File \\"${name}\\" is not shown: `);
    }
  });

  test('R19 after blank turns, failures and our own words last is answered', async () => {
    await using worker = await startScripted(['Fine.']);
    const root = worker.slack.post({ user: 'UDEPLOY', channel: 'COPS', text: 'Deployed.' });
    for (const text of ['\u200b \u00a0', '_ _']) await worker.call('chat.postMessage', { channel: 'COPS', thread_ts: root.ts, text });
    const question = await worker.ask({ text: '<@UVERA>', threadTs: root.ts });
    await worker.intake.accept(question);
    expect(await worker.closed(question)).toMatchObject({ state: 'answered' });
  });

  test('is answered where there are no agent features, tools or not', async () => {
    const greet = tool({ name: 'greet', title: 'Greeting', description: 'x', inputSchema: z.object({}), callback: () => 'Hello' });
    await using worker = await startScripted([[{ call: 'greet', input: {} }], 'Greeted.'], {
      toolsFor: () => [greet],
      slack: { agentFeatures: false },
    });
    const question = await worker.ask({ text: '<@UVERA> greet' });
    await worker.intake.accept(question);
    expect(await worker.closed(question)).toMatchObject({ state: 'answered' });
    expect(worker.text(question)).toBe('Greeted.');
  });

  test('R14 whose stream dies at 60 % is answered whole, and the agent ran exactly once', async () => {
    const text = longAnswer(6_339);
    await using worker = await startScripted([
      [{ say: text.slice(0, 3_800), pieceLength: 200 }, { pauseMilliseconds: 150 }, { say: text.slice(3_800), pieceLength: 200 }],
    ]);
    const question = await worker.ask({ text: '<@UVERA> all of it' });
    await worker.intake.accept(question);
    await expect.poll(() => worker.text(question).length, { interval: 2 }).toBeGreaterThan(2_500);
    worker.slack.advance(301_000);
    expect(await worker.closed(question)).toMatchObject({ state: 'answered', attempts: 1 });
    expect(
      pieceFaults(
        worker.replies(question).map(({ markdown, text: plain }) => markdown ?? plain),
        text,
      ),
    ).toEqual([]);
    expect(worker.bedrock.requests).toHaveLength(1);
    expect(worker.slack.session('COPS', question.threadTs)?.status).toBe('active');
  });

  test('R26 and another one at once, in other threads, do not mix', async () => {
    const asked = tool({
      name: 'echo',
      title: 'Echo',
      description: 'x',
      inputSchema: z.object({ text: z.string() }),
      callback: ({ text }) => text,
    });
    await using worker = await startScripted(
      ({ messages }) => {
        const [first, , result] = messages.map(({ content }) => content[0]);
        if (result) return `You said ${result.toolResult?.content[0]?.text}`;
        return [{ pauseMilliseconds: 10 }, { call: 'echo', input: { text: first?.text } }];
      },
      { toolsFor: () => [asked] },
    );
    const users = ['UANN', 'UBOB', 'UANN', 'UBOB', 'UANN', 'UBOB'];
    const questions = await Promise.all(users.map((user, index) => worker.ask({ user, text: `<@UVERA> number ${index}` })));
    await Promise.all(questions.map((question) => worker.intake.accept(question)));
    await Promise.all(questions.map((question) => worker.closed(question)));
    expect(questions.map((question) => worker.text(question))).toEqual(
      users.map((user, index) => `You said ${user === 'UANN' ? 'ann' : 'bob'}: number ${index}`),
    );
  });
});

describe('a question without an answer ends with words that say why', () => {
  test.each([
    ['access-denied', 'not-permitted', /not permitted/],
    ['throttled', 'throttled', /more requests/],
    ['unavailable', 'unavailable', /not available/],
    ['timeout-408', 'timed-out', /not finish in time/],
  ] as const)('R23 %s', async (kind, reason, words) => {
    await using worker = await startScripted(() => 'never');
    worker.bedrock.inject({ kind, times: 9 });
    const question = await worker.ask({ text: '<@UVERA> hi' });
    await worker.intake.accept(question);
    expect(await worker.closed(question)).toMatchObject({ state: 'failed', reason });
    expect(worker.text(question)).toMatch(words);
    expect(worker.text(question)).toContain(`_Question ${question.id}_`);
    expect(worker.replies(question)).toHaveLength(1);
    expect(JSON.stringify(worker.replies(question))).not.toContain('feedback_buttons');
    expect(worker.slack.session('COPS', question.threadTs)?.status).toBe('active');
  });

  test('R23 secrets and ARNs in an error stay out of the thread and are masked in the log', async () => {
    await using worker = await startScripted(() => 'never');
    const message = 'role arn:aws:sts::123456789012:assumed-role/worker failed with xoxb-1234-abcd and Bearer abc.def';
    worker.bedrock.inject({ kind: 'validation', message, times: 9 });
    const question = await worker.ask({ text: '<@UVERA> hi' });
    await worker.intake.accept(question);
    expect(await worker.closed(question)).toMatchObject({ state: 'failed', reason: 'unexpected' });
    expect(JSON.stringify(worker.replies(question))).not.toMatch(/arn:aws|xoxb|Bearer|assumed-role/);
    expect(worker.lines.find(({ event }) => event === 'agent.failed')).toMatchObject({ question: question.id, code: 'unexpected' });
    expect(JSON.stringify(worker.lines)).not.toMatch(/xoxb-1234|Bearer abc/);
  });

  test('a model that says nothing', async () => {
    await using worker = await startScripted([[]]);
    const question = await worker.ask({ text: '<@UVERA> hi' });
    await worker.intake.accept(question);
    expect(await worker.closed(question)).toMatchObject({ state: 'failed', reason: 'empty' });
    expect(worker.text(question)).toMatch(/gave no answer/);
  });

  test('a policy that steps in', async () => {
    await using worker = await startScripted(['x']);
    worker.bedrock.inject({ kind: 'stop-reason', reason: 'guardrail_intervened', message: 'Not here.' });
    const question = await worker.ask({ text: '<@UVERA> hi' });
    await worker.intake.accept(question);
    expect(await worker.closed(question)).toMatchObject({ state: 'failed', reason: 'blocked' });
    expect(worker.text(question)).toMatch(/content rules/);
  });

  test('an answer cut at its greatest length keeps what there is and counts as answered', async () => {
    await using worker = await startScripted(['word '.repeat(400)], { agent: { maxTokens: 200 } });
    const question = await worker.ask({ text: '<@UVERA> hi' });
    await worker.intake.accept(question);
    expect(await worker.closed(question)).toMatchObject({ state: 'answered', reason: 'cut' });
    expect(worker.text(question)).toMatch(/^word [\s\S]*word\s+The answer reached its greatest length/);
  });

  test('one that takes too long', async () => {
    await using worker = await startScripted([['I begin. ', { hang: true }]], { patience: 2_500 });
    const question = await worker.ask({ text: '<@UVERA> hi' });
    await worker.intake.accept(question);
    expect(await worker.closed(question)).toMatchObject({ state: 'failed', reason: 'timed-out' });
    expect(worker.text(question)).toMatch(/^I begin\.\s+I did not finish in time/);
  });

  test('a thread that is gone is closed and written to no more', async () => {
    await using worker = await startScripted(['x']);
    const root = worker.slack.post({ user: 'UANN', channel: 'COPS', text: 'The printer is on fire.' });
    const question = await worker.ask({ text: '<@UVERA> hi', threadTs: root.ts });
    for (const ts of [question.messageTs, root.ts]) worker.slack.remove({ user: 'UANN', channel: 'COPS', ts });
    await worker.intake.accept(question);
    expect(await worker.closed(question)).toMatchObject({ state: 'failed', reason: 'thread-gone' });
    expect(worker.bedrock.requests).toEqual([]);
    expect(worker.slack.messages('COPS').filter(({ user }) => user === 'UVERA')).toEqual([]);
  });

  test('one that opened its thread and is gone is closed, and nothing is written below the channel', async () => {
    await using worker = await startScripted(['x']);
    const question = await worker.ask({ text: '<@UVERA> hi' });
    worker.slack.remove({ user: 'UANN', channel: 'COPS', ts: question.messageTs });
    await worker.intake.accept(question);
    expect(await worker.closed(question)).toMatchObject({ state: 'failed', reason: expect.stringMatching(/^undeliverable:/) });
    expect(worker.slack.messages('COPS').filter(({ user }) => user === 'UVERA')).toEqual([]);
  });

  test('a thread that goes while it is answered is closed, too', async () => {
    await using worker = await startScripted([['One. ', { pauseMilliseconds: 100 }, 'Two.']]);
    const question = await worker.ask({ text: '<@UVERA> hi' });
    await worker.intake.accept(question);
    await expect.poll(() => worker.text(question)).toContain('One.');
    worker.slack.remove({ user: 'UVERA', channel: 'COPS', ts: worker.replies(question)[0]?.ts ?? '' });
    worker.slack.remove({ user: 'UANN', channel: 'COPS', ts: question.messageTs });
    expect(await worker.closed(question)).toMatchObject({ state: 'failed', reason: expect.stringMatching(/^undeliverable:/) });
    expect(worker.slack.messages('COPS').filter(({ user }) => user === 'UVERA')).toEqual([]);
  });

  test('an answer Slack refuses for good is closed with Slack’s reason', async () => {
    await using worker = await startScripted(['x']);
    const refuse = { kind: 'error', times: Number.POSITIVE_INFINITY } as const;
    worker.slack.inject({ ...refuse, method: 'chat.startStream', error: 'channel_type_not_supported' });
    worker.slack.inject({ ...refuse, method: 'chat.postMessage', error: 'restricted_action' });
    const question = await worker.ask({ text: '<@UVERA> hi' });
    await worker.intake.accept(question);
    expect(await worker.closed(question)).toMatchObject({ state: 'failed', reason: 'undeliverable:restricted_action' });
  });
});

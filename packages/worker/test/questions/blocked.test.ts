import { scriptedModel } from '@vera/bedrock-stand-in/scripted-model';
import { createLog } from '@vera/service-kit/log';
import { describe, expect, test } from 'vitest';
import { northwind } from '../northwind.ts';
import { startScripted } from './start-scripted.ts';

const guardrail = { id: 'guardrail01', version: '1' };
const guarded = { agent: { guardrail } };
const salary = '<@UVERA> how high is the salary of Bob?';

type Worker = Awaited<ReturnType<typeof startScripted>>;

async function answered(worker: Worker, message: Parameters<Worker['ask']>[0], changes: Parameters<Worker['ask']>[1] = {}) {
  const question = await worker.ask(message, changes);
  await worker.intake.accept(question);
  return { question, record: await worker.closed(question) };
}

describe('R22 a question that the guardrail stops', () => {
  test('is told so with the policy and what to change, and no word of it is seen again in the thread by anybody, after a restart too', async () => {
    await using worker = await startScripted(['Twenty days.', 'Thirty days.', 'In the handbook.'], guarded);
    const { question, record } = await answered(worker, { text: salary });
    expect(record).toMatchObject({ state: 'failed', reason: 'blocked' });
    expect(worker.text(question)).toContain('stopped your question, because of the topic “Salaries”. Please ask it without that part.');
    expect(worker.replies(question)).toHaveLength(1);
    const thread = { threadTs: question.threadTs };
    expect((await answered(worker, { text: '<@UVERA> thanks, what is the leave policy?', ...thread })).record?.state).toBe('answered');
    expect((await answered(worker, { text: '<@UVERA> and mine?', user: 'UBOB', ...thread })).record?.state).toBe('answered');
    const later = await worker.ask({ text: '<@UVERA> where is that?', user: 'UBOB', ...thread });
    await worker.intakeOf('worker-2').accept(later);
    expect((await worker.closed(later))?.state).toBe('answered');
    const [, ...after] = worker.bedrock.requests;
    expect(after).toHaveLength(3);
    expect(JSON.stringify(after)).not.toMatch(/salary/);
  });

  test('M17 is not seen by the shortcut on it either', async () => {
    await using worker = await startScripted(['It was stopped.'], guarded);
    const { question } = await answered(worker, { text: salary });
    const quotes = [{ authorId: 'UANN', text: salary }];
    const about = { threadTs: question.threadTs, shortcut: { about: question.messageTs }, quotes };
    const { record } = await answered(worker, { text: '', threadTs: question.threadTs, user: 'UBOB' }, about);
    expect(record?.state).toBe('answered');
    expect(JSON.stringify(worker.bedrock.requests.at(-1))).toContain('The content rules of this workspace stopped this message.');
    expect(JSON.stringify(worker.bedrock.requests.at(-1))).not.toMatch(/salary/);
  });

  test('M17 and what somebody else said above it is found to be to blame, and left out from then on', async () => {
    await using worker = await startScripted(['Twenty days.'], guarded);
    const root = worker.slack.post({ user: 'UBOB', channel: 'COPS', text: 'The salary of Ann is a joke.' });
    worker.slack.post({ user: 'UBOB', channel: 'COPS', text: 'How many days do we get?', threadTs: root.ts });
    const { question } = await answered(worker, { text: '<@UVERA> do you know?', threadTs: root.ts });
    expect(worker.text(question)).toContain('stopped something that was said above, because of the topic “Salaries”');
    expect(JSON.stringify(worker.replies(question))).toContain('retry');
    const { record } = await answered(worker, { text: '<@UVERA> so?', threadTs: root.ts });
    expect(record?.state).toBe('answered');
    const last = JSON.stringify(worker.bedrock.requests.at(-1)?.messages);
    expect(last).not.toContain('joke');
    expect(last).toMatch(/How many days[\s\S]*do you know\?[\s\S]*so\?/);
  });

  test.each([
    ['the root, above more messages than are read', 0, 'the salary of Bob is 1'],
    ['one of many', 7, 'the salary of Bob is 1'],
  ])('M17 and is found where it is %s, so that the thread goes on', async (_, place, words) => {
    await using worker = await startScripted(['Twenty days.'], guarded);
    const root = worker.slack.post({ user: 'UBOB', channel: 'COPS', text: place === 0 ? words : 'How many days?' });
    for (let reply = 1; reply <= 60; reply += 1)
      worker.slack.post({ user: 'UBOB', channel: 'COPS', text: reply === place ? words : `Reply ${reply}`, threadTs: root.ts });
    const { question } = await answered(worker, { text: '<@UVERA> do you know?', threadTs: root.ts });
    expect(worker.text(question)).toContain('stopped something that was said above, because of the topic “Salaries”');
    expect((await answered(worker, { text: '<@UVERA> so?', threadTs: root.ts })).record?.state).toBe('answered');
    expect(JSON.stringify(worker.bedrock.requests.at(-1)?.messages)).toMatch(/Reply 2"?[\s\S]*Reply 60[\s\S]*so\?/);
  });

  test('M17 and where nobody is found to be to blame, all that was said since the latest answer is left out', async () => {
    await using worker = await startScripted(['Twenty days.'], guarded);
    const root = worker.slack.post({ user: 'UBOB', channel: 'COPS', text: 'How many days?' });
    worker.slack.post({ user: 'UBOB', channel: 'COPS', text: 'the salary of <@UANN>', threadTs: root.ts });
    worker.bedrock.applyGuardrail.inject({ kind: 'throttled', times: 99 });
    expect((await answered(worker, { text: '<@UVERA> do you know?', threadTs: root.ts })).record?.reason).toBe('blocked');
    expect((await answered(worker, { text: '<@UVERA> so?', threadTs: root.ts })).record?.state).toBe('answered');
    expect(JSON.stringify(worker.bedrock.requests.at(-1)?.messages)).not.toMatch(/salary|do you know/);
  });

  test('M17 a mark of somebody else stops nothing', async () => {
    await using worker = await startScripted(['Twenty days.'], guarded);
    const root = worker.slack.post({ user: 'UANN', channel: 'COPS', text: 'We get twenty days.' });
    const metadata = { event_type: 'vera_reply', event_payload: { question: 'q', piece: 1, blocked: [root.ts] } };
    worker.slack.post({ user: 'UDEPLOY', channel: 'COPS', text: 'Deployed.', threadTs: root.ts, metadata } as never);
    await answered(worker, { text: '<@UVERA> how many days?', threadTs: root.ts });
    expect(JSON.stringify(worker.bedrock.requests.at(-1)?.messages)).toContain('We get twenty days.');
  });
});

describe('what was said above an answer and was never the latest', () => {
  const gil = { id: 'UGIL', name: 'gil', realName: 'Gil', guest: 'multi' } as const;
  const channels = northwind.channels.map((one) => (one.id === 'COPS' ? { ...one, members: [...one.members, 'UGIL'] } : one));
  const slack = { workspace: { ...northwind, users: [...northwind.users, gil], channels } };

  const ways = {
    'a guest’s, who is answered without a model': async (worker: Worker) =>
      (await answered(worker, { text: salary, user: 'UGIL' })).question.threadTs,
    'somebody’s who wrote while Vera answered': async (worker: Worker) => {
      const seen = Promise.withResolvers<void>();
      const question = await worker.ask({ text: '<@UVERA> how many days?' });
      worker.bedrock.useModel(scriptedModel([[{ say: 'Twenty ', pieceLength: 7 }, { until: seen.promise }, 'days.'], 'Fine.', 'Fine.']));
      await worker.intake.accept(question);
      await expect.poll(() => worker.bedrock.requests.length).toBe(1);
      worker.slack.post({ user: 'UBOB', channel: 'COPS', text: salary, threadTs: question.threadTs });
      seen.resolve();
      await worker.closed(question);
      return question.threadTs;
    },
    'edited since': async (worker: Worker) => {
      const { question } = await answered(worker, { text: '<@UVERA> how many days?' });
      worker.slack.edit({ user: 'UANN', channel: 'COPS', ts: question.messageTs, text: salary });
      return question.threadTs;
    },
  };

  test.each(Object.entries(ways))(
    'is judged before the model reads it, and left out, while the question is answered: %s',
    async (_, say) => {
      await using worker = await startScripted(() => 'Twenty.', { ...guarded, slack });
      const threadTs = await say(worker);
      for (const text of ['<@UVERA> so?', '<@UVERA> and now?']) {
        const { question, record } = await answered(worker, { text, threadTs });
        expect(record?.state).toBe('answered');
        expect(JSON.stringify(worker.bedrock.requests.at(-1)?.messages)).not.toContain('salary');
        expect(JSON.stringify(worker.replies(question))).toContain(
          'kept back something that was said above, because of the topic “Salaries”',
        );
      }
    },
  );
});

describe('R22 an answer that the guardrail stops', () => {
  const clean = 'One sentence of no harm at all. ';
  const secret = 'The salary of Bob is high.';

  test.each([
    ['in its first message', clean.repeat(20), 1],
    ['in its third message', clean.repeat(350), 3],
  ])('M19 is taken back %s: only the explanation stands in the thread', async (_, before, messages) => {
    const seen = Promise.withResolvers<void>();
    const script = [{ say: before, pieceLength: 400 }, { until: seen.promise }, `${secret} ${clean}`];
    await using worker = await startScripted([script, 'Fine.'], { agent: { guardrail, maxTokens: 20_000 } });
    const question = await worker.ask({ text: '<@UVERA> tell me' });
    await worker.intake.accept(question);
    await expect.poll(() => worker.replies(question).length, { timeout: 10_000 }).toBeGreaterThanOrEqual(messages);
    seen.resolve();
    expect(await worker.closed(question)).toMatchObject({ state: 'failed', reason: 'blocked' });
    expect(worker.bedrock.requests[0]?.guardrailConfig).toMatchObject({ streamProcessingMode: 'sync', trace: 'enabled' });
    expect(worker.replies(question)).toHaveLength(1);
    expect(worker.text(question)).toMatch(
      /^I had an answer, but the content rules of this workspace stopped it, because of the topic “Salaries”, and I took it back/,
    );
    expect(JSON.stringify(worker.replies(question))).not.toContain('One sentence');
    // The question did nothing: it is there for what is asked next.
    expect((await answered(worker, { text: '<@UVERA> go on', threadTs: question.threadTs })).record?.state).toBe('answered');
    expect(JSON.stringify(worker.bedrock.requests.at(-1)?.messages)).toContain('tell me');
  });

  test('M19 is overwritten where Slack lets nothing be deleted', async () => {
    await using worker = await startScripted([[{ say: `${clean.repeat(20)}${secret}`, pieceLength: 400 }]], guarded);
    worker.slack.inject({ kind: 'error', method: 'chat.delete', error: 'cant_delete_message', times: Number.POSITIVE_INFINITY });
    const { question } = await answered(worker, { text: '<@UVERA> tell me' });
    expect(worker.replies(question)).toHaveLength(2);
    expect(JSON.stringify(worker.replies(question))).not.toContain('One sentence');
  });

  test('M18 and one in which values are masked is answered, with a line that says so', async () => {
    await using worker = await startScripted(['Write to ann@northwind.test, or to bob@northwind.test.'], guarded);
    const { question, record } = await answered(worker, { text: '<@UVERA> whom do I write to?' });
    expect(record?.state).toBe('answered');
    expect(worker.text(question)).toBe('Write to {EMAIL}, or to {EMAIL}.');
    expect(JSON.stringify(worker.replies(question))).toContain('The content rules of this workspace masked values here: e-mail address.');
  });

  test.each([
    [
      'is masked',
      {
        outputAssessments: {
          g: [{ sensitiveInformationPolicy: { piiEntities: [{ type: 'EMAIL', match: 'a@b.c', action: 'ANONYMIZED' }] } }],
        },
      },
      'answered',
    ],
    ['has a topic beside it', { outputAssessments: { g: [{ topicPolicy: { topics: [{ name: 'Pay', action: 'BLOCKED' }] } }] } }, 'failed'],
    ['is told without any assessment', {}, 'failed'],
  ] as const)('M18 M20 an answer that %s', async (_, trace, state) => {
    await using worker = await startScripted(['x'], guarded);
    worker.bedrock.inject({ kind: 'stop-reason', reason: 'guardrail_intervened', message: 'Write to {EMAIL}', trace });
    const { question, record } = await answered(worker, { text: '<@UVERA> hi' });
    expect(record?.state).toBe(state);
    expect(worker.text(question).includes('Write to {EMAIL}')).toBe(state === 'answered');
  });
});

test.each([
  ['question', 'x', '<@UVERA> is 078-05-1120 mine?', 'blocked'],
  ['answer', 'It is 078-05-1120.', '<@UVERA> what is it?', 'blocked'],
  ['masked question', 'Yes.', '<@UVERA> is NW-123456 mine?', undefined],
  ['masked answer', 'It is NW-123456.', '<@UVERA> what is it?', undefined],
])(
  'M21 what the guardrail found in the %s is in no log line, record or message, with all of it logged',
  async (where, says, text, reason) => {
    const found = /078-05-1120|NW-123456/;
    const lines: string[] = [];
    const log = createLog({ service: 'worker', write: (line) => lines.push(line), debugEnabled: true });
    await using worker = await startScripted([says], { debugEnabled: true, agent: { guardrail, log } });
    const { question, record } = await answered(worker, { text });
    expect(record?.reason).toBe(reason);
    expect(JSON.stringify([worker.lines, lines, worker.replies(question)])).not.toMatch(found);
    // What was asked is kept with the question, as ever.
    if (where.endsWith('answer')) expect(JSON.stringify(record)).not.toMatch(found);
  },
);

import { classify } from '@vera/protocol/classify';
import type { Question } from '@vera/protocol/question';
import { askShortcutId } from '@vera/protocol/shortcut';
import type { SlackEmulatorOptions } from '@vera/slack-stand-in/contract';
import type { SlackMessage } from '@vera/slack-stand-in/slack-message';
import { listen } from '@vera/stand-in-kit/listen';
import { describe, expect, test } from 'vitest';
import type { Agent, AgentTask } from '../../src/agent/agent.ts';
import { northwind } from '../northwind.ts';
import { startWorker } from './start-worker.ts';

const channels = [
  ...northwind.channels,
  { id: 'CSHARED', name: 'shared', kind: 'channel' as const, members: ['UANN', 'UVERA'], isExtShared: true },
  { id: 'CAWAY', name: 'away', kind: 'channel' as const, members: ['UANN'] },
  { id: 'GAWAY', name: 'board', kind: 'group' as const, members: ['UANN'] },
  { id: 'DAWAY', name: 'both', kind: 'im' as const, members: ['UANN', 'UBOB'] },
];

/** The worker, and people who click: each click is read from what Slack really posts. */
async function started(options: Partial<SlackEmulatorOptions> = {}) {
  const runs: AgentTask[] = [];
  const agent: Agent = async function* (run) {
    runs.push(run);
    yield { kind: 'text', text: 'It is about settlement.' };
    yield { kind: 'ended', reason: 'completed' };
  };
  const worker = await startWorker({ agent, slack: { workspace: { ...northwind, channels }, ...options } });
  const posted: string[] = [];
  const app = await listen(async (request) => {
    const body = await request.text();
    const { challenge } = body.startsWith('{') ? (JSON.parse(body) as { challenge?: string }) : {};
    if (body.startsWith('payload=')) posted.push(body);
    return challenge === undefined ? new Response(null) : Response.json({ challenge });
  });
  await worker.slack.subscribe({ events: app.url, interactivity: app.url });
  return {
    ...worker,
    runs,
    /** Ann clicks, the receiver records it, and the worker is brought it. */
    async ask({ channel, ts }: Pick<SlackMessage, 'channel' | 'ts'>, actionTs?: string): Promise<Question> {
      await worker.slack.shortcut({ user: 'UANN', channel, ts, callbackId: askShortcutId, ...(actionTs ? { actionTs } : {}) });
      const body = new TextEncoder().encode(posted.at(-1));
      const verdict = classify(body, 'application/x-www-form-urlencoded', { allowedBotIds: [] });
      if (verdict.kind !== 'question') throw new Error(JSON.stringify(verdict));
      await worker.inbox.record(verdict.question);
      await worker.intake.accept(verdict.question);
      return verdict.question;
    },
    said: () => JSON.stringify(runs.at(-1)?.turns),
    async [Symbol.asyncDispose]() {
      await worker[Symbol.asyncDispose]();
      await app[Symbol.asyncDispose]();
    },
  };
}

describe('"Ask Vera about this"', () => {
  test('is answered in the thread of the message, which the model gets as its author’s data, and says who asked', async () => {
    await using worker = await started();
    const message = worker.slack.post({ user: 'UBOB', channel: 'COPS', text: 'Settlement lags' });
    const question = await worker.ask(message);
    expect(await worker.closed(question)).toMatchObject({ state: 'answered' });
    expect(worker.text(question)).toContain('<@UANN> asked me about this message.');
    expect(worker.text(question)).toContain('It is about settlement.');
    expect(worker.replies(question).every(({ thread_ts }) => thread_ts === message.ts)).toBe(true);
    expect(worker.said()).toContain('ann: (asks about this message)');
    expect(worker.said()).toContain('<data from=\\"bob, quoted by ann\\">\\nSettlement lags');
  });

  test('on a reply says that it is about a message above, and reads what was said until the click', async () => {
    await using worker = await started();
    const root = worker.slack.post({ user: 'UBOB', channel: 'COPS', text: 'root' });
    const reply = worker.slack.post({ user: 'UBOB', channel: 'COPS', text: 'this one', threadTs: root.ts });
    worker.slack.post({ user: 'UBOB', channel: 'COPS', text: 'said after it', threadTs: root.ts });
    const question = await worker.ask(reply);
    expect(await worker.closed(question)).toMatchObject({ state: 'answered' });
    expect(worker.text(question)).toContain('asked me about a message above');
    expect(worker.said()).toContain('said after it');
  });

  test('on an alert of a bot, which has no words but its attachments', async () => {
    await using worker = await started();
    const alert = { user: 'UDEPLOY', channel: 'COPS', text: '', attachments: [{ title: 'INC-7', text: 'Disk is full' }] };
    const question = await worker.ask(worker.slack.post(alert));
    await worker.closed(question);
    expect(worker.said()).toContain('Disk is full');
  });

  test('in a direct message with Vera needs no word about who asked', async () => {
    await using worker = await started();
    const question = await worker.ask(worker.slack.post({ user: 'UANN', channel: 'DANN', text: 'hm' }));
    expect(await worker.closed(question)).toMatchObject({ state: 'answered' });
    expect(worker.text(question)).toBe('It is about settlement.');
  });

  test.each([
    ['a channel shared with another company', {}, 'CSHARED'],
    [
      'a channel of which Slack does not say whether it is',
      { workspace: { ...northwind, channels, botScopes: ['chat:write', 'users:read', 'channels:history'] } },
      'COPS',
    ],
  ])('in %s asks no model and tells where to ask', async (_, options, channel) => {
    await using worker = await started(options);
    const question = await worker.ask(worker.slack.post({ user: 'UANN', channel, text: 'hm' }));
    expect(await worker.closed(question)).toMatchObject({ state: 'answered' });
    expect(worker.runs).toEqual([]);
    expect(worker.text(question)).toContain('Colleagues can ask me in an internal channel');
  });

  test.each(['CAWAY', 'GAWAY', 'DAWAY'])(
    'in %s, where Vera is not, is told to whoever clicked, and nothing is said anywhere',
    async (channel) => {
      await using worker = await started();
      const question = await worker.ask(worker.slack.post({ user: 'UANN', channel, text: 'hm' }));
      expect(await worker.closed(question)).toMatchObject({ state: 'stopped', reason: 'not-a-member' });
      expect(worker.slack.ephemerals('UANN')).toMatchObject([
        { channel, text: expect.stringContaining('I cannot answer under this message') },
      ]);
      expect(worker.runs).toEqual([]);
      expect(worker.slack.calls.filter(({ method }) => /^(chat|agents|assistant)/.test(method))).toEqual([]);
    },
  );

  test('where Vera may read and not write is told to whoever clicked', async () => {
    await using worker = await started();
    for (const method of ['chat.startStream', 'chat.postMessage']) {
      worker.slack.inject({
        method,
        kind: 'error',
        error: method === 'chat.startStream' ? 'channel_not_found' : 'restricted_action',
        times: Number.POSITIVE_INFINITY,
      });
    }
    const question = await worker.ask(worker.slack.post({ user: 'UANN', channel: 'COPS', text: 'hm' }));
    expect(await worker.closed(question)).toMatchObject({ state: 'failed' });
    expect(worker.slack.ephemerals('UANN')).toMatchObject([{ text: expect.stringContaining('may not write here') }]);
  });

  test('on a message that only the asker sees, or that is gone by now, is told to them', async () => {
    await using worker = await started();
    await worker.call('chat.postEphemeral', { channel: 'COPS', user: 'UANN', text: 'psst' });
    const hidden = worker.slack.ephemerals('UANN')[0] as SlackMessage;
    expect(await worker.closed(await worker.ask(hidden))).toMatchObject({ state: 'failed', reason: 'thread-gone' });
    expect(worker.slack.ephemerals('UANN').at(-1)?.text).toContain('the message is gone');
    expect(worker.runs).toEqual([]);
    expect(worker.slack.messages('COPS')).toEqual([]);
  });

  test('clicked twice within seconds is answered once; clicked again later, or by another click on another message, again', async () => {
    await using worker = await started();
    const message = worker.slack.post({ user: 'UBOB', channel: 'COPS', text: 'Settlement lags' });
    const at = (seconds: number) => (Number(message.ts) + seconds).toFixed(6);
    const [first, second] = [await worker.ask(message, at(1)), await worker.ask(message, at(1.4))];
    expect(await worker.closed(first)).toMatchObject({ state: 'answered' });
    expect(await worker.closed(second)).toMatchObject({ state: 'stopped', reason: 'asked-twice' });
    expect(worker.runs).toHaveLength(1);
    expect(await worker.closed(await worker.ask(message, at(60)))).toMatchObject({ state: 'answered' });
    expect(worker.runs).toHaveLength(2);
  });
});

import { toMetadata } from '@vera/slack/reply-mark';
import { createSlackCalls } from '@vera/slack/slack-calls';
import type { SlackEmulatorOptions } from '@vera/slack-stand-in/contract';
import { createSlackEmulator } from '@vera/slack-stand-in/create-slack-emulator';
import { describe, expect, test } from 'vitest';
import { createShowStatus } from '../../src/reply/status.ts';
import { northwind } from '../northwind.ts';
import { questionOf } from '../question.ts';

async function start(options: Partial<SlackEmulatorOptions> = {}) {
  const slack = await createSlackEmulator({ workspace: northwind, ...options });
  const call = createSlackCalls({ token: northwind.botToken, apiUrl: `${slack.url}/api/` });
  const showStatus = createShowStatus(call);
  const root = slack.post({ user: 'UANN', channel: 'COPS', text: '<@UVERA> hi' });
  return {
    slack,
    call,
    showStatus,
    question: questionOf({ messageTs: root.ts }),
    session: () => slack.session('COPS', root.ts),
    ours: () => slack.messages('COPS', root.ts).filter(({ user }) => user === 'UVERA'),
    methods: () => slack.calls.map(({ method }) => method),
    [Symbol.asyncDispose]: () => slack[Symbol.asyncDispose](),
  };
}
const noSessions = {
  method: 'agents.sessions.setStatus',
  kind: 'error',
  error: 'feature_disabled',
  times: Number.POSITIVE_INFINITY,
} as const;

describe('a status', () => {
  test('is an agent session in processing, without a name in a channel, and left when cleared', async () => {
    await using started = await start();
    const status = started.showStatus(started.question);
    expect(await status.shown).toBe('session');
    expect(started.session()).toEqual({ status: 'processing' });
    expect(await status.placeholder()).toBeUndefined();
    await status.clear();
    expect(started.session()?.status).toBe('active');
  });

  test('falls back to the older line, which is cleared, too', async () => {
    await using started = await start();
    started.slack.inject(noSessions);
    const status = started.showStatus(started.question);
    expect(await status.shown).toBe('legacy');
    expect(started.session()).toMatchObject({ legacyStatus: 'is thinking…' });
    expect(JSON.parse(String(started.slack.calls.at(-1)?.args.loading_messages))).toEqual(['Looking things up…', 'Writing the answer…']);
    await status.clear();
    expect(started.session()?.legacyStatus).toBeUndefined();
  });

  test('says what is done for this question: a thread is read, files are opened', async () => {
    await using started = await start();
    started.slack.inject(noSessions);
    const reply = started.slack.post({ user: 'UBOB', channel: 'COPS', threadTs: started.question.threadTs, text: 'and?' });
    const files = [{ name: 'a.png', mimetype: 'image/png', size: 1 }];
    await started.showStatus(questionOf({ messageTs: reply.ts, threadTs: started.question.threadTs, files })).shown;
    expect(JSON.parse(String(started.slack.calls.at(-1)?.args.loading_messages))).toEqual([
      'Reading the thread…',
      'Opening the files…',
      'Looking things up…',
      'Writing the answer…',
    ]);
  });

  test('falls back to a message in the thread where there are no agent features', async () => {
    await using started = await start({ agentFeatures: false });
    const status = started.showStatus(started.question);
    expect(await status.shown).toBe('placeholder');
    expect(started.ours()).toMatchObject([{ ts: await status.placeholder(), thread_ts: started.question.threadTs, text: '_Thinking…_' }]);
  });

  test('that shows a message takes it away again when no answer took it over', async () => {
    await using started = await start({ agentFeatures: false });
    const status = started.showStatus(started.question);
    await status.clear();
    expect(started.ours()).toEqual([]);
  });

  test('whose message Slack did not acknowledge takes it away all the same', async () => {
    await using started = await start({ agentFeatures: false });
    started.slack.inject({ method: 'chat.postMessage', kind: 'lost-response' });
    const status = started.showStatus(started.question);
    expect(await status.shown).toBe('none');
    expect(started.ours()).toHaveLength(1);
    await status.clear();
    expect(started.ours()).toEqual([]);
  });

  test('that is left to another worker leaves no message: that one shows its own', async () => {
    await using started = await start({ agentFeatures: false });
    const status = started.showStatus(started.question);
    await status.shown;
    status.leave();
    await status.clear();
    expect(started.ours()).toEqual([]);
  });

  test('whose message became the answer leaves it there', async () => {
    await using started = await start({ agentFeatures: false });
    const status = started.showStatus(started.question);
    const metadata = toMetadata({ question: started.question.id, leg: 0, piece: 1 });
    await started.call('chat.update', { channel: 'COPS', ts: await status.placeholder(), text: 'Carol.', metadata });
    await status.clear();
    expect(started.ours()).toMatchObject([{ text: 'Carol.' }]);
  });

  test('whose message was to become the answer, which was left before it did, takes it away', async () => {
    await using started = await start({ agentFeatures: false });
    const status = started.showStatus(started.question);
    await status.placeholder();
    status.leave();
    await status.clear();
    expect(started.ours()).toEqual([]);
  });

  test('what a workspace cannot do is not tried with every question, but once a process', async () => {
    await using started = await start();
    started.slack.inject(noSessions);
    for (let number = 0; number < 3; number += 1) await started.showStatus(started.question).shown;
    expect(started.methods()).toEqual(['agents.sessions.setStatus', ...Array(3).fill('assistant.threads.setStatus')]);
  });

  test('is not shown when Slack is limited, and the next question tries again', async () => {
    await using started = await start();
    started.slack.inject({ method: 'agents.sessions.setStatus', kind: 'ratelimited', retryAfterSeconds: 30 });
    const status = started.showStatus(started.question);
    expect(await status.shown).toBe('none');
    await status.clear();
    expect(await started.showStatus(started.question).shown).toBe('session');
  });

  test('that only the receiver could show is cleared all the same', async () => {
    await using started = await start();
    await started.showStatus(started.question).shown;
    started.slack.inject({ method: 'agents.sessions.setStatus', kind: 'ratelimited', retryAfterSeconds: 30 });
    const status = started.showStatus(started.question);
    expect(await status.shown).toBe('none');
    await status.clear();
    expect(started.session()?.status).toBe('active');
  });

  test('that could not be cleared is nobody’s problem', async () => {
    await using started = await start();
    const status = started.showStatus(started.question);
    await status.shown;
    started.slack.inject({ method: 'agents.sessions.setStatus', kind: 'error', error: 'not_authorized' });
    await expect(status.clear()).resolves.toBeUndefined();
  });

  test('that the answer itself ended is not cleared again', async () => {
    await using started = await start();
    const status = started.showStatus(started.question);
    await status.shown;
    status.leave();
    await status.clear();
    expect(started.methods()).toEqual(['agents.sessions.setStatus']);
  });
});

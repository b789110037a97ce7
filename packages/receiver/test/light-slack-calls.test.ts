import { createSlackEmulator } from '@vera/slack-stand-in/create-slack-emulator';
import { expect, it } from 'vitest';
import { createLightSlackCalls } from '../src/light-slack-calls.ts';

const workspace = {
  ...{ teamId: 'T01', teamDomain: 'x', appId: 'A01', botUserId: 'UBOT', botId: 'B01', botName: 'vera' },
  ...{ botToken: 'xoxb-light', signingSecret: 'secret', users: [{ id: 'U01', name: 'ann', realName: 'Ann' }] },
  channels: [{ id: 'C01', name: 'ops', kind: 'channel' as const, members: ['U01', 'UBOT'] }],
};

async function started(timeout = 5_000) {
  const slack = await createSlackEmulator({ workspace });
  const { ts } = slack.post({ user: 'U01', channel: 'C01', text: '<@UBOT> hi' });
  const call = createLightSlackCalls({ token: workspace.botToken, apiUrl: `${slack.url}/api/`, timeout });
  const args = { channel_id: 'C01', thread_ts: ts, status: 'is thinking…', loading_messages: ['Looking things up…', 'Ä & ü'] };
  return {
    slack,
    session: () => slack.session('C01', ts),
    show: () => call('assistant.threads.setStatus', args),
    [Symbol.asyncDispose]: () => slack[Symbol.asyncDispose](),
  };
}

const method = 'assistant.threads.setStatus';

it('tells Slack all of a call, lists and all letters included', async () => {
  await using running = await started();
  const { slack, show, session } = running;
  await show();
  expect(session()).toMatchObject({ status: 'processing', legacyStatus: 'is thinking…' });
  expect(JSON.parse(String(slack.calls.at(-1)?.args.loading_messages))).toEqual(['Looking things up…', 'Ä & ü']);
});

it.each([
  [
    { kind: 'error', error: 'invalid_thread_ts' },
    { kind: 'refused', reason: 'invalid_thread_ts' },
  ],
  ...['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout'].map(
    (error) =>
      [
        { kind: 'error', error },
        { kind: 'lost', reason: error },
      ] as const,
  ),
  [
    { kind: 'http', status: 403 },
    { kind: 'refused', reason: 'http_403' },
  ],
  [{ kind: 'http', status: 408 }, { kind: 'lost' }],
  [{ kind: 'ratelimited', retryAfterSeconds: 30 }, { kind: 'ratelimited' }],
  [{ kind: 'http', status: 503 }, { kind: 'lost' }],
  [{ kind: 'unreachable' }, { kind: 'lost' }],
  [{ kind: 'lost-response' }, { kind: 'lost' }],
] as const)('says what became of it: %j', async (fault, error) => {
  await using running = await started();
  const { slack, show } = running;
  slack.inject({ method, ...fault });
  await expect(show()).rejects.toMatchObject({ code: 'slack', ...error });
});

it('does not wait for longer than it may, and says that no answer came', async () => {
  await using running = await started(50);
  const { slack, show } = running;
  slack.inject({ method, kind: 'delay', milliseconds: 60_000 });
  await expect(show()).rejects.toMatchObject({ kind: 'lost' });
});

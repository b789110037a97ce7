import type { SlackEmulator } from '@vera/slack-stand-in/contract';
import { createSlackEmulator } from '@vera/slack-stand-in/create-slack-emulator';
import { createSlackCalls, type SlackCall } from '../src/slack-calls.ts';

export interface StartedSlack extends AsyncDisposable {
  readonly slack: SlackEmulator;
  readonly call: SlackCall;
}

/** A workspace with Ann, Vera and a channel, and Vera's calls to it. */
export async function startedSlack(): Promise<StartedSlack> {
  const slack = await createSlackEmulator({
    workspace: {
      teamId: 'T01',
      teamDomain: 'northwind',
      appId: 'A01',
      botUserId: 'UVERA',
      botId: 'B01',
      botName: 'Vera',
      botToken: 'xoxb-test',
      signingSecret: 'not-used',
      users: [{ id: 'UANN', name: 'ann', realName: 'Ann' }],
      channels: [{ id: 'COPS', name: 'ops', kind: 'channel', members: ['UANN', 'UVERA'] }],
    },
  });
  const call = createSlackCalls({ token: 'xoxb-test', apiUrl: `${slack.url}/api/` });
  return { slack, call, [Symbol.asyncDispose]: () => slack[Symbol.asyncDispose]() };
}

import { systemClock } from '@vera/service-kit/clock';
import { createLog } from '@vera/service-kit/log';
import { createSlackCalls } from '@vera/slack/slack-calls';
import type { SlackEmulatorOptions } from '@vera/slack-stand-in/contract';
import { createSlackEmulator } from '@vera/slack-stand-in/create-slack-emulator';
import { Outgoing, type OutgoingParams } from '../../src/attachments/outgoing.ts';
import { northwind } from '../northwind.ts';

/** A thread in Slack's emulator, and what one turn puts into it beside its answer. */
export async function startOutgoing(options: Partial<SlackEmulatorOptions> = {}, looks: readonly number[] = [0, 1, 1, 1]) {
  const slack = await createSlackEmulator({ workspace: northwind, ...options });
  const call = createSlackCalls({ token: northwind.botToken, apiUrl: `${slack.url}/api/` });
  const root = slack.post({ user: 'UANN', channel: 'COPS', text: '<@UVERA> draw it' }).ts;
  const lines: Record<string, unknown>[] = [];
  const log = createLog({ service: 'worker', write: (line) => lines.push(JSON.parse(line)) });
  const opened: string[] = [];
  const newOutgoing = (changes: Partial<OutgoingParams> = {}) =>
    new Outgoing({
      ...systemClock,
      call,
      target: { channel: 'COPS', threadTs: root },
      messageTs: root,
      botUserId: 'UVERA',
      mark: { question: 'q1', leg: 0 },
      messages: [],
      upload: { call, isSlackHost: ({ origin }) => origin === slack.url, looks },
      log,
      onOpen: async (ts) => void opened.push(ts),
      ...changes,
    });
  return {
    slack,
    call,
    root,
    log,
    lines,
    opened,
    newOutgoing,
    outgoing: newOutgoing(),
    /** What stands in the thread beside the question. */
    shown: () => slack.messages('COPS', root).filter(({ user }) => user === 'UVERA'),
    [Symbol.asyncDispose]: () => slack[Symbol.asyncDispose](),
  };
}

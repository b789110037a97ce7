import { systemClock } from '@vera/service-kit/clock';
import { createSlackCalls } from '@vera/slack/slack-calls';
import type { SlackEmulator, SlackEmulatorOptions } from '@vera/slack-stand-in/contract';
import { createSlackEmulator } from '@vera/slack-stand-in/create-slack-emulator';
import type { SlackMessage } from '@vera/slack-stand-in/slack-message';
import { expect } from 'vitest';
import { ReplyWriter, type ReplyWriterParams } from '../../src/reply/reply-writer.ts';
import { northwind } from '../northwind.ts';

export interface StartedWriter extends AsyncDisposable {
  readonly slack: SlackEmulator;
  readonly writer: ReplyWriter;
  readonly threadTs: string;
  /** Of the messages the writer opened, in order. */
  readonly opened: readonly string[];
  /** The messages of the answer, oldest first. */
  readonly messages: () => readonly SlackMessage[];
  /** Their Markdown. */
  readonly pieces: () => readonly string[];
  /** Waits until somebody in the thread reads this. */
  readonly showing: (text: string) => Promise<void>;
}

export interface StartWriterOptions {
  readonly slack?: Partial<SlackEmulatorOptions>;
  readonly params?: Partial<ReplyWriterParams>;
  /** How far the clock moves each time it is read: enough for the writer never to wait, but for its own reasons. */
  readonly tick?: number;
  readonly channel?: string;
}

/** A writer for a question in a channel, with Slack's own client, against the emulator. */
export async function startWriter({
  slack: options,
  params,
  tick = 3_000,
  channel = 'COPS',
}: StartWriterOptions = {}): Promise<StartedWriter> {
  const slack = await createSlackEmulator({ workspace: northwind, ...options });
  const question = slack.post({ user: 'UANN', channel, text: '<@UVERA> tell me all' });
  const opened: string[] = [];
  let time = Date.now();
  const writer = new ReplyWriter({
    ...systemClock,
    call: createSlackCalls({ token: northwind.botToken, apiUrl: `${slack.url}/api/` }),
    target: { channel, threadTs: question.ts, recipientUserId: 'UANN', recipientTeamId: 'T01' },
    now: () => {
      time += tick;
      return time;
    },
    messageTs: question.ts,
    botUserId: northwind.botUserId,
    mark: { question: 'q-1' },
    placeholder: async () => undefined,
    onOpen: async (ts) => void opened.push(ts),
    isStop: async () => true,
    ...params,
  });
  const pieces = () => messages().map(({ markdown, text }) => markdown ?? text);
  const messages = () => slack.messages(channel, question.ts).filter(({ user }) => user === northwind.botUserId);
  return {
    slack,
    writer,
    threadTs: question.ts,
    opened,
    messages,
    pieces,
    showing: (text) => expect.poll(() => pieces().join('\n'), { interval: 3 }).toContain(text),
    [Symbol.asyncDispose]: () => slack[Symbol.asyncDispose](),
  };
}

/** Writes a text as a model does, in parts of these lengths over and over; the writer may work between them. */
export async function writeSplit(writer: ReplyWriter, text: string, lengths: readonly number[]): Promise<void> {
  for (let at = 0, turn = 0; at < text.length; turn += 1) {
    const length = lengths[turn % lengths.length] ?? 1;
    writer.write(text.slice(at, at + length));
    at += length;
    await new Promise(setImmediate);
  }
}

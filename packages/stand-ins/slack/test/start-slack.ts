import { LogLevel, WebClient, type WebClientOptions } from '@slack/web-api';
import type { SlackEmulator, SlackEmulatorOptions } from '../src/contract.ts';
import { createSlackEmulator } from '../src/create-slack-emulator.ts';
import { northwind } from './northwind.ts';
import { type RecordingApp, startRecordingApp } from './recording-app.ts';

export interface Started extends AsyncDisposable {
  readonly slack: SlackEmulator;
  readonly app: RecordingApp;
  readonly client: WebClient;
}

/** The emulator with an app that listens and Slack's own client. */
export async function startSlack(options: Partial<SlackEmulatorOptions> = {}): Promise<Started> {
  const slack = await createSlackEmulator({ workspace: northwind, ...options });
  const app = await startRecordingApp(northwind.signingSecret);
  await slack.subscribe(app.urls);
  return {
    slack,
    app,
    client: clientOf(slack),
    async [Symbol.asyncDispose]() {
      await slack[Symbol.asyncDispose]();
      await app[Symbol.asyncDispose]();
    },
  };
}

export function clientOf(slack: SlackEmulator, options: WebClientOptions = {}): WebClient {
  const logger = { debug() {}, info() {}, warn() {}, error() {}, setLevel() {}, getLevel: () => LogLevel.ERROR, setName() {} };
  return new WebClient(northwind.botToken, { slackApiUrl: `${slack.url}/api/`, retryConfig: { retries: 0 }, logger, ...options });
}

/** The error name of a refused call, or `ok`. */
export async function outcomeOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'ok',
    (error: { data?: { error?: string }; message: string }) => error.data?.error ?? error.message,
  );
}

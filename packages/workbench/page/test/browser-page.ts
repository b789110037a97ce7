import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { WebClient } from '@slack/web-api';
import type { SlackEmulator } from '@vera/slack-stand-in/contract';
import { createSlackEmulator } from '@vera/slack-stand-in/create-slack-emulator';
import { listen } from '@vera/stand-in-kit/listen';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { createPageServer } from '../src/page-server.ts';
import { createRoad, type Road } from '../src/road.ts';
import { createTestLab } from './test-lab.ts';
import { testDocuments, testWorkspace } from './test-workspace.ts';

export interface BrowserPage extends AsyncDisposable {
  readonly slack: SlackEmulator;
  readonly road: Road;
  readonly bot: WebClient;
  readonly page: Page;
  readonly url: string;
  readonly clicks: Click[];
  /** Errors of the page's scripts. */
  readonly problems: string[];
  thread(): Locator;
  say(testid: string, text: string): Promise<void>;
  /** Asks, and answers as Vera would, up to the end of the stream. */
  startAnswer(): Promise<{ readonly question: string; readonly answer: string }>;
}

/** What the app was told of a click. */
export interface Click {
  readonly value: string;
  readonly state: object;
  readonly responseUrl: string;
}

/** The page as it is bundled. */
export const pageFolder = fileURLToPath(new URL('../../../../dist/page/', import.meta.url));
const executablePath = '/usr/bin/chromium';
const quiet = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-sync'];

let running: Promise<Browser> | undefined;

/** One for all tests of this process, which it ends with: to start one takes longer than most of them. What they open in it they close. */
export async function sharedBrowser(): Promise<Browser> {
  const known = await running;
  if (known?.isConnected()) return known;
  if (!existsSync(executablePath)) throw new Error(`There is no ${executablePath} to look at the page with: apt-get install chromium.`);
  running = chromium.launch({ executablePath, args: quiet });
  return running;
}

/** The page in a real browser, on the Slack emulator, with an app that agrees to everything. */
export async function startBrowserPage(): Promise<BrowserPage> {
  const started = new AsyncDisposableStack();
  const slack = started.use(await createSlackEmulator({ workspace: testWorkspace }));
  const road = createRoad({ keep: 10 });
  const report = { html: async () => '<p>A report.</p>', style: '' };
  const { url } = started.use(
    await createPageServer({ slack, road, lab: createTestLab(), report, documentsFolder: testDocuments, pageFolder, port: 0 }),
  );
  const clicks: Click[] = [];
  const app = started.use(await listen((request) => takeEvents(request, clicks)));
  await slack.subscribe({ events: app.url, interactivity: app.url });
  const bot = new WebClient(testWorkspace.botToken, { slackApiUrl: `${slack.url}/api/` });
  const context = await (await sharedBrowser()).newContext({ viewport: { width: 1440, height: 900 } });
  started.defer(() => context.close());
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  await page.goto(url);
  await page.getByTestId('composer').waitFor();
  const thread = () => page.getByTestId('thread-pane');
  const say = async (testid: string, text: string) => {
    await page.getByTestId(testid).fill(text);
    await page.getByTestId(testid).press('Enter');
  };
  const startAnswer = async () => {
    await say('composer', '@Vera how?');
    await thread().waitFor();
    return answerIn(bot, slack.messages('C0OPS').at(-1)?.ts ?? '');
  };
  return {
    ...{ slack, road, bot, page, url, clicks, problems, thread, say, startAnswer },
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}

async function answerIn(bot: WebClient, question: string) {
  const place = { channel: 'C0OPS', thread_ts: question };
  await bot.apiCall('agents.sessions.setStatus', { channel_id: 'C0OPS', thread_ts: question, status: 'processing' });
  const stream = await bot.apiCall('chat.startStream', { ...place, recipient_user_id: 'U0ANN', recipient_team_id: 'T0TEST' });
  return { question, answer: String((stream as { readonly ts?: string }).ts) };
}

/** The app's request URLs. */
async function takeEvents(request: Request, clicks: Click[]): Promise<Response> {
  const text = await request.text();
  if (text.startsWith('payload=')) {
    const { actions, state, response_url } = JSON.parse(new URLSearchParams(text).get('payload') ?? '');
    clicks.push({ value: actions[0].value, state: state.values, responseUrl: response_url });
  }
  return text.includes('challenge') ? Response.json({ challenge: JSON.parse(text).challenge }) : new Response();
}

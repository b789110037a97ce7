import axe, { type AxeResults } from 'axe-core';
import { describe, expect, test } from 'vitest';
import type { TraceSpan } from '../src/trace.ts';
import { type BrowserPage, startBrowserPage } from './browser-page.ts';
import { feedbackBlock } from './feedback-block.ts';
import { screenshotPath } from './screenshot-path.ts';

const sizes = [
  [1440, 900],
  [390, 844],
] as const;

/** One page shows all of it in each: what they cost is the page. */
const colours = ['light', 'dark'] as const;

describe('in light and in dark colours', () => {
  test.each(sizes)('everything can be read and used, at %i × %i', { timeout: 180_000 }, async (width, height) => {
    await using started = await startBrowserPage();
    const { page } = started;
    await page.setViewportSize({ width, height });
    const found: string[] = [];
    const look = async (what: string) => {
      for (const colorScheme of colours) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await page.screenshot({ path: screenshotPath(`page-${what}-${colorScheme}-${width}`) });
        found.push(...(await findingsIn(started)).map((finding) => `${what}, ${colorScheme}: ${finding}`));
      }
    };
    await look('empty');
    const thread = await sayEverything(started);
    await page.getByText('Approve').first().waitFor();
    await page.getByTestId('composer').fill('and @');
    await look('channel');
    if (width < 800) {
      await page.keyboard.press('Escape');
      await page.locator('.sidebar-button').click();
      await look('channels');
      await page.keyboard.press('Escape');
    }
    await page.goto(`${started.url}/#/C0OPS/${thread}`);
    await page.getByTestId('thread-pane').getByText('db-7 at 98 %').waitFor();
    await page.getByTestId('thread-composer').press('ArrowUp');
    await page.getByTestId('thread-pane').getByRole('textbox', { name: 'Edit message' }).waitFor();
    await look('thread');
    await page.route('**/api/edit', (route) => route.fulfill({ status: 400, json: { error: 'Not today.' } }));
    await page.getByTestId('thread-pane').getByRole('button', { name: 'Save' }).click();
    await page.getByText('Not today.').waitFor();
    await look('refused');
    if (width < 800) {
      await page.getByLabel('Close thread').click();
      await page.getByRole('button', { name: 'Road', exact: true }).click();
    }
    await page.getByText('Input and output').click();
    await page.getByTestId('lab').locator('summary').click();
    await page.getByText('Broken for 15 seconds; press to mend it now').waitFor();
    await look('road');
    await page.getByTestId('lab').locator('summary').click();
    await page.route('**/api/trace?*', (route) => route.fulfill({ json: { spans } }));
    await page.getByRole('button', { name: 'Trace' }).click();
    await page.getByTestId('span').filter({ hasText: 'cut-off' }).locator('summary').click();
    await look('trace');
    await page.goto(`${started.url}/#/D0ANN`);
    await page.getByRole('button', { name: 'Home' }).click();
    await page.getByText('Nothing is here yet').waitFor();
    await look('home');
    await page.goto(`${started.url}/documents/printer.md`);
    await look('document');
    expect(found).toEqual([]);
    expect(started.problems).toEqual([]);
  });
});

/** What axe calls serious or critical, each with where it is and what is wrong. */
async function findingsIn({ page }: BrowserPage): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = (await page.evaluate('axe.run()')) as AxeResults;
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  return grave.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary}`));
}

/** One of everything that a message can hold; returns the thread of an alert. */
async function sayEverything({ slack, bot, road, page }: BrowserPage): Promise<string> {
  const channel = 'C0OPS';
  const alert = slack.post({ user: 'U0DEPLOY', channel, text: '', attachments: [diskFull] });
  slack.post({
    user: 'U0ANN',
    channel,
    threadTs: alert.ts,
    text: '<@U0VERA> what is this? See `df -h` and <https://a.example/|the runbook>',
  });
  const edited = slack.post({ user: 'U0ANN', channel, threadTs: alert.ts, text: 'and now?' });
  slack.edit({ user: 'U0ANN', channel, ts: edited.ts, text: 'and *now*?\n> quoted' });
  const gone = slack.post({ user: 'U0BOB', channel, text: 'soon deleted' });
  slack.post({ user: 'U0BOB', channel, threadTs: gone.ts, text: 'a reply' });
  slack.remove({ user: 'U0BOB', channel, ts: gone.ts });
  slack.post({
    user: 'U0BOB',
    channel,
    text: 'the log',
    files: [{ name: 'error.log', mimetype: 'text/plain', bytes: Buffer.from('lag') }],
  });
  for (const place of [{ channel }, { channel, thread_ts: alert.ts }]) {
    const { ts } = (await bot.apiCall('chat.startStream', {
      ...place,
      thread_ts: alert.ts,
      recipient_user_id: 'U0ANN',
      recipient_team_id: 'T0TEST',
    })) as { readonly ts?: string };
    await bot.apiCall('chat.appendStream', { channel, ts, chunks: JSON.stringify(tasks) });
    const chunks = JSON.stringify([{ type: 'markdown_text', text: answer }]);
    await bot.apiCall('chat.stopStream', { channel, ts, chunks, blocks: JSON.stringify([...sources, retry]) });
    await bot.chat.postMessage({ ...place, text: 'a card', blocks: card as never });
  }
  await bot.chat.postEphemeral({ channel, user: 'U0ANN', text: 'only for you' });
  await bot.apiCall('agents.sessions.setStatus', { channel_id: channel, thread_ts: alert.ts, status: 'processing' });
  const line = (event: string, more: object) =>
    road.add({ component: 'worker', line: JSON.stringify({ level: 'info', service: 'worker', event, question: 'q-1', ...more }) });
  line('question.recorded', { channel, thread: alert.ts, message: alert.ts });
  line('question.leased', { attempt: 2 });
  line('tool.called', { tool: 'calculate', milliseconds: 7, status: 'error' });
  line('tool.answered', { level: 'debug', tool: 'calculate', input: { expression: '1/0' }, output: 'not a number' });
  await page.getByTestId('message').first().waitFor();
  return alert.ts;
}

const span = { attributes: {}, links: [], isError: false };
const cutOff = { 'vera.component': 'worker', 'vera.outcome': 'cut-off' };
/** Of two attempts, between which ten minutes lie. */
const spans: readonly TraceSpan[] = [
  { ...span, id: 'a', parent: undefined, name: 'receive', at: 0, until: 40 },
  { ...span, id: 'b', parent: 'a', name: 'attempt', at: 40, until: 4_000, isError: true, attributes: cutOff },
  { ...span, id: 'c', parent: 'b', name: 'chat us.anthropic.claude-sonnet-5-5', at: 900, until: 3_100 },
  { ...span, id: 'd', parent: 'a', name: 'attempt', at: 604_000, until: 606_000, links: ['b'] },
];

const diskFull = {
  title: 'FIRING: DiskFull',
  title_link: 'https://alerts.example/1',
  text: 'db-7 at *98 %*',
  fields: [{ title: 'host', value: 'db-7' }],
  footer: 'Alertmanager',
};
const retry = { type: 'actions', elements: [{ type: 'button', text: { type: 'plain_text', text: 'Try again' }, action_id: 'retry' }] };

const tasks = [
  { type: 'markdown_text', text: 'First I look. ' },
  {
    ...{ type: 'task_update', id: 'a', title: 'Searching', status: 'complete', details: '“settlement lag”', output: '3 documents' },
    sources: ['Settlement lag', 'Who is on call, and for what', 'Payments'].map((text) => ({
      type: 'url',
      url: 'https://docs.example/1',
      text,
    })),
  },
  { type: 'task_update', id: 'b', title: 'Asking PagerDuty', status: 'error', output: `refused: ${'a long reason '.repeat(6)}` },
  { type: 'task_update', id: 'c', title: 'Reading', status: 'in_progress' },
];
const answer = 'It is **full** [1]:\n\n| host | used |\n|---|---|\n| `db-7` | 98 % |\n\n```bash\ndf -h\n```\n\n- one\n- two\n';
const sources = [
  { type: 'context', elements: [{ type: 'mrkdwn', text: '[1] <https://a.example/|Runbook: a disk is full>' }] },
  feedbackBlock,
];
const button = (text: string, style?: string) => ({
  type: 'button',
  action_id: text,
  value: text,
  text: { type: 'plain_text', text },
  ...(style ? { style } : {}),
});
const card = [
  { type: 'header', text: { type: 'plain_text', text: 'A change' } },
  {
    type: 'section',
    text: { type: 'mrkdwn', text: '*Create* a ticket in <https://a.example/|PAY>' },
    fields: [{ type: 'mrkdwn', text: '*Summary*\nFull' }],
  },
  {
    type: 'input',
    block_id: 'why',
    label: { type: 'plain_text', text: 'Why?' },
    optional: true,
    element: { type: 'plain_text_input', action_id: 'why' },
  },
  { type: 'actions', elements: [button('Approve', 'primary'), button('Deny', 'danger'), button('Later')] },
  { type: 'context', elements: [{ type: 'mrkdwn', text: 'Until 13:05' }] },
];

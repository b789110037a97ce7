import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type BrowserPage, startBrowserPage } from './browser-page.ts';
import { screenshotPath } from './screenshot-path.ts';

let started: BrowserPage;
let { bot, page, thread, clicks, url } = {} as BrowserPage;

beforeEach(async () => {
  started = await startBrowserPage();
  ({ bot, page, thread, clicks, url } = started);
});
afterEach(async () => {
  await started[Symbol.asyncDispose]();
  expect(started.problems).toEqual([]);
});

const plain = (text: string) => ({ type: 'plain_text', text });
const field = (text: string) => ({ type: 'mrkdwn', text });

/** Everything that a card which asks for a yes may hold. */
const card = [
  { type: 'header', text: plain(':memo: Create a Jira issue?') },
  { type: 'section', text: field('*Vera* would do this as <@U0ANN>, in <https://example.atlassian.net/browse/PAY|PAY>.') },
  {
    type: 'section',
    fields: ['*Project*\nPAY', '*Type*\nBug', '*Priority*\n~Medium~ High', '*Labels*\n`settlement` `on-call`'].map(field),
  },
  { type: 'section', text: field('*Summary*\n```- Settlement lag\n+ Settlement lag &lt;30 min&gt;```') },
  { type: 'rich_text', elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'PAY · Bug' }] }] },
  { type: 'divider' },
  {
    ...{ type: 'input', block_id: 'why', optional: true, label: plain('Reason, if you deny') },
    element: { type: 'plain_text_input', action_id: 'reason', placeholder: plain('Vera reads it') },
  },
  {
    type: 'actions',
    elements: [
      { type: 'button', action_id: 'approve', text: plain('Approve'), value: 'p-1', style: 'primary' },
      { type: 'button', action_id: 'deny', text: plain('Deny'), value: 'p-1', style: 'danger' },
      { type: 'button', action_id: 'later', text: plain('Not now'), value: 'p-1' },
    ],
  },
  { type: 'context', elements: [field('Only <@U0ANN> can approve, until <!date^1766458960^{time}|soon>.')] },
];

/** As it looks in the light, in the dark and on a telephone, for people to judge. */
async function keepScreenshots(name: string): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: screenshotPath(`${name}-${colorScheme}`) });
  }
  await page.setViewportSize({ width: 390, height: 844 });
  await thread().getByTestId('message').last().scrollIntoViewIfNeeded();
  await page.screenshot({ path: screenshotPath(`${name}-narrow`) });
  await page.setViewportSize({ width: 1440, height: 900 });
}

describe('a card', () => {
  test('an approval card is read and decided: its fields, a diff, a reason, and no buttons once it is decided', async () => {
    const { question, answer } = await started.startAnswer();
    await bot.apiCall('chat.stopStream', { channel: 'C0OPS', ts: answer, markdown_text: 'I can do that for you.' });
    const { ts = '' } = await bot.chat.postMessage({ channel: 'C0OPS', thread_ts: question, text: 'May I?', blocks: card } as never);
    const message = thread().locator(`[data-ts="${ts}"]`);
    await message.getByRole('heading', { name: '📝 Create a Jira issue?' }).waitFor();
    expect(await message.textContent()).not.toContain('May I?');
    expect(await message.locator('.fields del').textContent()).toBe('Medium');
    expect(await message.locator('pre').allTextContents()).toEqual(['- Settlement lag\n+ Settlement lag <30 min>', 'PAY · Bug']);
    await keepScreenshots('approval-card');
    await message.getByLabel('Reason, if you deny').fill('Wrong project');
    await message.getByRole('button', { name: 'Deny' }).click();
    await expect
      .poll(() => clicks)
      .toMatchObject([{ value: 'p-1', state: { why: { reason: { type: 'plain_text_input', value: 'Wrong project' } } } }]);
    const decided = [card[0], { type: 'context', elements: [{ type: 'mrkdwn', text: 'Denied by <@U0ANN>: Wrong project' }] }];
    await bot.chat.update({ channel: 'C0OPS', ts, text: 'Denied', blocks: decided } as never);
    await message.getByText('Denied by').waitFor();
    expect(await message.locator('button.block-button, input').count()).toBe(0);
    await keepScreenshots('approval-card-decided');
  });

  test('a reaction stands below the message, with who gave it', async () => {
    const { question } = await started.startAnswer();
    await bot.apiCall('reactions.add', { channel: 'C0OPS', timestamp: question, name: 'heart' });
    const reaction = thread().locator(`[data-ts="${question}"]`).getByRole('list', { name: 'Reactions' }).getByRole('listitem');
    await reaction.waitFor();
    expect((await reaction.textContent())?.trim()).toBe('❤️ 1');
    expect(await reaction.getAttribute('title')).toBe('vera reacted with :heart:');
    await keepScreenshots('reaction');
  });

  test('a person reacts with 🛑 to their question, once, and the app is told so', async () => {
    const { question } = await started.startAnswer();
    const message = thread().locator(`[data-ts="${question}"]`);
    const choice = message.getByLabel('React with 🛑 (stop)');
    await message.hover();
    await choice.click();
    const reaction = message.getByRole('list', { name: 'Reactions' }).getByRole('listitem');
    await reaction.waitFor();
    expect((await reaction.textContent())?.trim()).toBe('🛑 1');
    expect(await reaction.getAttribute('title')).toBe('Ann Chen reacted with :octagonal_sign:');
    await expect.poll(() => choice.count()).toBe(0);
    await started.slack.idle();
    await keepScreenshots('stop-reaction');
  });

  test('a private link in a thread opens in a new tab and tells the app, and is seen by that person only', async () => {
    const { question, answer } = await started.startAnswer();
    await bot.apiCall('chat.stopStream', { channel: 'C0OPS', ts: answer, markdown_text: 'One moment.' });
    const element = {
      type: 'button',
      action_id: 'connect',
      text: plain('Connect Atlassian'),
      url: `${url}/?portal`,
      value: 'c-1',
      style: 'primary',
    };
    const blocks = [
      { type: 'section', text: { type: 'mrkdwn', text: 'Connect your *Atlassian* account first.' } },
      { type: 'actions', elements: [element] },
    ];
    await bot.chat.postEphemeral({ channel: 'C0OPS', user: 'U0ANN', thread_ts: question, text: 'Connect', blocks } as never);
    const hidden = thread().getByTestId('message').filter({ hasText: 'Only visible to you' });
    const opened = page.waitForEvent('popup');
    await keepScreenshots('private-link');
    await hidden.getByRole('link', { name: 'Connect Atlassian' }).click();
    expect((await opened).url()).toBe(`${url}/?portal`);
    await expect.poll(() => clicks).toMatchObject([{ value: 'c-1' }]);
    const responseUrl = clicks[0]!.responseUrl;
    await fetch(responseUrl, { method: 'POST', body: JSON.stringify({ delete_original: true }) });
    await expect.poll(() => hidden.count()).toBe(0);
    const words = { text: 'That link is not yours.', response_type: 'ephemeral', replace_original: false, thread_ts: question };
    await fetch(responseUrl, { method: 'POST', body: JSON.stringify(words) });
    await hidden.getByText('That link is not yours.').waitFor();
    expect(await page.locator('main').getByText('That link is not yours.').count()).toBe(0);
    await page.getByTestId('person-switcher').selectOption({ label: 'Bob Okafor' });
    await expect.poll(() => hidden.count()).toBe(0);
  });
});

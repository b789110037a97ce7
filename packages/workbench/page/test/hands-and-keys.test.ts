import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type BrowserPage, startBrowserPage } from './browser-page.ts';

let started: BrowserPage;
let { slack, page, thread, url } = {} as BrowserPage;

beforeEach(async () => {
  started = await startBrowserPage();
  ({ slack, page, thread, url } = started);
});
afterEach(async () => {
  await started[Symbol.asyncDispose]();
  expect(started.problems).toEqual([]);
});

const composer = () => page.getByTestId('composer');
const threadComposer = () => page.getByTestId('thread-composer');
const become = (label: string) => page.getByTestId('person-switcher').selectOption({ label });
const choices = () => page.getByTestId('mentions').getByRole('option');
const texts = () => slack.messages('C0OPS').map(({ text }) => text);

async function openThread(text: string): Promise<string> {
  const { ts } = slack.post({ user: 'U0BOB', channel: 'C0OPS', text });
  const message = page.locator(`main [data-ts="${ts}"]`);
  await message.hover();
  await message.getByLabel('Reply in thread').click();
  await thread().waitFor();
  return ts;
}

describe('what is being written', () => {
  test('is there again in each channel and thread, for each person, and after a reload', async () => {
    await composer().fill('to ops');
    await openThread('a thread');
    await threadComposer().fill('to the thread');
    await page.getByTestId('channel-dm').click();
    expect(await composer().inputValue()).toBe('');
    await composer().fill('to Vera');
    await page.getByTestId('channel-ops').click();
    expect(await composer().inputValue()).toBe('to ops');
    await become('Bob Okafor');
    await expect.poll(() => composer().inputValue()).toBe('');
    await become('Ann Chen');
    await expect.poll(() => composer().inputValue()).toBe('to ops');
    await page.goBack();
    await page.goBack();
    await thread().waitFor();
    await page.reload();
    await expect.poll(() => threadComposer().inputValue()).toBe('to the thread');
    expect(await composer().inputValue()).toBe('to ops');
  });

  test('is gone once it is sent, and a file waits as long as the page is open', async () => {
    await page.locator('main input[type=file]').setInputFiles({ name: 'lag.log', mimeType: 'text/plain', buffer: Buffer.from('lag') });
    await page.getByTestId('channel-dm').click();
    expect(await page.getByText('lag.log').count()).toBe(0);
    await page.getByTestId('channel-ops').click();
    await page.getByText('lag.log').waitFor();
    await started.say('composer', 'sent');
    await expect.poll(texts).toEqual(['sent']);
    await page.reload();
    await page.getByText('sent').waitFor();
    expect(await composer().inputValue()).toBe('');
  });
});

test('a command that nobody has is refused and stays in the composer; a path is a message', async () => {
  await started.say('composer', '/veronica please');
  await page.getByText('/veronica is not a valid command').waitFor();
  expect(await composer().inputValue()).toBe('/veronica please');
  await started.say('composer', '/etc/hosts is full');
  await expect.poll(texts).toEqual(['/etc/hosts is full']);
});

describe('Back and Forward', () => {
  test('lead through channels and threads', async () => {
    await openThread('first');
    await page.getByTestId('channel-shared').click();
    await page.getByTestId('channel-dm').click();
    await page.goBack();
    await page.getByRole('heading', { level: 1, name: 'shared' }).waitFor();
    await page.goBack();
    await thread().getByText('first').waitFor();
    await page.goBack();
    await expect.poll(() => thread().count()).toBe(0);
    await page.goForward();
    await thread().getByText('first').waitFor();
    await page.goForward();
    await page.goForward();
    await page.getByRole('heading', { level: 1, name: 'vera' }).waitFor();
  });

  test('lead to no thread that was deleted since, and to nobody else’s channel', async () => {
    const ts = await openThread('soon gone');
    await page.getByTestId('channel-shared').click();
    slack.remove({ user: 'U0BOB', channel: 'C0OPS', ts });
    await page.goBack();
    await page.getByRole('heading', { level: 1, name: 'ops' }).waitFor();
    await expect.poll(() => thread().count()).toBe(0);
    await page.getByTestId('channel-shared').click();
    await become('Bob Okafor');
    await page.getByRole('heading', { level: 1, name: 'ops' }).waitFor();
    await page.goBack();
    await expect.poll(() => page.getByRole('heading', { level: 1 }).textContent()).toBe('ops');
  });
});

describe('the keys', () => {
  test('Escape closes one thing after the other, and stops nothing', async () => {
    const { question, answer } = await started.startAnswer();
    await threadComposer().fill('ask @b');
    await choices().first().waitFor();
    for (const [what, isGone] of [
      ['the people to mention', async () => (await choices().count()) === 0],
      ['the thread', async () => (await thread().count()) === 0],
    ] as const) {
      await page.keyboard.press('Escape');
      await expect.poll(isGone, { message: what }).toBe(true);
    }
    expect(slack.messages('C0OPS', question).find(({ ts }) => ts === answer)?.streaming_state).toBe('in_progress');
    await expect.poll(() => composer().evaluate((field) => field === document.activeElement)).toBe(true);
    await page.keyboard.press('ArrowUp');
    await page.getByLabel('Edit message').fill('changed my mind');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('.editor').count()).toBe(0);
    expect(texts()[0]).toBe('<@U0VERA> how?');
  });

  test('the arrow up edits one’s own last message here, and only while nothing is written', async () => {
    await started.say('composer', 'mine, @ann2, all');
    await page.getByText('mine,').waitFor();
    slack.post({ user: 'U0BOB', channel: 'C0OPS', text: 'of Bob' });
    await page.getByText('of Bob').waitFor();
    await composer().fill('x');
    await composer().press('ArrowUp');
    expect(await page.locator('.editor').count()).toBe(0);
    await composer().fill('');
    await composer().press('ArrowUp');
    const editor = page.locator('main .editor textarea');
    expect(await editor.inputValue()).toBe('mine, @ann2, all');
    await editor.fill('still mine, @ann2, all');
    await editor.press('Enter');
    await page.getByText('(edited)').waitFor();
    expect(texts()[0]).toBe('still mine, <@U0ANN2>, all');
    await expect.poll(() => composer().evaluate((field) => field === document.activeElement)).toBe(true);
  });

  test('everything is reached by Tab, and shows that it is', async () => {
    await openThread('hello');
    await page.getByLabel('Close thread').focus();
    const reached = new Set<string>();
    const unseen: string[] = [];
    for (let count = 0; count < 120; count += 1) {
      await page.keyboard.press('Tab');
      const { name, isSeen } = await page.evaluate(lookAtFocus);
      if (name === '' && count > 0) continue;
      if (!isSeen) unseen.push(name);
      reached.add(name);
    }
    expect(unseen).toEqual([]);
    for (const name of ['You are', 'ops', 'shared', 'Message #ops', 'Reply in thread', 'Forward to vera', 'Attach files', 'Also to #ops'])
      expect([...reached].some((one) => one.includes(name))).toBe(true);
  });
});

/** In the browser: what has the focus, and whether anything shows it. */
function lookAtFocus(): { name: string; isSeen: boolean } {
  const element = document.activeElement;
  if (!(element instanceof HTMLElement) || element === document.body) return { name: '', isSeen: true };
  const holders = [element, element.closest('.attach'), element.closest('.composer')].filter((one) => one instanceof HTMLElement);
  const isOutlined = holders.some(
    (one) => getComputedStyle(one).outlineStyle !== 'none' && Number.parseFloat(getComputedStyle(one).outlineWidth) > 0,
  );
  const isWritten = element.matches('.composer textarea');
  const menu = element.closest('.message-menu');
  const isShown = !menu || getComputedStyle(menu).opacity === '1';
  return {
    name: element.getAttribute('aria-label') ?? element.closest('label')?.textContent ?? element.textContent ?? '',
    isSeen: (isOutlined || isWritten) && isShown,
  };
}

describe('a mention', () => {
  test('is completed with the keys, and tells people of one name apart', async () => {
    await composer().pressSequentially('hello @an');
    await expect.poll(() => choices().allTextContents()).toHaveLength(2);
    await page.keyboard.press('ArrowDown');
    expect(await composer().getAttribute('aria-activedescendant')).toBe('composer-mentions-1');
    await page.keyboard.press('Enter');
    expect(await composer().inputValue()).toBe('hello @ann2 ');
    await composer().pressSequentially('and @Boböka');
    expect(await choices().count()).toBe(0);
    await composer().fill('hello @ann2 and @oka');
    await choices().first().waitFor();
    await page.keyboard.press('Tab');
    expect(await composer().inputValue()).toBe('hello @ann2 and @Bob Okafor ');
    await page.keyboard.press('Enter');
    await expect.poll(texts).toEqual(['hello <@U0ANN2> and <@U0BOB>']);
  });

  test('is completed with the mouse, in the middle of a sentence, and Vera comes first', async () => {
    await composer().fill('see  please');
    await composer().evaluate((field: HTMLTextAreaElement) => field.setSelectionRange(4, 4));
    await composer().pressSequentially('@');
    expect(await choices().first().textContent()).toContain('vera');
    await choices().first().click();
    expect(await composer().inputValue()).toBe('see @vera  please');
    expect(await composer().evaluate((field: HTMLTextAreaElement) => field.selectionStart)).toBe(10);
    await page.keyboard.press('Enter');
    await expect.poll(texts).toEqual(['see <@U0VERA>  please']);
  });

  test('in an address or after Escape is none', async () => {
    await composer().pressSequentially('mail bob@a');
    expect(await choices().count()).toBe(0);
    await composer().fill('');
    await composer().pressSequentially('@v');
    await choices().first().waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    await expect.poll(texts).toEqual(['@v']);
  });
});

test('two tabs speak as two people, over a reload too', async () => {
  const other: Page = await page.context().newPage();
  await other.goto(url);
  await other.getByTestId('person-switcher').selectOption({ label: 'Bob Okafor' });
  await page.reload();
  await other.reload();
  const who = (tab: Page) => tab.getByTestId('person-switcher').evaluate((list: HTMLSelectElement) => list.selectedOptions[0]?.text);
  await expect.poll(() => who(page)).toBe('Ann Chen');
  await expect.poll(() => who(other)).toBe('Bob Okafor');
});

describe('on a telephone', () => {
  beforeEach(() => page.setViewportSize({ width: 390, height: 844 }));

  test('the channels are folded away, and open over the channel', async () => {
    const side = page.getByRole('navigation', { name: 'Channels' });
    const unfold = page.locator('.sidebar-button');
    await expect.poll(() => side.isVisible()).toBe(false);
    slack.post({ user: 'U0EXT', channel: 'C0SHARED', text: 'Hello' });
    await page.getByLabel('Channels, with something unread').click();
    expect(await side.isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    await expect.poll(() => side.isVisible()).toBe(false);
    expect(await unfold.evaluate((button) => button === document.activeElement)).toBe(true);
    await unfold.click();
    await page.getByTestId('channel-shared').click();
    await page.getByRole('heading', { level: 1, name: 'shared' }).waitFor();
    expect(await side.isVisible()).toBe(false);
  });

  test('nothing is wider than the screen', async () => {
    slack.post({ user: 'U0BOB', channel: 'C0OPS', text: `${'wide'.repeat(60)} \`${'code'.repeat(60)}\`` });
    const width = () => page.evaluate(() => document.documentElement.scrollWidth);
    await page.getByTestId('message').waitFor();
    expect(await width()).toBe(390);
    await openThread('short');
    expect(await width()).toBe(390);
  });
});

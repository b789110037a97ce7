import { sharedBrowser } from '@vera/page/test/browser-page';
import { screenshotPath } from '@vera/page/test/screenshot-path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { say, textOf } from '../support/page-hands.ts';
import { type StartInBrowser, startInBrowser } from '../support/start-in-browser.ts';

describe('a newcomer who ran `pnpm start`', () => {
  let started: StartInBrowser;
  let page: Page;

  beforeAll(async () => {
    started = await startInBrowser();
    page = started.page;
  }, 60_000);
  afterAll(() => started?.[Symbol.asyncDispose]());

  test('asks in a channel, sees the answer stream into the thread with sources that open, and asks a follow-up', async () => {
    await page.getByTestId('channel-it-help').click();
    await say(page.getByTestId('composer'), '@Vera how do I report a lost laptop, and who has to know?');
    const thread = page.getByTestId('thread-pane');
    await page.getByTestId('reply-count').last().click();
    const answer = thread.getByTestId('message').nth(1);
    await answer.waitFor();
    // Streaming: the text is seen to grow.
    const lengths = new Set<number>();
    await expect
      .poll(
        async () => {
          lengths.add((await textOf(answer)).length);
          return thread.getByTestId('feedback-good').count();
        },
        { timeout: 60_000, interval: 30 },
      )
      .toBe(1);
    expect(lengths.size).toBeGreaterThan(3);

    const source = thread.getByTestId('source-link').first();
    const opened = await (await sharedBrowser()).newPage();
    await opened.goto((await source.getAttribute('href')) ?? '');
    expect((await textOf(opened.locator('body'))).length).toBeGreaterThan(300);
    await opened.close();

    await thread.getByTestId('feedback-good').click();
    await say(page.getByTestId('thread-composer'), '@Vera and within what time?');
    await expect.poll(() => thread.getByTestId('feedback-good').count(), { timeout: 60_000 }).toBe(2);
    // The follow-up names nothing: only the thread's history tells that it is about the laptop.
    expect(await textOf(thread.getByTestId('message').last())).toContain('4199');
    await page.screenshot({ path: screenshotPath('conversation') });
  });

  test('two threads at once do not mix, and the road of a message is shown with its times', async () => {
    await page.getByTestId('channel-payments-oncall').click();
    await say(page.getByTestId('composer'), '@Vera how much is 12 * 12?');
    await say(page.getByTestId('composer'), '@Vera how much is 1000 - 1?');
    await expect.poll(() => page.getByTestId('reply-count').count(), { timeout: 60_000 }).toBeGreaterThanOrEqual(2);
    for (const [index, own, other] of [
      [-2, '144', '999'],
      [-1, '999', '144'],
    ] as const) {
      const replies = page.getByTestId('reply-count');
      await replies.nth((await replies.count()) + index).click();
      const thread = page.getByTestId('thread-pane');
      await expect.poll(() => textOf(thread), { timeout: 60_000 }).toContain(own);
      expect(await textOf(thread)).not.toContain(other);
    }
    const steps = page.getByTestId('road-panel').getByTestId('road-step');
    await expect.poll(() => steps.count(), { timeout: 60_000 }).toBeGreaterThan(5);
    expect(await textOf(page.getByTestId('road-panel'))).toMatch(/\d+\s*ms/);
    await page.screenshot({ path: screenshotPath('two-threads') });
  });

  test('clicks a question that an empty channel offers, and it is answered with its source', async () => {
    await page.getByTestId('channel-releases').click();
    const offered = page.getByLabel('Suggested questions').getByRole('button');
    expect(await offered.count()).toBeGreaterThan(1);
    await offered.first().click();
    const thread = page.getByTestId('thread-pane');
    await expect.poll(() => thread.getByTestId('feedback-good').count(), { timeout: 60_000 }).toBe(1);
    expect(await textOf(thread.getByTestId('message').last())).toMatch(
      /from Friday 18 December 2026.*this is a search for .*Sources.*Release process/s,
    );
    // The whole answer for the README; `pnpm pictures` takes it there.
    await page.setViewportSize({ width: 1440, height: 1080 });
    await page.mouse.move(0, 0);
    await page.screenshot({ path: screenshotPath('sourced-answer') });
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  test('says in one line why an answer was bad, which nobody else sees', async () => {
    const thread = page.getByTestId('thread-pane');
    await thread.getByTestId('feedback-bad').click();
    const hidden = thread.getByTestId('message').filter({ hasText: 'Only visible to you' });
    await hidden.getByLabel('What was wrong').fill('The release of Friday was moved');
    await hidden.scrollIntoViewIfNeeded();
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: screenshotPath(`why-${colorScheme}`) });
    }
    await hidden.getByRole('button', { name: 'Send' }).click();
    await hidden.getByText('I keep this with your thumbs down').waitFor();
    expect(await hidden.locator('input, button.block-button').count()).toBe(0);
    await page.screenshot({ path: screenshotPath('why-answered') });
  });

  test('asks under an alert what it is, writes on without a mention, and takes a question back', async () => {
    await page.getByTestId('channel-payments-alerts').click();
    const alert = page.getByTestId('message').filter({ hasText: 'DiskFull payments-db-7' });
    await alert.hover();
    await page.screenshot({ path: screenshotPath('alerts') });
    await alert.getByLabel('Reply in thread').click();
    const thread = page.getByTestId('thread-pane');
    await say(page.getByTestId('thread-composer'), '@Vera what is this?');
    await expect.poll(() => thread.getByTestId('feedback-good').count(), { timeout: 60_000 }).toBe(1);
    await say(page.getByTestId('thread-composer'), 'how much is 98 + 1?');
    await expect.poll(() => thread.getByTestId('feedback-good').count(), { timeout: 60_000 }).toBe(2);
    expect(await textOf(thread.getByTestId('message').last())).toContain('99');
    await page.screenshot({ path: screenshotPath('under-an-alert') });
    await page.setViewportSize({ width: 390, height: 844 });
    await page.screenshot({ path: screenshotPath('under-an-alert-narrow') });
    await page.setViewportSize({ width: 1440, height: 900 });
    await say(page.getByTestId('thread-composer'), '@Tom Okafor can you look?');
    await say(page.getByTestId('thread-composer'), 'and how much is 2 + 2?');
    await expect.poll(() => thread.getByTestId('feedback-good').count(), { timeout: 60_000 }).toBe(3);
    expect(await thread.getByTestId('message').count()).toBe(8);
  });

  test('asks what was decided in another channel, and is shown where it was', async () => {
    await page.getByTestId('channel-payments-oncall').click();
    await say(page.getByTestId('composer'), '@Vera what did we decide about the settlement lag in #payments-alerts?');
    const thread = page.getByTestId('thread-pane');
    await expect
      .poll(() => textOf(thread.getByTestId('message').last()), { timeout: 60_000 })
      .toMatch(/In #payments-alerts \[1\].*no page below 60 minutes.*Sources\s*\[1\] #payments-alerts, 20/s);
    await page.screenshot({ path: screenshotPath('decided') });
  });

  test('nothing went wrong in the page meanwhile', () => {
    expect(started.problems).toEqual([]);
  });
});

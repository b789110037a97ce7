import { screenshotPath } from '@vera/page/test/screenshot-path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoSeeds } from '../../src/demo-seeds.ts';
import { say, textOf } from '../support/page-hands.ts';
import { type StartInBrowser, startInBrowser } from '../support/start-in-browser.ts';

const slow = { timeout: 60_000 };
const themes = { settlement: /settl/i, terminals: /terminal|card reader/i, refunds: /refund/i, payouts: /payout/i };

describe('a board of a thousand tickets is to be analysed', () => {
  let started: StartInBrowser;
  let page: Page;

  beforeAll(async () => {
    started = await startInBrowser();
    page = started.page;
    await page.setViewportSize({ width: 1440, height: 1000 });
  }, 60_000);
  afterAll(() => started?.[Symbol.asyncDispose]());

  const thread = () => page.getByTestId('thread-pane');
  const shot = async (name: string) => {
    await page.mouse.move(0, 0);
    await page.screenshot({ path: screenshotPath(`board-${name}`) });
  };

  test('it is collected as the one who asks, so their account is asked for first', async () => {
    await page.getByTestId('channel-payments-oncall').click();
    // Of a message that one person sees nothing is kept: the thread has to be open when it comes.
    await say(page.getByTestId('composer'), '@Vera hello');
    await page.getByTestId('reply-count').last().click();
    await expect.poll(() => thread().getByTestId('feedback-good').count(), slow).toBe(1);
    await say(page.getByTestId('thread-composer'), '@Vera analyse the PAY board');
    const link = thread().getByRole('link', { name: 'Open your accounts', exact: true });
    await link.waitFor(slow);
    const [portal] = await Promise.all([page.context().waitForEvent('page'), link.click()]);
    const maya = 'Accept as Maya Lindqvist (maya.lindqvist@northwind.example)';
    for (const name of ['Sign in with Slack', 'Maya Lindqvist (@maya)', 'Connect Atlassian', maya]) {
      await portal.getByRole('button', { name, exact: true }).click(slow);
    }
    await portal.getByRole('button', { name: 'Disconnect Atlassian' }).waitFor(slow);
    await portal.close();
  });

  test('then helpers judge it, with their progress in the thread, and the numbers are the board’s', async () => {
    await expect.poll(() => textOf(thread()), slow).toMatch(/Having rows judged: \d+ of 20 batches/);
    await shot('1-progress');
    await expect.poll(() => thread().getByTestId('feedback-good').count(), slow).toBe(2);
    const told = await textOf(thread());
    const summaries = demoSeeds.jira.issues.filter(({ key }) => key.startsWith('PAY-')).map(({ summary }) => summary);
    expect(summaries).toHaveLength(1_000);
    expect(told).toContain('The PAY board has 1,000 tickets');
    let left = summaries;
    for (const [theme, words] of Object.entries(themes)) {
      expect(told).toContain(`${theme}: ${left.filter((summary) => words.test(summary)).length}`);
      left = left.filter((summary) => !words.test(summary));
    }
    expect(told).toContain('waits for an account');
    expect(told).not.toMatch(/<data|[{}]|content rules/);
    await thread().getByText('PAY board by theme', { exact: true }).last().waitFor(slow);
    await shot('2-answer');
  });

  test('nothing went wrong in the page meanwhile', () => {
    expect(started.problems).toEqual([]);
  });
});

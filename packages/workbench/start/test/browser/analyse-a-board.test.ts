import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoSeeds } from '../../src/demo-seeds.ts';
import { connectAtlassian } from '../support/connect-atlassian.ts';
import { say, takePicture, textOf } from '../support/page-hands.ts';
import { type StartInBrowser, startInBrowser } from '../support/start-in-browser.ts';

const slow = { timeout: 60_000 };
const themes = { settlement: /settl/i, terminals: /terminal|card reader/i, refunds: /refund/i, payouts: /payout/i };

describe('a board of a thousand tickets is to be analysed', () => {
  let started: StartInBrowser;
  let page: Page;

  beforeAll(async () => {
    started = await startInBrowser({ height: 1000 });
    page = started.page;
  }, 60_000);
  afterAll(() => started?.[Symbol.asyncDispose]());

  const thread = () => page.getByTestId('thread-pane');

  test('it is collected as the one who asks, so their account is asked for first', async () => {
    await page.getByTestId('channel-payments-oncall').click();
    // Of a message that one person sees nothing is kept: the thread has to be open when it comes.
    await say(page.getByTestId('composer'), '@Vera hello');
    await page.getByTestId('reply-count').last().click();
    await expect.poll(() => thread().getByTestId('feedback-good').count(), slow).toBe(1);
    await say(page.getByTestId('thread-composer'), '@Vera analyse the PAY board');
    const link = thread().getByRole('link', { name: 'Open your accounts', exact: true });
    await link.waitFor(slow);
    await (await connectAtlassian(link)).close();
  });

  test('then helpers judge it, with their progress in the thread, and the numbers are the board’s', async () => {
    await expect.poll(() => textOf(thread()), slow).toMatch(/Having rows judged: \d+ of 20 batches/);
    await takePicture(page, 'board-1-progress');
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
    await takePicture(page, 'board-2-answer');
  });

  test('nothing went wrong in the page meanwhile', () => {
    expect(started.problems).toEqual([]);
  });
});

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectAtlassian } from '../support/connect-atlassian.ts';
import { say, takePicture, textOf } from '../support/page-hands.ts';
import { type StartInBrowser, startInBrowser } from '../support/start-in-browser.ts';

const slow = { timeout: 60_000 };

describe('something is on fire, and a ticket is wanted', () => {
  let started: StartInBrowser;
  let page: Page;

  beforeAll(async () => {
    started = await startInBrowser({ height: 1000 });
    page = started.page;
  }, 60_000);
  afterAll(() => started?.[Symbol.asyncDispose]());

  const thread = () => page.getByTestId('thread-pane');
  const shot = (one: Page, name: string) => takePicture(one, `ticket-${name}`);
  /** The newest message that holds this text. */
  const messageWith = (text: string | RegExp) => thread().getByTestId('message').filter({ hasText: text }).last();

  test('who is on call and what is on fire is answered from PagerDuty, through the gateway', async () => {
    await page.getByTestId('channel-payments-oncall').click();
    await say(page.getByTestId('composer'), '@Vera who is on call for payments, and is anything on fire?');
    await page.getByTestId('reply-count').last().click();
    await expect.poll(() => thread().getByTestId('feedback-good').count(), slow).toBe(1);
    const answer = await textOf(thread().getByTestId('message').last());
    expect(answer).toMatch(/Elena Petrova.*74 terminals offline/s);
    expect(answer).not.toMatch(/<data|[{}]/);
    await shot(page, '1-on-fire');
  });

  test('opening a ticket asks for the account, in a message that only the asker sees', async () => {
    await say(page.getByTestId('thread-composer'), '@Vera open a ticket for it');
    await messageWith('Only visible to you').waitFor(slow);
    await messageWith('I need your own account. I sent you a private link').waitFor(slow);
    await shot(page, '2-private-link');
  });

  test('sign-in and consent connect it, and the question goes on by itself to its card', async () => {
    const portal = await connectAtlassian(
      messageWith('Only visible to you').getByRole('link', { name: 'Open your accounts', exact: true }),
    );
    expect(await textOf(portal.locator('main'))).toContain('Vera');
    await shot(portal, '3-connected');
    await portal.close();
    await button('Approve').waitFor(slow);
    const card = await textOf(messageWith('can approve this until'));
    expect(card).toMatch(/Create a .* in Payments.*as @?Maya Lindqvist.*Summary.*terminals offline/is);
    await shot(page, '4-card');
  });

  test('somebody else’s click is refused, and only they read why', async () => {
    await page.getByTestId('person-switcher').selectOption({ label: 'Ines Carvalho' });
    await button('Approve').click();
    await messageWith(/Only .* can decide this/).waitFor(slow);
    await shot(page, '5-not-hers');
    await page.getByTestId('person-switcher').selectOption({ label: 'Maya Lindqvist' });
    expect(
      await thread()
        .getByTestId('message')
        .filter({ hasText: /can decide this/ })
        .count(),
    ).toBe(0);
  });

  test('after Approve the issue exists, in the asker’s name, with a link in the thread', async () => {
    await button('Approve').click();
    await messageWith(/approved this\./).waitFor(slow);
    const link = messageWith(/Done: PAY-\d+/).getByRole('link', { name: /^PAY-\d+$/ });
    await expect.poll(() => thread().getByTestId('feedback-good').count(), slow).toBe(2);
    expect(await textOf(thread().getByTestId('message').last())).toMatch(/PAY-\d+/);
    expect(await button('Approve').count()).toBe(0);
    await shot(page, '6-done');
    const [issue] = await Promise.all([page.context().waitForEvent('page'), link.click()]);
    await issue.getByRole('heading').first().waitFor(slow);
    expect(await textOf(issue.locator('body'))).toMatch(/terminals offline.*Maya Lindqvist.*Vera/is);
    await shot(issue, '7-issue');
  });

  test('nothing went wrong in the page meanwhile', () => {
    expect(started.problems).toEqual([]);
  });

  const button = (name: string) => thread().getByRole('button', { name, exact: true });
});

import { screenshotPath } from '@vera/page/test/screenshot-path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { say, textOf } from '../support/page-hands.ts';
import { type StartInBrowser, startInBrowser } from '../support/start-in-browser.ts';

let started: StartInBrowser;
const slow = { timeout: 60_000 };

beforeAll(async () => {
  started = await startInBrowser();
}, 60_000);
afterAll(() => started?.[Symbol.asyncDispose]());

test('R22 a question that the company’s guardrail stops is explained on the page, and the thread goes on', async () => {
  const { page, problems } = started;
  await page.getByTestId('channel-general').click();
  await say(page.getByTestId('composer'), '@Vera what does Ben Carver earn?');
  await page.getByTestId('reply-count').first().click(slow);
  const thread = page.getByTestId('thread-pane');
  await thread.getByText('stopped your question').waitFor(slow);
  expect(await textOf(thread)).toContain('because of the topic “Salaries of colleagues”. Please ask it without that part.');
  await say(page.getByTestId('thread-composer'), '@Vera how much is 37 * 43?');
  await thread.getByTestId('feedback-good').waitFor(slow);
  const answer = thread.getByTestId('message').last();
  expect(await textOf(answer)).toContain('1591');
  await page.screenshot({ path: screenshotPath('blocked-question') });
  expect(problems).toEqual([]);
});

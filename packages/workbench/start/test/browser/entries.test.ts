import { screenshotPath } from '@vera/page/test/screenshot-path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { say, textOf } from '../support/page-hands.ts';
import { type StartInBrowser, startInBrowser } from '../support/start-in-browser.ts';

describe('ways in beside a message, on the page', () => {
  let started: StartInBrowser;
  let page: Page;

  beforeAll(async () => {
    started = await startInBrowser();
    page = started.page;
  }, 60_000);
  afterAll(() => started?.[Symbol.asyncDispose]());

  test('the slash command says what Vera can do, to whoever typed it', async () => {
    await page.getByTestId('channel-it-help').click();
    await say(page.getByTestId('composer'), '/vera help');
    const help = page.getByText('What I can do here');
    await help.waitFor({ timeout: 20_000 });
    await say(page.getByTestId('composer'), '/vera status');
    await page.getByText('I am up and running').waitFor({ timeout: 30_000 });
    expect(await page.getByText('Only visible to you').count()).toBeGreaterThan(1);
    await page.screenshot({ path: screenshotPath('slash-command') });
  });

  test('"Ask Vera about this" under an alert is answered in its thread', async () => {
    await page.getByTestId('channel-payments-alerts').click();
    const alert = page.getByTestId('message').first();
    await alert.hover();
    await alert.getByRole('button', { name: 'Ask Vera about this' }).click();
    await page.getByTestId('reply-count').first().click();
    const thread = page.getByTestId('thread-pane');
    await thread.getByTestId('feedback-good').waitFor({ timeout: 60_000 });
    expect(await textOf(thread)).toContain('asked me about this message');
    await page.screenshot({ path: screenshotPath('ask-about-this') });
  });

  test('the direct messages welcome once and suggest what to ask; the answer has a name, and a question that leads on', async () => {
    await page.getByTestId('channel-dm').click();
    const prompts = page.getByTestId('prompts');
    await prompts.getByRole('button', { name: 'Catch up on #payments-alerts' }).waitFor({ timeout: 30_000 });
    await page.getByText('Hello, I am Vera, and I answer questions').waitFor({ timeout: 30_000 });
    await page.screenshot({ path: screenshotPath('direct-messages') });
    await prompts.getByRole('button', { name: 'Who is on call?' }).click();
    const thread = page.getByTestId('thread-pane');
    const next = thread.getByRole('button', { name: 'Is anything on fire?' });
    await next.waitFor({ timeout: 60_000 });
    expect(await textOf(thread)).toContain('Who is on call right now?');
    await next.click();
    await thread.getByText('asked: Is anything on fire?').waitFor({ timeout: 60_000 });
    await thread.getByRole('button', { name: 'What happened with INC-482?' }).waitFor({ timeout: 60_000 });
    await page.screenshot({ path: screenshotPath('ask-next') });
  });

  test('the home tab says what Vera can do and brings the link to one’s accounts', async () => {
    await page.getByTestId('channel-dm').click();
    await page.getByRole('button', { name: 'Home', exact: true }).click();
    const home = page.getByTestId('home-tab');
    await home.getByText('Your accounts').waitFor({ timeout: 30_000 });
    await page.screenshot({ path: screenshotPath('home-tab') });
    await home.getByRole('button', { name: 'Connect or disconnect accounts' }).click();
    const link = home.getByRole('link', { name: 'Open your accounts' });
    await link.waitFor({ timeout: 30_000 });
    expect(await link.getAttribute('href')).toContain('ticket=');
    await page.screenshot({ path: screenshotPath('home-tab-link') });
    expect(started.problems).toEqual([]);
  });
});

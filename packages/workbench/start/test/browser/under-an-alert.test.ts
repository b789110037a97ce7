import type { Model } from '@vera/bedrock-stand-in/model';
import { rehearsalModel } from '@vera/bedrock-stand-in/rehearsal-model';
import type { ConverseRequest } from '@vera/bedrock-stand-in/runtime/converse-request';
import { createRoad } from '@vera/page/road';
import { screenshotPath } from '@vera/page/test/screenshot-path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoDocuments, demoSeeds } from '../../src/demo-seeds.ts';
import { demoWorkspace } from '../../src/demo-workspace.ts';
import { type LocalSystem, startSystem } from '../../src/start-system.ts';
import { say, textOf } from '../support/page-hands.ts';
import { showPage } from '../support/show-page.ts';

const slow = { timeout: 60_000 };
const long = 'what happened with INC-482, and what is done every evening?';

describe('an alert comes in while one is looking', () => {
  const started = new AsyncDisposableStack();
  let system: LocalSystem;
  let page: Page;
  let problems: readonly string[];

  beforeAll(async () => {
    const road = createRoad({ keep: 100 });
    // Slow enough to change one's mind in the middle of an answer, where one does.
    const [atOnce, atLength] = [rehearsalModel({ tokensPerSecond: 0 }), rehearsalModel({ tokensPerSecond: 12 })];
    const model: Model = (request, signal) => (askedIn(request).includes(long) ? atLength : atOnce)(request, signal);
    const { alerts: _alerts, ...tools } = demoSeeds;
    const documentsFolder = demoDocuments;
    const linkOf = (path: string) => `http://documents.test/${path}`;
    const worker = { isTalkative: true };
    const timings = { heartbeat: 1 };
    system = started.use(
      await startSystem({ slack: { workspace: demoWorkspace }, model, documentsFolder, linkOf, tools, worker, timings, onLog: road.add }),
    );
    ({ page, problems } = started.use(await showPage({ slack: system.slack, road, documentsFolder })));
    await page.getByTestId('channel-payments-alerts').click();
  }, 60_000);
  afterAll(() => started.disposeAsync());

  const thread = () => page.getByTestId('thread-pane');
  const write = (text: string) => say(page.getByTestId('thread-composer'), text);
  const answers = () =>
    thread()
      .getByTestId('message')
      .filter({ has: page.getByTestId('feedback-good') });
  const last = (messages: Locator) => textOf(messages.last());
  const shot = (name: string) => page.screenshot({ path: screenshotPath(`alert-${name}`) });

  test('one asks under it what it is, and writes on without a mention', async () => {
    for (const alert of demoSeeds.alerts) system.slack.post(alert);
    const alert = page.getByTestId('message').filter({ hasText: 'DiskFull payments-db-7' });
    await alert.hover();
    await alert.getByLabel('Reply in thread').click();
    await write('@Vera what is this?');
    await expect.poll(() => answers().count(), slow).toBe(1);
    expect(await last(answers())).toMatch(/payments-db-7/);
    await write('how much is 98 + 1?');
    await expect.poll(() => answers().count(), slow).toBe(2);
    expect(await last(answers())).toContain('99');
    await shot('followed-up');
  });

  test('edits a question that waits, which is answered in its new words, and one that is being answered, which is told', async () => {
    await write(`@Vera ${long}`);
    await expect.poll(() => thread().locator('[aria-busy=true] .markdown').count(), slow).toBe(1);
    await write('@Vera how much is 2 + 2?');
    await thread().getByText('how much is 2 + 2?').waitFor(slow);
    await page.getByTestId('thread-composer').press('ArrowUp');
    const editor = thread().getByRole('textbox', { name: 'Edit message' });
    expect(await editor.inputValue()).toBe('@Vera how much is 2 + 2?');
    await editor.fill('@Vera how much is 20 + 22?');
    await editor.press('Enter');
    const asked = thread().getByTestId('message').filter({ hasText: long });
    await asked.hover();
    await asked.getByLabel('Edit message').click();
    await editor.fill(`@Vera ${long} Be brief.`);
    await editor.press('Enter');
    await expect.poll(() => thread().getByText('(edited)').count(), slow).toBe(2);
    await expect.poll(() => answers().count(), slow).toBe(4);
    expect(await textOf(answers().nth(2))).toContain('You edited your question while I was answering');
    expect(await last(answers())).toContain('42');
    await shot('edited');
  });

  test('stops by Slack’s button what takes too long', async () => {
    await write(`@Vera ${long}`);
    const answer = thread().locator('[aria-busy=true]');
    await expect.poll(() => answer.locator('.markdown').count(), slow).toBe(1);
    await shot('answering');
    await thread().getByTestId('stop-button').click();
    await expect.poll(() => thread().getByTestId('stop-button').count(), slow).toBe(0);
    await page.getByTestId('road-panel').getByText('Stopped by a person').waitFor(slow);
    expect(await thread().locator('[aria-busy=true]').count()).toBe(0);
    await shot('stopped');
  });

  test('reads all of it in the dark and on a telephone, and nothing went wrong in the page', async () => {
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.getByText('Input and output').first().click();
    await shot('dark');
    await page.setViewportSize({ width: 390, height: 844 });
    await shot('dark-narrow');
    await page.keyboard.press('Escape');
    await page.getByTestId('message').filter({ hasText: 'DiskFull payments-db-7' }).waitFor();
    await page.emulateMedia({ colorScheme: 'light' });
    await shot('narrow');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect(problems).toEqual([]);
  });
});

/** What a person said last. */
function askedIn({ messages }: ConverseRequest): string {
  return JSON.stringify(messages.findLast(({ role, content }) => role === 'user' && content.some((block) => 'text' in block)));
}

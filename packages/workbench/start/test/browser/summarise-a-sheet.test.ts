import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { say, takePicture, textOf } from '../support/page-hands.ts';
import { type StartInBrowser, startInBrowser } from '../support/start-in-browser.ts';

const slow = { timeout: 60_000 };
const workbook = fileURLToPath(new URL('../../demo/files/costs-2026.xlsx', import.meta.url));
/** Of the file, as Excel adds them up: `=SUMIF(B:B;"Records";C:C)`, and the cells below the columns. */
const sums = {
  Records: ['261,755.85', '44,440'],
  Payments: ['199,001.95', '32,580'],
  Scheduling: ['162,436.65', '24,960'],
  Platform: ['124,838.05', '68,820'],
};
const totals = ['748,032.50', '170,800'];

describe('a spreadsheet is dropped into a thread', () => {
  let started: StartInBrowser;
  let page: Page;

  beforeAll(async () => {
    started = await startInBrowser({ height: 1000 });
    page = started.page;
  }, 60_000);
  afterAll(() => started?.[Symbol.asyncDispose]());

  const thread = () => page.getByTestId('thread-pane');

  test('it is summarised with a chart, and all numbers are the file’s', async () => {
    await page.getByTestId('channel-payments-oncall').click();
    await say(page.getByTestId('composer'), 'the cloud bill is in');
    const message = page.locator('main [data-ts]').last();
    await message.hover();
    await message.getByLabel('Reply in thread').click();
    await thread().locator('input[type=file]').setInputFiles(workbook);
    await thread().getByText('costs-2026.xlsx').waitFor(slow);
    await say(page.getByTestId('thread-composer'), '@Vera summarise this spreadsheet with a chart');
    await expect.poll(() => thread().getByTestId('feedback-good').count(), slow).toBe(1);
    const told = await textOf(thread());
    for (const [team, [cloud, licences]] of Object.entries(sums)) expect(told).toContain(`${team}: Cloud ${cloud}, Licences ${licences}`);
    expect(told).toContain(`Together: Cloud ${totals[0]}, Licences ${totals[1]}.`);
    expect(told).toContain('1 total row');
    expect(told).not.toMatch(/<data|[{}]|content rules/);
    await thread().getByText('costs-2026 by Team', { exact: true }).last().waitFor(slow);
    await takePicture(page, 'sheet-1-answer');
  });

  test('nothing went wrong in the page meanwhile', () => {
    expect(started.problems).toEqual([]);
  });
});

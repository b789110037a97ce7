import { expect, test } from 'vitest';
import { startBrowserPage } from './browser-page.ts';
import { screenshotPath } from './screenshot-path.ts';

const labels = ['January', 'February', 'March', 'April', 'May', 'June'];
const data = (factor: number) => labels.map((label, index) => ({ label, value: ((index * factor) % 9) - 2 }));
const series = [4, 5, 7].map((factor) => ({ name: `Team ${factor}`, data: data(factor) }));
const axis_config = { categories: labels, x_label: 'Month', y_label: 'Cost (EUR)' };
const chart = (type: string, title: string) => ({ type: 'data_visualization', title, chart: { type, series, axis_config } });
const segments = [5, 3, 2, 1].map((value, index) => ({ label: `Team ${index}`, value }));
const pie = { type: 'data_visualization', title: 'Shares', chart: { type: 'pie', segments } };
const cell = (text: string) => ({ type: 'raw_text', text });
const rows = [
  ['Team', 'Owner of the budget', 'Cost'].map(cell),
  ...labels.map((label, index) => [cell(label), cell('Ann Chen'), { type: 'raw_number', value: index * 1.5 }]),
];
const table = { type: 'data_table', caption: 'Costs of the half-year', rows, page_size: 4 };

test('Slack’s own charts and tables are drawn, told to whoever cannot see them, and fit on a telephone', async () => {
  await using started = await startBrowserPage();
  const { bot, page, thread, slack } = started;
  const { question } = await started.startAnswer();
  const post = (blocks: object[]) => bot.chat.postMessage({ channel: 'C0OPS', thread_ts: question, text: 'Costs', blocks } as never);
  await post([chart('bar', 'Cost by month'), chart('line', 'Its course')]);
  await post([chart('area', 'Its area'), pie]);
  await post([table]);
  await bot.filesUploadV2({
    channel_id: 'C0OPS',
    thread_ts: question,
    file: picture,
    filename: 'chart.png',
    alt_text: 'bar chart: a 1; b 2',
  });
  await slack.idle();
  const bars = thread().getByRole('img', { name: /^Cost by month: Team 4, January -2; / });
  await bars.waitFor();
  expect(await bars.locator('rect').count()).toBe(18);
  expect(await thread().getByRole('img', { name: 'Shares: Team 0 5; Team 1 3; Team 2 2; Team 3 1' }).locator('path').count()).toBe(4);
  await thread().getByRole('img', { name: 'bar chart: a 1; b 2' }).waitFor();
  const shown = thread().getByTestId('data-table');
  expect(await shown.locator('tbody tr').count()).toBe(4);
  await shown.getByRole('button', { name: 'Next rows' }).click();
  expect(await shown.locator('tbody td').allTextContents()).toEqual(['May', 'Ann Chen', '6', 'June', 'Ann Chen', '7.5']);
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    await bars.scrollIntoViewIfNeeded();
    await page.screenshot({ path: screenshotPath(`charts-${colorScheme}`) });
    await shown.scrollIntoViewIfNeeded();
    await page.screenshot({ path: screenshotPath(`charts-below-${colorScheme}`) });
  }
  await page.setViewportSize({ width: 390, height: 844 });
  await shown.scrollIntoViewIfNeeded();
  await page.screenshot({ path: screenshotPath('charts-narrow') });
  const width = await thread().evaluate((pane) => [pane.scrollWidth, pane.clientWidth]);
  expect(width[0]).toBeLessThanOrEqual(width[1] ?? 0);
  expect(started.problems).toEqual([]);
});

/** One grey pixel. */
const picture = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==', 'base64');

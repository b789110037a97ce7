import type { SlackEmulatorOptions } from '@vera/slack-stand-in/contract';
import { describe, expect, test } from 'vitest';
import type { Chart } from '../../src/charts/chart.ts';
import { drawChart } from '../../src/charts/draw-chart.ts';
import type { DrawPicture } from '../../src/charts/draw-picture.ts';
import { createShowChart } from '../../src/charts/show-chart.ts';
import { createTableShelf } from '../../src/tables/table-shelf.ts';
import { startOutgoing } from '../attachments/start-outgoing.ts';

/** Drawing itself has its own tests. */
const draw: DrawPicture = async () => ({ png: Buffer.from('PNG'), drawn: new Map([['東京', '#1']]) });
const small = { categories: ['Q1', 'Q2'], series: [{ name: 'Cost', values: [5, 3] }] };
const gaps = { categories: ['Q1', '東京'], series: [{ name: 'Cost', values: [5, null] }] };

/** One series, without a value for the first category. */
const lineOver = (categories: readonly string[]): Chart => ({
  kind: 'line',
  title: 'Costs',
  categories,
  series: [{ name: 'Cost', values: categories.map((_, index) => index || undefined) }],
  notes: [],
});

async function start(options: Partial<SlackEmulatorOptions> = {}, drawing = draw) {
  const started = await startOutgoing(options);
  const show = createShowChart({ draw: drawing, log: started.log });
  const tool = drawChart({ show, tables: createTableShelf(), outgoing: started.outgoing });
  return {
    ...started,
    show,
    ask: (data: object, more: object = {}) =>
      tool.run({ kind: 'bar', title: 'Costs <!here>', data, ...more }, new AbortController().signal),
    kinds: () =>
      started.shown().map(({ blocks = [], files = [] }) => [...blocks.map(({ type }) => type), ...files.map(({ name }) => name)]),
  };
}

test('what Slack can draw is one message with Slack’s own chart, its numbers in the text', async () => {
  await using started = await start();
  expect(await started.ask(small)).toMatchObject({ isError: false, told: 'a chart' });
  expect(started.kinds()).toEqual([['data_visualization']]);
  expect(started.shown()[0]?.text).toBe('*Costs &lt;!here&gt;*\nQ1: 5\nQ2: 3');
});

test('what has to be said with the numbers stands below Slack’s own chart, and is told as data', async () => {
  await using started = await start();
  const chart: Chart = { kind: 'bar', title: 'Board', ...small, notes: ['954 of 1000 rows were judged'] };
  const { text } = await started.show(chart, started.outgoing);
  expect(started.kinds()).toEqual([['data_visualization', 'context']]);
  expect(JSON.stringify(started.shown()[0]?.blocks)).toContain('954 of 1000 rows were judged');
  expect(text).toMatch(/<data from="[^"]+">\n954 of 1000 rows were judged\n<\/data>$/);
});

test('F9 what it cannot is a picture with words for whoever cannot see it, and a table of its numbers', async () => {
  await using started = await start();
  started.slack.shareAfter(2);
  expect(await started.ask(gaps, { unit: 'EUR' })).toMatchObject({ isError: false, told: 'a picture' });
  expect(started.kinds()).toEqual([['chart.png'], ['data_table', 'context']]);
  const [picture, numbers] = started.shown();
  expect(picture?.files?.[0]).toMatchObject({ alt_txt: 'bar chart: Costs <!here>. Q1: 5 EUR; 東京: no value' });
  expect(JSON.stringify(numbers?.blocks)).toContain('#1 in the picture is 東京');
  expect(numbers?.text).toContain('Q1: 5 EUR\n東京: no value');
});

describe('F9 where the picture never lands there is one line and a table, and the model is told so', () => {
  test.each([
    ['Slack shares it never', (started: Awaited<ReturnType<typeof start>>) => started.slack.shareAfter(Number.POSITIVE_INFINITY)],
    [
      'the app has no right to upload',
      ({ slack }: Awaited<ReturnType<typeof start>>) =>
        slack.inject({ method: 'files.getUploadURLExternal', kind: 'error', error: 'missing_scope' }),
    ],
  ] as const)('%s', async (_, disturb) => {
    await using started = await start();
    disturb(started);
    const output = await started.ask(gaps);
    expect(output).toMatchObject({ isError: false, told: 'only its numbers' });
    expect(output.text).toContain('do not say that there is a chart');
    expect(started.kinds()).toEqual([['data_table', 'context']]);
    expect(started.shown()[0]?.text).toContain('_The chart itself could not be shown here, so these are its numbers._');
  });

  test('it cannot be drawn', async () => {
    await using started = await start({}, () => Promise.reject(new Error('no')));
    expect(await started.ask(gaps)).toMatchObject({ told: 'only its numbers' });
    expect(started.kinds()).toEqual([['data_table', 'context']]);
  });
});

describe('F11 a block that the workspace refuses', () => {
  test('costs one try in the whole process, and the picture comes in its place', async () => {
    await using started = await start({ lacksBlocks: ['data_visualization'] });
    expect(await started.ask(small)).toMatchObject({ told: 'a picture' });
    expect(await started.ask(small, { title: 'Again' })).toMatchObject({ told: 'a picture' });
    expect(started.kinds()).toEqual([['chart.png'], ['data_table', 'context'], ['chart.png'], ['data_table', 'context']]);
    const tries = started.slack.calls.filter(({ response }) => response.error === 'invalid_blocks');
    expect(tries).toHaveLength(1);
  });

  test('is not in the second attempt: the numbers come as text', async () => {
    await using started = await start({ lacksBlocks: ['data_visualization', 'data_table'] });
    expect(await started.ask(gaps)).toMatchObject({ told: 'a picture' });
    expect(started.kinds()).toEqual([['chart.png'], ['rich_text']]);
    expect(started.shown()[1]?.text).toContain('Q1: 5');
  });

  test('an empty cell, a long one and 250 rows make a table that Slack takes, and the rest is counted', async () => {
    await using started = await start();
    const categories = Array.from({ length: 250 }, (_, index) => (index === 3 ? 'x'.repeat(4_000) : `c${index}`));
    await started.show(lineOver(categories), started.outgoing);
    const [, numbers] = started.shown();
    const [table, said] = (numbers?.blocks ?? []) as [{ rows: { text?: string }[][] }, unknown];
    expect([table.rows.length, table.rows[1]?.[1]?.text]).toEqual([201, '–']);
    expect(JSON.stringify(said)).toContain('… 50 more rows');
  });

  test('long names in many rows keep to the characters of a message', async () => {
    await using started = await start();
    const categories = Array.from({ length: 200 }, (_, index) => `${index} ${'y'.repeat(190)}`);
    await started.show(lineOver(categories), started.outgoing);
    expect(started.kinds()).toEqual([['chart.png'], ['data_table', 'context']]);
    expect(JSON.stringify(started.shown()[1]?.blocks)).toMatch(/… 1\d\d more rows/);
  });
});

test('the same chart is shown once', async () => {
  await using started = await start();
  await started.ask(small);
  expect(await started.ask(small)).toMatchObject({ isError: false, told: 'there already' });
  expect(started.kinds()).toHaveLength(1);
});

test('a request that cannot be drawn shows nothing, and says what to do', async () => {
  await using started = await start();
  const output = await started.ask({ categories: ['a'], series: [{ name: 's', values: ['1.234,5'] }] });
  expect(output).toEqual({ text: expect.stringContaining('Row 1 of "s", "1.234,5", is no plain number.'), isError: true });
  expect(started.shown()).toEqual([]);
});

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import type { Chart } from '../../src/charts/chart.ts';
import { createDrawPicture } from '../../src/charts/draw-picture.ts';
import { fontGlyphs } from '../../src/charts/font-glyphs.ts';
import { decodePng, type Pixels } from './decode-png.ts';

const draw = createDrawPicture({ idle: 50 });
afterAll(() => new Promise((resolve) => setTimeout(resolve, 100)));

const chart = (changes: Partial<Chart>): Chart => ({
  kind: 'bar',
  title: 'Requests by status',
  categories: ['200', '404', '500'],
  series: [{ name: 'Requests', values: [5, 3, 1] }],
  xLabel: 'Status',
  yLabel: 'Count',
  notes: [],
  ...changes,
});
const drawn = async (changes: Partial<Chart>) => decodePng((await draw(chart(changes))).png);

interface Box {
  readonly x: readonly [from: number, to: number];
  readonly y: readonly [from: number, to: number];
}

function count({ at }: Pixels, { x, y }: Box, isIt: (pixel: readonly [number, number, number]) => boolean): number {
  let found = 0;
  for (let row = y[0]; row < y[1]; row += 1) for (let column = x[0]; column < x[1]; column += 1) if (isIt(at(column, row))) found += 1;
  return found;
}
const isInk = ([red, green, blue]: readonly [number, number, number]) => red < 120 && green < 120 && blue < 120;
const isBar = ([red, green, blue]: readonly [number, number, number]) => red === 0x21 && green === 0x66 && blue === 0xac;

describe('F12 bars stand over their own names, also where the names are numbers', () => {
  test('three bars of 5, 3 and 1', async () => {
    const picture = await drawn({});
    const heights = [450, 965, 1_480].map((center) => count(picture, { x: [center, center + 1], y: [0, picture.height] }, isBar));
    const [five = 0, three = 0, one = 0] = heights;
    expect(one).toBeGreaterThan(50);
    expect([Math.round(five / one), Math.round(three / one)]).toEqual([5, 3]);
  });
});

describe('F10 texts are written with the font that comes along: the thread sees no environment, and no font of the machine', () => {
  test.each([
    ['Latin', ['Größe', 'Çeşme', 'Łódź'], 'Übersicht', []],
    ['Greek', ['Αθήνα', 'Πάτρα', 'Βόλος'], 'Πωλήσεις', []],
    ['Cyrillic', ['Київ', 'Москва', 'Пермь'], 'Продажи', []],
    [
      'what the font lacks',
      ['東京', '大阪 office', 'a 🚀'],
      'Sales 東京 🚀',
      [
        ['東京', '#1'],
        ['大阪 office', '#2 office'],
        ['a 🚀', '#3 a'],
      ],
    ],
  ])('%s', async (_, categories, title, names) => {
    const { png, drawn: written } = await draw(chart({ categories, title }));
    const picture = decodePng(png);
    const places: Box[] = [
      { x: [40, 400], y: [30, 90] },
      ...[450, 965, 1_480].map((center): Box => ({ x: [center - 90, center + 90], y: [780, 825] })),
    ];
    for (const place of places) expect(count(picture, place, isInk)).toBeGreaterThan(60);
    // Name of the value axis, and of the other.
    expect(
      count(picture, { x: [50, 100], y: [350, 600] }, isInk) + count(picture, { x: [850, 1_100], y: [840, 890] }, isInk),
    ).toBeGreaterThan(0);
    expect([...written]).toEqual(names);
  });

  test('it knows what it lacks', () => {
    const font = readFileSync(new URL(import.meta.resolve('@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf')));
    const canWrite = fontGlyphs(font);
    const lacking = (text: string) => [...text].filter((character) => !canWrite(character.codePointAt(0) ?? 0)).join('');
    expect(lacking('AZaz09äßŁΩжЇ€–…%#')).toBe('');
    expect(lacking('東京🚀한שא')).toBe('東京🚀한שא');
  });
});

const months = ['Jan', 'Feb', 'Mär', 'Apr', 'Mai', 'Jun'];
const references: Readonly<Record<string, Partial<Chart>>> = {
  lying: {
    kind: 'grouped',
    title: 'Umsatz nach Abteilung',
    categories: ['Außerordentliche Angelegenheiten', 'Отдел продаж и маркетинга', 'HR'],
    series: [
      { name: '2025', values: [120, -40, undefined] },
      { name: '2026', values: [140, 20, 35.5] },
    ],
    unit: 'EUR',
  },
  line: {
    kind: 'line',
    title: 'Gaps stay gaps',
    categories: months,
    series: [
      { name: 'a', values: [3, undefined, 2, 5, undefined, 1] },
      { name: 'b', values: [1, 2, 3, 3, 2, 1] },
    ],
  },
  stacked: {
    kind: 'stacked',
    title: 'Stacked, some below zero',
    categories: months,
    series: ['North', 'South', 'East'].map((name, line) => ({ name, values: months.map((_, month) => (((line + 1) * month) % 5) - line) })),
  },
};

/** Their very pixels, as the font is the same everywhere; a library that draws an edge otherwise may differ in a few. */
test.each(Object.entries(references))('the picture “%s” is as it was when somebody looked at it', async (name, changes) => {
  const { png } = await draw(chart(changes));
  const path = new URL(`pictures/${name}.png`, import.meta.url);
  // To take one anew, delete it, run this, and look at it.
  if (!existsSync(path)) writeFileSync(path, png);
  const [is, was] = [decodePng(png), decodePng(readFileSync(path))];
  expect([is.width, is.height]).toEqual([was.width, was.height]);
  let different = 0;
  for (let y = 0; y < is.height; y += 1) {
    for (let x = 0; x < is.width; x += 1) {
      const [now, then] = [is.at(x, y), was.at(x, y)];
      if (now.some((value, channel) => Math.abs(value - (then[channel] ?? 0)) > 24)) different += 1;
    }
  }
  expect(different).toBeLessThan(is.width * is.height * 0.002);
});

import { escapeText } from '@vera/protocol/escape-text';
import { shorten, textLimits } from '@vera/protocol/shorten';
import { numberText } from '../tables/number-text.ts';
import type { Chart } from './chart.ts';
import { withUnit } from './slack-chart.ts';

/** What the picture shows in place of names that its font cannot write: `#3` for the third. */
export type DrawnNames = ReadonlyMap<string, string>;

/** The chart in words, as Slack's markup: its title and all its numbers, or as many as fit and how many more there are. */
export function chartWords(chart: Chart, drawn: DrawnNames = new Map(), limit: number = textLimits.textObject): string {
  const head = [
    `*${said(chart.title)}*`,
    ...axisWords(chart),
    ...chart.notes.map((note) => `_${said(note)}._`),
    ...drawnWords(chart, drawn),
  ].join('\n');
  const lines = linesOf(chart).map((line) => escapeText(line));
  return [shorten(head, limit / 2), ...fitting(lines, limit - Math.min(head.length, limit / 2) - longestMore)].join('\n');
}

const longestMore = 20;

/** What the axes are called, which a picture's font may lack, too. */
function axisWords({ xLabel, yLabel, unit }: Chart): string[] {
  const names = [xLabel, yLabel === undefined ? undefined : withUnit(yLabel, unit)].filter((name) => name !== undefined);
  return names.length === 0 ? [] : [said(names.join(' – '))];
}

/** The same for whoever cannot see the picture, as plain text. */
export function altText(chart: Chart, limit = 1_000): string {
  return shorten(`${chart.kind} chart: ${chart.title}. ${linesOf(chart).join('; ')}`, limit);
}

/** A category each: of one series just the number, of several each with its name. */
function linesOf({ categories, series, unit }: Chart): string[] {
  const valueAt = (index: number) => {
    const values = series.map(({ name, values: all }) => ({ name, text: valueText(all[index], unit) }));
    return values.length === 1 ? values[0]?.text : values.map(({ name, text }) => `${brief(name)} ${text}`).join(', ');
  };
  return categories.map((category, index) => `${brief(category)}: ${valueAt(index)}`);
}

function valueText(value: number | undefined, unit: string | undefined): string {
  if (value === undefined) return 'no value';
  return unit === undefined ? numberText(value) : `${numberText(value)} ${unit}`;
}

function drawnWords({ categories, series }: Chart, drawn: DrawnNames): string[] {
  const names = [...categories, ...series.map(({ name }) => name)].filter((name) => drawn.has(name));
  const words = names.map((name) => `${drawn.get(name)} is ${said(name)}`);
  return words.length === 0 ? [] : [`In the picture: ${words.join(', ')}.`];
}

/** Others' words, where Slack would read mark-up. */
function said(text: string): string {
  return escapeText(brief(text));
}

function brief(text: string): string {
  return shorten(text, textLimits.line);
}

function fitting(lines: readonly string[], room: number): string[] {
  let [count, used] = [0, 0];
  for (const line of lines) {
    used += line.length + 1;
    if (used > room) break;
    count += 1;
  }
  const left = lines.length - count;
  return [...lines.slice(0, count), ...(left > 0 ? [`… ${left} more`] : [])];
}

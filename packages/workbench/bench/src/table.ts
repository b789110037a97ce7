import { cpus } from 'node:os';
import type { Figure } from './main.ts';

/** The figures as Markdown, under a line that says where they were measured. */
export function toTable(figures: readonly Figure[]): string {
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}, Node ${process.versions.node}`;
  const rows = figures.map(({ what, value, goal }) => `| ${what} | ${value} | ${goal} |`);
  return [`Measured on ${machine}.`, '', '| what | measured | goal |', '|---|---|---|', ...rows].join('\n');
}

/** The value below which `share` of the values lie. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function milliseconds(value: number): string {
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
}

import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';

/** One line of the printed table. Times also show as multiples of a bare Node's start in the same run. */
export type Figure = { readonly what: string; readonly goal?: string } & ({ readonly milliseconds: number } | { readonly value: string });

/** The figures as Markdown, under a line that says where they were measured. `bareNode` in milliseconds. */
export function toTable(figures: readonly Figure[], bareNode: number): string {
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}, Node ${process.versions.node}`;
  const rows = figures.map((figure) => {
    const value = 'value' in figure ? figure.value : `${toText(figure.milliseconds)} (${(figure.milliseconds / bareNode).toFixed(1)} ×)`;
    return `| ${figure.what} | ${value} | ${figure.goal ?? ''} |`;
  });
  return [`Measured on ${machine}.`, '', '| what | measured | goal |', '|---|---|---|', ...rows].join('\n');
}

function toText(milliseconds: number): string {
  return `${milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds)} ms`;
}

/** In milliseconds. */
export function bareNodeOnce(): number {
  const started = performance.now();
  spawnSync(process.execPath, ['-e', '0']);
  return performance.now() - started;
}

/** In the median of some, as the machine is now. */
export function bareNode(): number {
  return percentile(
    Array.from({ length: 15 }, () => bareNodeOnce()),
    0.5,
  );
}

/** How long `/ping` waited while something went on. */
export function pingFigure(meanwhile: string, waits: readonly number[]): Figure {
  return { what: `/ping, p99 ${meanwhile} (${waits.length} pings)`, milliseconds: percentile(waits, 0.99), goal: '≤ 50 ms' };
}

/** The value below which `share` of the values lie. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

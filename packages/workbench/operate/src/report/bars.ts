import type { DayOfReport } from './report.ts';

/** A share of a whole, as a bar in a table. */
export function bar(share: number, kind: 'plain' | 'bad' | 'good' = 'plain'): string {
  const width = Math.max(0, Math.min(100, share * 100)).toFixed(1);
  return `<svg viewBox="0 0 100 8" height="8" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="8" rx="2"/><rect class="${kind}" width="${width}" height="8" rx="2"/></svg>`;
}

const [height, top, bottom, left] = [180, 12, 22, 34];
const width = 960;

/** Questions day by day: answered below, what ended otherwise above, what is open on top. */
export function dayBars(days: readonly DayOfReport[]): string {
  const most = niceMost(Math.max(1, ...days.map(({ answered, others, open }) => answered + others + open)));
  const step = (width - left) / Math.max(1, days.length);
  const barWidth = Math.min(56, step * 0.7);
  const scale = (count: number) => (count / most) * (height - top - bottom);
  const named = Math.ceil(days.length / 14);
  const columns = days.map(({ day, answered, others, open }, index) => {
    const x = left + index * step + (step - barWidth) / 2;
    let y = height - bottom;
    const parts = (
      [
        ['good', answered],
        ['bad', others],
        ['open', open],
      ] as const
    ).map(([kind, count]) => {
      y -= scale(count);
      return count === 0
        ? ''
        : `<rect class="${kind}" x="${x.toFixed(1)}" y="${y.toFixed(1)}" width="${barWidth.toFixed(1)}" height="${scale(count).toFixed(1)}"/>`;
    });
    const label =
      index % named === 0 ? `<text x="${(x + barWidth / 2).toFixed(1)}" y="${height - 6}" text-anchor="middle">${day.slice(5)}</text>` : '';
    return `<g><title>${day}: ${answered} answered, ${others} ended otherwise, ${open} open</title>${parts.join('')}${label}</g>`;
  });
  const lines = [0, most / 2, most].map((count) => {
    const y = (height - bottom - scale(count)).toFixed(1);
    return `<rect class="track" x="${left}" y="${y}" width="${width - left}" height="1"/><text x="${left - 6}" y="${Number(y) + 4}" text-anchor="end">${count}</text>`;
  });
  const words = days.map(({ day, answered, others, open }) => `${day} ${answered + others + open}`).join(', ');
  return `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="Questions a day: ${words}">${lines.join('')}${columns.join('')}</svg>`;
}

/** The next number up that halves well. */
function niceMost(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most));
  return [2, 4, 6, 8, 10, 20].map((factor) => factor * power).find((nice) => nice >= most) ?? most;
}

import type { Figure } from '../figures.ts';
import type { Sample } from './run-soak.ts';

/** In minutes: in fewer a slope is what the first questions load and what was not collected yet. */
const leastForSlope = 30;

/** What grows is seen in the last two thirds: what is used for the first time comes before. */
export function soakFigures(all: readonly Sample[]): Figure[] {
  const [first, last] = [all[0], all.at(-1)];
  if (!first || !last) return [];
  const doubt = last.minutes < leastForSlope ? `; too short to believe a slope, which takes ${leastForSlope} minutes` : '';
  const processes = Object.keys(first.processes).flatMap((name): Figure[] => {
    // Lambda lets go of a process after a while.
    const seen = all.flatMap(({ minutes: at, processes: { [name]: look } }) => (look ? [{ at, ...look }] : []));
    const late = seen.slice(Math.floor(seen.length / 3));
    const slope = slopeOf(late.map(({ at, megabytes }) => [at, megabytes]));
    const [before, after] = [seen[0], seen.at(-1)];
    return [
      { what: `${name}: memory, slope`, value: `${(slope * 60).toFixed(1)} MB an hour, at ${after?.megabytes.toFixed(0)} MB${doubt}` },
      { what: `${name}: open files and sockets`, value: `${before?.handles} → ${after?.handles}` },
    ];
  });
  const asked = last.questions - first.questions;
  const lasting = last.items.lasting - first.items.lasting;
  return [
    { what: `questions in ${last.minutes.toFixed(0)} minutes`, value: String(last.questions) },
    ...processes,
    {
      what: 'items of the ledger a question: its record, and the end of its thread',
      value: ((last.items.all - first.items.all) / asked).toFixed(1),
      goal: '2',
    },
    { what: 'items more that never go away', value: String(lasting), goal: '0' },
  ];
}

/** By least squares. */
function slopeOf(points: readonly (readonly [x: number, y: number])[]): number {
  const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [meanOf(points.map((point) => point[0])), meanOf(points.map((point) => point[1]))];
  const [above, below] = points.reduce(([xy, xx], [px, py]) => [xy + (px - x) * (py - y), xx + (px - x) ** 2], [0, 0]);
  return above / below;
}

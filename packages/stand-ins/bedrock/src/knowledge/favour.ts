import type { FoundPassage } from './passage-index.ts';

const wholeAnswers = /^\s*1[.)] [\s\S]*?^\s*2[.)] /m;
const summary = /^(?:summary|overview|what happened)\b/i;

/**
 * Word counts alone favour short passages; a vector index finds what answers. So steps, summaries and the first of a document's passages
 * that match count a little more.
 */
export function favoured<Row extends Pick<FoundPassage, 'id' | 'path' | 'heading' | 'text'> & { weight: number }>(
  rows: readonly Row[],
): Row[] {
  const first = new Map<string, number>();
  for (const { id, path } of rows) first.set(path, Math.min(id, first.get(path) ?? id));
  return rows
    .map((row) => ({ ...row, weight: row.weight * favourOf(row, row.id - (first.get(row.path) ?? row.id)) }))
    .sort((a, b) => b.weight - a.weight || a.id - b.id);
}

function favourOf({ heading, text }: Pick<FoundPassage, 'heading' | 'text'>, position: number): number {
  return 1 + (wholeAnswers.test(text) ? 0.4 : 0) + (summary.test(heading) ? 0.25 : 0) + 0.3 / (1 + position);
}

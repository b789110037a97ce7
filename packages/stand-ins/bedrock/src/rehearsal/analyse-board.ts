import { boardThemes } from './judge-rows.ts';
import type { Call, Scene } from './scene.ts';
import { chartTool, notesIn, queryTool, tableOf } from './table-tools.ts';

const [collectTool, judgeTool] = ['collect_jira_issues', 'delegate_rows'];

/** Count, collect, judge in batches, add up, draw: each call needs the table that the one before made. */
export function boardCalls({ named: { project = '' }, result, isHere }: Scene): readonly Call[] {
  const collect = { name: collectTool, input: { jql: `project = ${project}` } };
  const issues = tableOf(result(collectTool));
  if (issues === undefined) return [collect];
  const add = [{ name: 'theme', of: 'What the ticket is about', values: Object.keys(boardThemes) }];
  const task = `Tickets of the project ${project}.`;
  const judge = { name: judgeTool, input: { task, table: issues, key: 'key', columns: ['summary'], add } };
  const judged = tableOf(result(judgeTool));
  if (judged === undefined) return [collect, judge];
  const sort = [{ column: 'count', descending: true }];
  const query = { name: queryTool, input: { table: judged, group_by: ['theme'], compute: [{ of: 'count' }], sort } };
  const counts = tableOf(result(queryTool));
  if (counts === undefined || !isHere(chartTool)) return [collect, judge, query];
  const chart = { kind: 'bar', title: `${project} board by theme`, from: counts, category: 'theme', values: ['count'] };
  return [collect, judge, query, { name: chartTool, input: chart }];
}

/** The numbers as they were computed, with what has to be said with them. */
export function tellBoard({ named: { project = '' }, result }: Scene): string {
  const text = result(queryTool);
  const counts = [...text.matchAll(/^\| ([a-z]+) \| (\d+)$/gm)].map(([, theme, count]) => ({ theme, count: Number(count) }));
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  const lines = counts.map(({ theme, count }) => `- ${theme}: **${count}**`).join('\n');
  const head = `The ${project} board has **${total.toLocaleString('en-US')}** tickets. What they are about, as my helpers judged each of them:`;
  return [head, lines, ...notesIn(text)].join('\n\n');
}

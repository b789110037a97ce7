import { boardThemes } from './judge-rows.ts';
import type { Call, Scene } from './scene.ts';
import { chartTool, queryTool } from './summarise-sheet.ts';

const [collectTool, judgeTool] = ['collect_jira_issues', 'delegate_rows'];

/** Count, collect, judge in batches, add up, draw: each call needs the table that the one before made. */
export function boardCalls({ named: { project = '' }, result, isHere }: Scene): readonly Call[] {
  const collect = { name: collectTool, input: { jql: `project = ${project}` } };
  const issues = /The rows are (table-\d+)/.exec(result(collectTool))?.[1];
  if (issues === undefined) return [collect];
  const add = [{ name: 'theme', of: 'What the ticket is about', values: Object.keys(boardThemes) }];
  const task = `Tickets of the project ${project}.`;
  const judge = { name: judgeTool, input: { task, table: issues, key: 'key', columns: ['summary'], add } };
  const judged = /The result is (table-\d+)/.exec(result(judgeTool))?.[1];
  if (judged === undefined) return [collect, judge];
  const sort = [{ column: 'count', descending: true }];
  const query = { name: queryTool, input: { table: judged, group_by: ['theme'], compute: [{ of: 'count' }], sort } };
  const counts = /The result is (table-\d+)/.exec(result(queryTool))?.[1];
  if (counts === undefined || !isHere(chartTool)) return [collect, judge, query];
  const chart = { kind: 'bar', title: `${project} board by theme`, from: counts, category: 'theme', values: ['count'] };
  return [collect, judge, query, { name: chartTool, input: chart }];
}

/** The numbers as they were computed, with what has to be said with them. */
export function tellBoard({ named: { project = '' }, result }: Scene): string {
  const text = result(queryTool);
  const counts = [...text.matchAll(/^\| ([a-z]+) \| (\d+)$/gm)].map(([, theme, count]) => ({ theme, count: Number(count) }));
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  const notes = [...text.matchAll(/^Note: (.*)$/gm)].map(([, note]) => `\n\n_${note}_`);
  const lines = counts.map(({ theme, count }) => `- ${theme}: **${count}**`).join('\n');
  return `The ${project} board has **${total.toLocaleString('en-US')}** tickets. What they are about, as my helpers judged each of them:\n\n${lines}${notes.join('')}`;
}

import { shorten, textLimits } from '@vera/protocol/shorten';
import * as z from 'zod';
import type { Cell, Column, Table } from '../../tables/table.ts';
import { textCell } from '../../tables/text-cell.ts';
import { AccountRefused, type PersonRead } from '../../tools/person-tool.ts';
import { argument } from '../../tools/told-text.ts';
import { type Told, ToolFailure } from '../../tools/tool.ts';
import type { AtlassianClient } from '../client/atlassian-client.ts';
import { type Place, personRead } from '../person-tool-of.ts';
import { adfWords } from '../text/adf.ts';
import { collectIds, mostIssues } from './collect-ids.ts';
import { jqlProblem } from './jql-problem.ts';

/** Many issues as a table beside the turn: the model reads how many there are, and computes with them or hands them on. */
export const collectJiraIssues = (client: AtlassianClient): PersonRead =>
  personRead(client, {
    name: 'collect_jira_issues',
    title: 'Collecting Jira issues',
    details: argument('jql'),
    description:
      `Collects all Jira issues that a JQL query matches, up to ${mostIssues.toLocaleString('en-US')}, into a table with key, summary, type, status, priority, ` +
      'assignee, components, labels, dates and the beginning of the description. You get its reference and not the rows: compute with query_table, draw with ' +
      'draw_chart, or have helpers judge each row with delegate_rows. For large boards and whole projects.',
    product: 'jira',
    input: { jql: z.string().trim().min(1).max(4_000).describe('A JQL query with a condition, without ORDER BY') },
    async read({ jql }, jira) {
      const problem = jqlProblem(jql) ?? (/\border\s+by\b/i.test(jql) ? 'Leave ORDER BY out: a table is sorted afterwards.' : undefined);
      if (problem !== undefined) throw new ToolFailure(problem);
      return collected(jql, jira);
    },
  });

/** Issues asked for at once. */
const batchSize = 50;
const fields = [
  'summary',
  'description',
  'issuetype',
  'status',
  'priority',
  'assignee',
  'components',
  'labels',
  'created',
  'resolutiondate',
];

async function collected(jql: string, jira: Place): Promise<Told> {
  const { ids, counted } = await collectIds(jql, jira);
  if (ids.length === 0 && counted === 0) return { text: 'No issue matches.', told: 'no issue' };
  const batches = Array.from({ length: Math.ceil(ids.length / batchSize) }, (_, index) =>
    ids.slice(index * batchSize, (index + 1) * batchSize),
  );
  const rows = new Map<string, readonly Cell[]>();
  let missing = await readBatches(batches, jira, rows);
  // Once more, after the others: what was wrong may have passed.
  if (missing.length > 0) missing = await readBatches(missing, jira, rows);
  const places = missing.map(
    (batch) => `batch ${batches.findIndex(([first]) => first === batch[0]) + 1} of ${batches.length} (${batch.length} issues)`,
  );
  const total = Math.max(counted, ids.length);
  const short = rows.size === total ? [] : [shortOf(rows.size, total, places)];
  const table: Table = { name: shorten(`Jira: ${jql}`, textLimits.line), columns, rows: [...rows.values()], notes: short };
  if (rows.size === 0) throw new ToolFailure('Jira counts issues, but gave none of them. Nothing was changed.');
  const text = short.length > 0 ? `${short[0]}. Say so with everything that is made of them.` : `All ${total} issues are collected.`;
  return { text, told: `${rows.size} of ${total} issues`, table };
}

function shortOf(read: number, total: number, places: readonly string[]): string {
  const why = places.length > 0 ? `could not be read: ${places.join(', ')}` : 'Jira counts more than it gives';
  return `${read} of ${total} issues; ${why}`;
}

/** Reads batch after batch; gives those that could not be read. */
async function readBatches(
  batches: readonly (readonly string[])[],
  jira: Place,
  rows: Map<string, readonly Cell[]>,
): Promise<readonly (readonly string[])[]> {
  const missing: (readonly string[])[] = [];
  for (const batch of batches) {
    try {
      const { issues } = await jira.ask('/rest/api/3/issue/bulkfetch', { issueIdsOrKeys: batch, fields }, bulkSchema);
      // By id: an issue that was moved meanwhile has another key.
      for (const issue of issues) rows.set(issue.id, rowOf(issue));
    } catch (error) {
      if (!(error instanceof ToolFailure) || error instanceof AccountRefused) throw error;
      missing.push(batch);
    }
  }
  return missing;
}

const named = z.object({ name: z.string() });
const bulkSchema = z.object({
  issues: z.array(
    z.object({
      id: z.string(),
      key: z.string(),
      fields: z.object({
        summary: z.string().nullish(),
        description: z.unknown(),
        issuetype: named.nullish(),
        status: z.looseObject({ name: z.string(), statusCategory: named.nullish() }).nullish(),
        priority: named.nullish(),
        assignee: z.object({ displayName: z.string() }).nullish(),
        components: z.array(named).nullish(),
        labels: z.array(z.string()).nullish(),
        created: z.string().nullish(),
        resolutiondate: z.string().nullish(),
      }),
    }),
  ),
});

const columns: readonly Column[] = [
  ...['key', 'summary', 'type', 'status', 'status category', 'priority', 'assignee', 'components', 'labels'].map(
    (name) => ({ name, kind: 'text' }) as const,
  ),
  { name: 'created', kind: 'date' },
  { name: 'resolved', kind: 'date' },
  { name: 'description', kind: 'text' },
];

function rowOf({ key, fields: given }: z.output<typeof bulkSchema>['issues'][number]): readonly Cell[] {
  const { summary, description, issuetype, status, priority, assignee, components, labels, created, resolutiondate } = given;
  return [
    ...[key, summary, issuetype?.name, status?.name, status?.statusCategory?.name, priority?.name, assignee?.displayName].map(textCell),
    ...[components?.map(({ name }) => name).join(', '), labels?.join(', ')].map(textCell),
    ...[created?.slice(0, 10), resolutiondate?.slice(0, 10)].map(textCell),
    textCell(description ? shorten(adfWords(description), textLimits.deskDescription) : undefined),
  ];
}

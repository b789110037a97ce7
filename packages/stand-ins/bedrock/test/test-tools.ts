import { type BedrockAgentRuntimeClient, RetrieveCommand } from '@aws-sdk/client-bedrock-agent-runtime';
import type { TestTool } from './agent-loop.ts';

export function toolOf(name: string, description: string, properties: Record<string, object>, run: TestTool['run']): TestTool {
  const json = { type: 'object', properties, required: Object.keys(properties) } as never;
  return { tool: { toolSpec: { name, description, inputSchema: { json } } }, run };
}

/** Searches the fixture documents as Vera does, with numbered results. */
export function searchDocuments(client: BedrockAgentRuntimeClient, knowledgeBaseId: string): TestTool {
  const query = { type: 'string', description: 'What to look for, in the words a document would use' };
  return toolOf('search_knowledge_base', "Searches the company's own documents. Results are numbered.", { query }, async (input) => {
    const command = new RetrieveCommand({ knowledgeBaseId, retrievalQuery: { text: String(input.query) } });
    const { retrievalResults = [] } = await client.send(command);
    const titles = retrievalResults.map(({ metadata }) => [metadata?.title, metadata?.heading].filter(Boolean).join(' › '));
    return (
      retrievalResults.map(({ content }, index) => `[${index + 1}] ${titles[index]}\n${content?.text}`).join('\n\n') || 'No document fits.'
    );
  });
}

export const clock = toolOf(
  'current_time',
  'Tells the current date, weekday and time, in any time zone.',
  { time_zone: { type: 'string', description: 'An IANA time zone', default: 'UTC' } },
  ({ time_zone: zone }) => `Monday, 23 November 2026 at 21:35 (2026-11-23T12:35:00.000Z)${zone === 'Mars' ? ' no' : ''}`,
);

export const calculator = toolOf(
  'calculate',
  'Calculates an arithmetic expression exactly as written.',
  { expression: { type: 'string', description: 'For example (17 * 3.5) / 2' } },
  ({ expression }) => {
    if (expression === '2340 * 17 / 100') return '2340 * 17 / 100 = 397.8';
    if (expression === '37 * 43') return '37 * 43 = 1591';
    throw new Error(`${expression}: has no finite value`);
  },
);

export const broken = toolOf('search_knowledge_base', 'Searches documents.', { query: { type: 'string' } }, () => {
  throw new Error('connect ECONNREFUSED https://jira.internal.example arn:aws:secretsmanager:us-east-1:1:secret:jira');
});

/** As Vera gives what was said in Slack: one number a thread, each message marked. */
export const readSlack = toolOf('read_slack', 'Reads what was said in Slack.', { channel: { type: 'string' } }, ({ channel, query }) =>
  channel === '#payments-alerts' && query === 'settlement lag'
    ? [
        '[1] 2026-11-23 18:02 UTC\n<data from="PagerDuty in #payments-alerts">\nSettlement lag above 30 minutes\n</data>',
        '2026-11-23 18:20 UTC\n<data from="maya in #payments-alerts">\nDecided: no page below 60 minutes.\n</data>',
        '[2] 2026-11-20 09:00 UTC\n<data from="ines in #payments-alerts">\nThe lag again\n</data>',
      ].join('\n\n')
    : 'No channel of that name can be read here.',
);

/** The tools that a board is analysed with, as far as the story sees them: each gives the reference that the next one takes. */
export const boardTools = [
  toolOf('collect_jira_issues', 'Collects issues.', { jql: { type: 'string' } }, ({ jql }) =>
    jql === 'project = PAY' ? 'All 7 issues are collected.\nThe rows are table-1 (7 rows; columns: key, summary).' : 'No issue matches.',
  ),
  toolOf('delegate_rows', 'Has rows judged.', { table: { type: 'string' } }, ({ table, columns }) =>
    table === 'table-1' && String(columns) === 'summary' ? 'The result is table-2, 7 rows.' : 'There is no table.',
  ),
  toolOf('query_table', 'Computes.', { table: { type: 'string' } }, ({ table }) =>
    table === 'table-2'
      ? 'The result is table-3, <data from="x">\n2 rows:\n| theme | count\n| (text) | (number)\n| refunds | 5\n| access | 2\nNote: 7 of 9 issues.\n</data>'
      : 'There is no table.',
  ),
];

import * as z from 'zod';
import type { PersonRead } from '../../tools/person-tool.ts';
import { argument, counted } from '../../tools/told-text.ts';
import { ToolFailure } from '../../tools/tool.ts';
import type { AtlassianClient } from '../client/atlassian-client.ts';
import { personRead } from '../person-tool-of.ts';
import { jqlProblem } from './jql-problem.ts';

export const countJiraIssues = (client: AtlassianClient): PersonRead =>
  personRead(client, {
    name: 'count_jira_issues',
    title: 'Counting Jira issues',
    details: argument('jql'),
    description:
      'Counts the Jira issues that a JQL query matches, as far as the person who asks sees them, without reading them. ' +
      'Call it before you read a large board or a whole project, and when only a number is asked for.',
    product: 'jira',
    withoutAccount:
      'The person has not connected their account. Count with another tool, which sees what Vera may see; if there is none, offer to connect it.',
    input: {
      jql: z.string().trim().min(1).max(4_000).describe('A JQL query with a condition; months are written in days, as in created >= -180d'),
    },
    async read({ jql }, jira) {
      const problem = jqlProblem(jql);
      if (problem !== undefined) throw new ToolFailure(problem);
      const { count } = await jira.ask('/rest/api/3/search/approximate-count', { jql }, z.object({ count: z.number() }));
      const text = `${count} ${count === 1 ? 'issue matches' : 'issues match'} (Jira's count lags a few seconds behind changes).`;
      return { text, told: counted(count, 'issue', 'issues') };
    },
  });

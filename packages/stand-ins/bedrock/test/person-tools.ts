import type { TestTool } from './agent-loop.ts';

const text = (description: string) => ({ type: 'string', description });
const issue = text('The key, such as PAY-117');

/** Tools that change something as the person who asks. What they are called with is for the test to see; what they return, for it to say; `!` makes it an error. */
export function personTools(answer: (name: string) => string): readonly TestTool[] {
  const toolOf = (name: string, description: string, properties: object, required: readonly string[]): TestTool => ({
    tool: { toolSpec: { name, description, inputSchema: { json: { type: 'object', properties, required } as never } } },
    run() {
      const result = answer(name);
      if (result.startsWith('!')) throw new Error(result.slice(1));
      return result;
    },
  });
  const priority = { type: 'string', enum: ['Highest', 'High', 'Medium', 'Low', 'Lowest'] };
  const labels = { type: 'array', items: { type: 'string' } };
  return [
    toolOf(
      'create_jira_issue',
      'Creates a Jira issue as the person who asks, after they approved it.',
      {
        project: text('Key or name of the project, such as PAY'),
        issue_type: text('Bug, Task or Story; Incident where the project has it'),
        summary: text('One line'),
        description: text('What happened, in Markdown'),
        ...{ priority, labels },
      },
      ['project', 'issue_type', 'summary'],
    ),
    toolOf(
      'edit_jira_issue',
      'Changes fields of a Jira issue.',
      { issue, summary: text('New'), priority, add_labels: labels, assignee: text('A name') },
      ['issue'],
    ),
    toolOf('transition_jira_issue', 'Moves a Jira issue to another status.', { issue, to: text('The status it shall have') }, [
      'issue',
      'to',
    ]),
    toolOf('comment_on_jira_issue', 'Adds a comment to a Jira issue.', { issue, comment: text('Markdown') }, ['issue', 'comment']),
    toolOf('create_confluence_page', 'Creates a Confluence page.', { space: text('Key'), title: text('Title'), text: text('Markdown') }, [
      'space',
      'title',
      'text',
    ]),
    toolOf('update_confluence_page', 'Changes a Confluence page.', { page: text('Title or id'), text: text('Markdown') }, ['page', 'text']),
    toolOf('count_jira_issues', 'Counts the Jira issues that match a JQL query.', { jql: text('JQL; months in days, as in -180d') }, [
      'jql',
    ]),
    toolOf('connect_accounts', 'Sends the person who asked a private link to the page where they connect their accounts.', {}, []),
    toolOf('list_service_desks', 'Lists the Jira service desks the person may ask.', {}, []),
  ];
}

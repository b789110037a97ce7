import { describe, expect, it } from 'vitest';
import { atlassianTools } from '../../src/atlassian/atlassian-tools.ts';
import { usableSchema } from '../../src/mcp/input-schema.ts';

const tools = atlassianTools();

describe('the Atlassian tools', () => {
  it('are reads that only look and writes that are approved first', () => {
    const kinds = Object.groupBy(tools, ({ kind }) => kind);
    expect(kinds.read?.map(({ name }) => name)).toEqual([
      ...['count_jira_issues', 'collect_jira_issues', 'list_service_desks', 'prepare_service_desk_request'],
    ]);
    expect(kinds.write?.map(({ name }) => name)).toEqual([
      ...['create_jira_issue', 'edit_jira_issue', 'transition_jira_issue', 'comment_on_jira_issue'],
      ...['create_confluence_page', 'update_confluence_page', 'submit_service_desk_request'],
    ]);
    for (const { description } of kinds.write ?? []) expect(description).toContain('approved');
  });

  it.each(tools.map((tool) => [tool.name, tool] as const))(
    '%s has an input that Bedrock takes as it is',
    (name, { inputSchema, provider }) => {
      expect(name).toMatch(/^[a-z_]{1,64}$/);
      expect(provider).toBe('atlassian');
      expect(inputSchema).toMatchObject({ type: 'object', properties: { site: { type: 'string' } } });
      expect(Object.keys(usableSchema(inputSchema)?.schema.properties ?? {})).toEqual(Object.keys(inputSchema.properties ?? {}));
      expect(inputSchema).not.toHaveProperty('required', expect.arrayContaining(['site']));
    },
  );

  it.each([
    ['count_jira_issues', { site: 'ops', jql: 'project = PAY' }, '“project = PAY”'],
    ['create_jira_issue', { project: 'PAY', issue_type: 'Bug', summary: 'The <!here> total: off' }, '“The !here total off”'],
    ['edit_jira_issue', { summary: 'New', issue: 'PAY-1' }, '“PAY-1”'],
    ['transition_jira_issue', { status: 'Done', issue: 'PAY-1' }, '“PAY-1”'],
    ['comment_on_jira_issue', { comment: 'Not for the card', issue: 'PAY-1' }, '“PAY-1”'],
    ['create_confluence_page', { space: 'ENG', text: 'Not for the card', title: 'Rota' }, '“Rota”'],
    ['update_confluence_page', { append: 'Not for the card', page: 'Rota' }, '“Rota”'],
    ['list_service_desks', {}, undefined],
    ['prepare_service_desk_request', { desk: 'IT', request_type: 'A laptop' }, '“A laptop”'],
    ['submit_service_desk_request', { desk: 'IT', request_type: 'A laptop' }, '“A laptop”'],
  ])('%s says on its card what a call is about, and no more', (name, input, details) => {
    expect(tools.find((tool) => tool.name === name)?.details?.(input)).toBe(details);
  });
});

import { describe, expect, it } from 'vitest';
import { startAtlassian } from './start-atlassian.ts';

type Atlassian = Awaited<ReturnType<typeof startAtlassian>>;

const text = 'Since **ten**.';
const page = { space: 'ENG', title: 'On call' };
/** By tool: what is done. */
const cases = [
  ['create_jira_issue', { project: 'PAY', issue_type: 'Task', summary: 'S', description: text }],
  ['comment_on_jira_issue', { issue: 'PAY-9', comment: text }],
  ['comment_on_jira_issue', { issue: 'HELP-7', comment: text, internal: true }],
  ['edit_jira_issue', { issue: 'PAY-9', summary: 'New', description: text, add_labels: ['more'] }],
  ['transition_jira_issue', { issue: 'PAY-9', to: 'Done' }],
  ['create_confluence_page', { ...page, text }],
  ['update_confluence_page', { page: '2', append: text }],
] as const;

/** All that people see, and how often it was changed. */
function world({ jira, confluence }: Atlassian) {
  const issues = jira.issues.map(({ comments, history, ...issue }) => [issue, comments.length, history.length]);
  return JSON.stringify([issues, confluence.pages.map(({ version, ...rest }) => [rest, version.number])]);
}

describe('a change whose answer was lost on its way', () => {
  it.each(cases)('%s is found afterwards, as what it would have said', async (name, input) => {
    await using atlassian = await startAtlassian();
    const ana = atlassian.account('ana');
    const proposal = await atlassian.propose(name, input, ana);
    expect(await atlassian.look(name, proposal, ana)).toBe('not-done');
    const before = world(atlassian);
    const effect = await atlassian.perform(name, proposal, ana);
    const after = world(atlassian);
    expect(after).not.toBe(before);
    expect(await atlassian.look(name, proposal, ana)).toEqual(effect);
    expect(world(atlassian)).toBe(after);
  });

  it.each(cases.slice(0, 3))('%s: another one that looks the same is not taken for it', async (name, input) => {
    await using atlassian = await startAtlassian();
    const ana = atlassian.account('ana');
    const proposal = await atlassian.propose(name, input, ana);
    await atlassian.perform(name, proposal, ana, { key: 'another-key' });
    expect(await atlassian.look(name, proposal, ana, 'key-1')).toBe('not-done');
  });

  it.each(cases)('%s: while the product does not answer, it is not called undone', async (name, input) => {
    await using atlassian = await startAtlassian();
    const ana = atlassian.account('ana');
    const proposal = await atlassian.propose(name, input, ana);
    for (const product of [atlassian.jira, atlassian.confluence]) product.inject({ kind: 'status', status: 503, times: 9 });
    await expect(atlassian.look(name, proposal, ana)).rejects.toThrow();
  });

  it('an issue that the search does not know yet is found by its key', async () => {
    await using atlassian = await startAtlassian({ searchLag: 60_000 });
    const ana = atlassian.account('ana');
    const proposal = await atlassian.propose('create_jira_issue', { project: 'PAY', issue_type: 'Task', summary: 'S' }, ana);
    expect(await atlassian.look('create_jira_issue', proposal, ana)).toBe('not-done');
    const effect = await atlassian.perform('create_jira_issue', proposal, ana);
    expect(await atlassian.look('create_jira_issue', proposal, ana)).toEqual(effect);
  });

  it('what somebody else changed meanwhile is neither done nor undone', async () => {
    await using atlassian = await startAtlassian();
    const [ana, bo] = [atlassian.account('ana'), atlassian.account('bo')];
    for (const [name, input, other] of [
      ['edit_jira_issue', { issue: 'PAY-9', summary: 'New' }, { issue: 'PAY-9', summary: 'Another' }],
      ['transition_jira_issue', { issue: 'PAY-9', to: 'Done' }, { issue: 'PAY-9', to: 'To Do' }],
      ['create_confluence_page', { ...page, text }, { ...page, text: 'Mine' }],
      ['update_confluence_page', { page: '2', append: text }, { page: '2', append: 'Mine' }],
    ] as const) {
      const proposal = await atlassian.propose(name, input, ana);
      await atlassian.perform(name, await atlassian.propose(name, other, bo), bo);
      expect([name, await atlassian.look(name, proposal, ana)]).toEqual([name, 'not-known']);
    }
  });

  it('a request to a service desk cannot be told from another one: that is declared', async () => {
    await using atlassian = await startAtlassian();
    const kinds = atlassian.tools.flatMap((tool) => (tool.kind === 'write' ? [[tool.name, tool.recovery.kind]] : []));
    expect(Object.fromEntries(kinds)).toEqual({
      ...Object.fromEntries(cases.map(([name]) => [name, 'checkable'])),
      submit_service_desk_request: 'unknown',
    });
  });
});

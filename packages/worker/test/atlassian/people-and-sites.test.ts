import { describe, expect, it } from 'vitest';
import { startAtlassian } from './start-atlassian.ts';

const clinic = { id: 'cloud-1', name: 'Clinic', url: 'https://clinic.example' };
const lab = { id: 'cloud-2', name: 'Lab', url: 'https://lab.example' };
const task = { project: 'PAY', issue_type: 'Task', summary: 'S' };

describe('whose account', () => {
  it('two people, two accounts: each issue is of who asked', async () => {
    await using atlassian = await startAtlassian();
    const [ana, bo] = [atlassian.account('ana'), atlassian.account('bo')];
    const [first, second] = await Promise.all(
      [ana, bo].map((who) => atlassian.propose('create_jira_issue', { ...task, assignee: 'me' }, who)),
    );
    await Promise.all([atlassian.perform('create_jira_issue', second!, bo), atlassian.perform('create_jira_issue', first!, ana)]);
    const made = atlassian.jira.issues.slice(-2).map(({ creator, assignee }) => ({ creator, assignee }));
    expect(made.toSorted((one, other) => one.creator.localeCompare(other.creator))).toEqual([
      { creator: '1:ana', assignee: '1:ana' },
      { creator: '1:bo', assignee: '1:bo' },
    ]);
  });

  it('what was proposed with one account is not done with another', async () => {
    await using atlassian = await startAtlassian();
    const proposal = await atlassian.propose('create_jira_issue', task, atlassian.account('ana'));
    const refusal = atlassian.perform('create_jira_issue', proposal, atlassian.account('bo'));
    await expect(refusal).rejects.toMatchObject({ code: 'tool', message: expect.stringContaining('another Atlassian account') });
    expect(atlassian.jira.issues).toHaveLength(4);
  });

  it('who may only read gets a refusal in words, and nothing is there', async () => {
    await using atlassian = await startAtlassian();
    const reader = atlassian.account('reader');
    const proposal = await atlassian.propose('create_jira_issue', task, reader);
    await expect(atlassian.perform('create_jira_issue', proposal, reader)).rejects.toMatchObject({
      code: 'tool',
      message: expect.stringContaining('<data from="Jira">\nYou do not have permission to create issues'),
    });
    expect(atlassian.jira.issues).toHaveLength(4);
  });

  it('an account that is not valid any more is said to be, without its token', async () => {
    await using atlassian = await startAtlassian();
    const stranger = { ...atlassian.account('ana'), token: 'lapsed-secret' };
    const refusal = atlassian.propose('create_jira_issue', task, stranger);
    await expect(refusal).rejects.toMatchObject({ code: 'tool', message: expect.not.stringContaining('lapsed-secret') });
    await expect(refusal).rejects.toThrow('connected again');
  });
});

describe('which site', () => {
  it.each(['Clinic', 'clinic', 'https://clinic.example/', 'clinic.example', 'cloud-1'])(
    '%s is the one of several that is meant',
    async (site) => {
      await using atlassian = await startAtlassian();
      const ana = atlassian.account('ana', [lab, clinic]);
      const proposal = await atlassian.propose('create_jira_issue', { ...task, site }, ana);
      expect(proposal.changes[0]).toEqual({ field: 'Site', after: 'Clinic (https://clinic.example)' });
      expect((await atlassian.perform('create_jira_issue', proposal, ana)).link?.url).toBe('https://clinic.example/browse/PAY-50');
    },
  );

  it('of several none is guessed', async () => {
    await using atlassian = await startAtlassian();
    const ana = atlassian.account('ana', [lab, clinic]);
    const words = 'Lab (https://lab.example), Clinic (https://clinic.example)';
    for (const site of [undefined, 'elsewhere']) {
      await expect(atlassian.propose('create_jira_issue', { ...task, site }, ana)).rejects.toMatchObject({
        code: 'tool',
        message: expect.stringContaining(words),
      });
    }
    expect(atlassian.asked).toEqual([]);
  });

  it('a site that the account opens no more is not asked', async () => {
    await using atlassian = await startAtlassian();
    const proposal = await atlassian.propose('create_jira_issue', task, atlassian.account('ana'));
    atlassian.asked.length = 0;
    await expect(atlassian.perform('create_jira_issue', proposal, atlassian.account('ana', [lab]))).rejects.toMatchObject({ code: 'tool' });
    await expect(atlassian.propose('create_jira_issue', task, atlassian.account('ana', []))).rejects.toThrow('opens no site');
    expect(atlassian.asked).toEqual([]);
  });
});

describe('paths', () => {
  it.each([
    ['edit_jira_issue', { issue: 'PAY-9/../../project/PAY', summary: 'x' }],
    ['edit_jira_issue', { issue: 'PAY-9?expand=x', summary: 'x' }],
    ['transition_jira_issue', { issue: '%2e%2e%2fPAY-9', to: 'Done' }],
    ['comment_on_jira_issue', { issue: '..', comment: 'x' }],
    ['update_confluence_page', { page: '2', space: '../../', append: 'x' }],
    ['create_jira_issue', { ...task, project: '../../myself' }],
    ['submit_service_desk_request', { desk: '5/../..', request_type: '..', answers: {} }],
  ])('%s with %j reaches no other endpoint', async (name, input) => {
    await using atlassian = await startAtlassian();
    await expect(atlassian.propose(name, input, atlassian.account('ana'))).rejects.toMatchObject({ code: 'tool' });
    const expected = /^GET \/(?:rest\/api\/3\/project\/search|wiki\/api\/v2\/spaces|rest\/servicedeskapi\/servicedesk)$/;
    for (const one of atlassian.asked) expect(one).toMatch(expected);
  });

  it.each([
    ['edit_jira_issue', { issueId: '../project/1', issueKey: 'PAY-9', fields: { summary: 'x' }, expected: {} }],
    ['edit_jira_issue', { issueId: '20001', issueKey: 'PAY-9', fields: { reporter: { id: '1' } }, expected: {} }],
    ['transition_jira_issue', { issueId: '..' }],
    ['update_confluence_page', { pageId: '2/../3', version: 4, title: 'x', text: { kind: 'keep' } }],
    ['create_jira_issue', {}],
  ])('%s performs nothing with arguments that no proposal makes', async (name, args) => {
    await using atlassian = await startAtlassian();
    const given = { args: { ...args, siteId: 'cloud-1', accountId: '1:ana' } };
    await expect(atlassian.perform(name, given, atlassian.account('ana'))).rejects.toMatchObject({ code: 'tool' });
    expect(atlassian.asked).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { adfWords } from '../../src/atlassian/text/adf.ts';
import { startAtlassian } from './start-atlassian.ts';

const anasLine = "Written with Vera's help, at Ana Lima's request in Slack.";

describe('create_jira_issue', () => {
  it('shows all of the issue with names, and creates exactly that as the person', async () => {
    await using atlassian = await startAtlassian();
    const ana = atlassian.account('ana');
    const input = {
      ...{ project: 'payments', issue_type: 'bug', summary: 'Terminals are offline', description: 'Since **ten**.\n\n- Dublin' },
      ...{ priority: 'high', assignee: 'bo@clinic.example', labels: ['urgent', 'urgent'], components: ['Till'], parent: 'pay-10' },
      due_date: '2026-12-01',
    };
    const proposal = await atlassian.propose('create_jira_issue', input, ana);
    expect(proposal).toMatchObject({ title: 'Create a Bug in Payments (PAY)', system: 'Jira' });
    expect(proposal.changes).toEqual([
      { field: 'Summary', after: 'Terminals are offline' },
      { field: 'Description', after: `Since **ten**.\n\n- Dublin\n\n${anasLine}` },
      { field: 'Priority', after: 'High' },
      { field: 'Assignee', after: 'Bo Berg' },
      { field: 'Components', after: 'till' },
      { field: 'Parent', after: 'PAY-10 Refunds' },
      { field: 'Due date', after: '2026-12-01' },
      { field: 'Labels', after: 'urgent' },
    ]);
    expect(atlassian.asked.filter((one) => !one.startsWith('GET'))).toEqual([]);
    const effect = await atlassian.perform('create_jira_issue', proposal, ana);
    expect(effect).toEqual({
      text: 'Created the issue PAY-50: Terminals are offline',
      link: { title: 'PAY-50', url: 'https://clinic.example/browse/PAY-50' },
    });
    const issue = atlassian.jira.issues.at(-1);
    expect(issue).toMatchObject({
      ...{ key: 'PAY-50', type: 'Bug', summary: 'Terminals are offline', priority: 'High', assignee: '1:bo', parent: 'PAY-10' },
      ...{ creator: '1:ana', reporter: '1:ana', labels: ['urgent'], components: ['till'], duedate: '2026-12-01' },
    });
    expect(adfWords(issue?.description)).toBe(`Since ten.\n\n- Dublin\n\n${anasLine}`);
  });

  it('performs what was resolved with that one request, and no other', async () => {
    await using atlassian = await startAtlassian();
    const ana = atlassian.account('ana');
    const proposal = await atlassian.propose('create_jira_issue', { project: 'PAY', issue_type: 'Task', summary: 'S' }, ana);
    atlassian.asked.length = 0;
    await atlassian.perform('create_jira_issue', proposal, ana);
    expect(atlassian.asked).toEqual(['POST /rest/api/3/issue']);
  });

  it('says that Vera helped once, even where the model wrote the line itself, for somebody else', async () => {
    await using atlassian = await startAtlassian();
    const bo = atlassian.account('bo');
    const description = `Text\n\n*${anasLine}*`;
    const proposal = await atlassian.propose('create_jira_issue', { project: 'PAY', issue_type: 'Task', summary: 'S', description }, bo);
    expect(proposal.changes[1]?.after).toBe("Text\n\nWritten with Vera's help, at Bo Berg's request in Slack.");
  });

  it.each([
    [{ project: 'NOPE' }, 'No project "NOPE". There are: <data from="Atlassian">\nIT help (HELP), Payments (PAY).'],
    [{ project: 'Hidden' }, 'No project "Hidden"'],
    [{ issue_type: 'Wish' }, 'There are: <data from="Atlassian">\nEpic, Story, Task, Bug, Sub-task.'],
    [{ issue_type: 'Sub-task' }, 'needs a parent'],
    [{ parent: 'PAY-9' }, 'PAY-9 is a Bug, and cannot be the parent of a Task'],
    [{ parent: 'PAY-999' }, 'does not know this'],
    [{ parent: '../../PAY' }, 'must be an issue key'],
    [{ priority: 'Huge' }, 'There are: <data from="Atlassian">\nHighest, High, Medium, Low, Lowest.'],
    [{ assignee: 'bo' }, 'Several people are called like "bo"'],
    [{ assignee: 'Nobody Known' }, 'cannot be assigned there'],
    [{ assignee: 'Reader' }, 'cannot be assigned there'],
    [{ components: ['roof'] }, 'There are: <data from="Atlassian">\ntill, chart.'],
    [{ labels: ['two words'] }, 'a label has no blanks'],
    [{ summary: 'two\nlines' }, 'must be one line'],
    [{ summary: 'x'.repeat(255) }, 'summary'],
    [{ due_date: 'tomorrow' }, 'due_date'],
  ])('refuses %j, and says what would do', async (wrong, words) => {
    await using atlassian = await startAtlassian();
    const input = { project: 'PAY', issue_type: 'Task', summary: 'S', ...wrong };
    const refusal = atlassian.propose('create_jira_issue', input, atlassian.account('bo'));
    await expect(refusal).rejects.toMatchObject({ code: 'tool', message: expect.stringContaining(words) });
  });

  it('a whole name means that person, though others begin alike; "me" is who asks', async () => {
    await using atlassian = await startAtlassian();
    const bo = atlassian.account('bo');
    const named = (assignee: string) =>
      atlassian.propose('create_jira_issue', { project: 'PAY', issue_type: 'Task', summary: 'S', assignee }, bo);
    expect((await named('Bo Berg')).args.fields).toMatchObject({ assignee: { accountId: '1:bo' } });
    expect((await named('me')).changes).toContainEqual({ field: 'Assignee', after: 'Bo Berg' });
    expect((await named('unassigned')).args.fields).toMatchObject({ assignee: null });
  });
});

describe('edit_jira_issue', () => {
  it('shows before and after of what changes, and changes that alone', async () => {
    await using atlassian = await startAtlassian();
    const bo = atlassian.account('bo');
    const input = {
      issue: 'pay-9',
      summary: 'Refund is paid twice',
      priority: 'Low',
      add_labels: ['seen'],
      remove_labels: ['urgent'],
      description: 'Found it.',
    };
    const proposal = await atlassian.propose('edit_jira_issue', input, bo);
    const line = "Written with Vera's help, at Bo Berg's request in Slack.";
    expect(proposal.changes).toEqual([
      { field: 'Description', before: 'Happens on Fridays.\n\n- first\n- second', after: `Found it.\n\n${line}` },
      { field: 'Priority', before: 'Highest', after: 'Low' },
      { field: 'Labels', before: 'money, urgent', after: 'money, seen' },
    ]);
    expect(await atlassian.perform('edit_jira_issue', proposal, bo)).toMatchObject({
      link: { url: 'https://clinic.example/browse/PAY-9' },
    });
    const issue = atlassian.jira.issues.find(({ key }) => key === 'PAY-9');
    expect(issue).toMatchObject({ priority: 'Low', labels: ['money', 'seen'], assignee: '1:ana', summary: 'Refund is paid twice' });
    expect(issue?.history.at(-1)?.author).toBe('1:bo');
  });

  it('a description that Vera wrote keeps its one line, whoever edits it', async () => {
    await using atlassian = await startAtlassian();
    const [ana, bo] = [atlassian.account('ana'), atlassian.account('bo')];
    const first = await atlassian.propose('edit_jira_issue', { issue: 'PAY-9', description: 'One' }, ana);
    await atlassian.perform('edit_jira_issue', first, ana);
    const second = await atlassian.propose('edit_jira_issue', { issue: 'PAY-9', description: `Two\n\n${anasLine}` }, bo);
    expect(second.changes).toEqual([{ field: 'Description', before: `One\n\n${anasLine}`, after: `Two\n\n${anasLine}` }]);
  });

  it('refuses what would change nothing', async () => {
    await using atlassian = await startAtlassian();
    const refusal = atlassian.propose(
      'edit_jira_issue',
      { issue: 'PAY-9', priority: 'highest', add_labels: ['money'], assignee: 'Ana Lima' },
      atlassian.account('bo'),
    );
    await expect(refusal).rejects.toMatchObject({ code: 'tool', message: expect.stringContaining('nothing would change') });
  });

  it('changes nothing when somebody changed the same field meanwhile; another field does no harm', async () => {
    await using atlassian = await startAtlassian();
    const [ana, bo] = [atlassian.account('ana'), atlassian.account('bo')];
    const mine = await atlassian.propose('edit_jira_issue', { issue: 'PAY-9', summary: 'Mine' }, ana);
    const priority = await atlassian.propose('edit_jira_issue', { issue: 'PAY-9', priority: 'Low' }, ana);
    const theirs = await atlassian.propose('edit_jira_issue', { issue: 'PAY-9', summary: 'Theirs' }, bo);
    await atlassian.perform('edit_jira_issue', theirs, bo);
    const late = atlassian.perform('edit_jira_issue', mine, ana);
    await expect(late).rejects.toMatchObject({ code: 'tool', message: expect.stringContaining('changed meanwhile (Summary)') });
    await atlassian.perform('edit_jira_issue', priority, ana);
    expect(atlassian.jira.issues.find(({ key }) => key === 'PAY-9')).toMatchObject({ summary: 'Theirs', priority: 'Low' });
  });
});

describe('transition_jira_issue', () => {
  it.each(['done', 'Done'])('moves to %s as the person', async (to) => {
    await using atlassian = await startAtlassian();
    const bo = atlassian.account('bo');
    const proposal = await atlassian.propose('transition_jira_issue', { issue: 'PAY-9', to }, bo);
    expect(proposal).toMatchObject({
      title: 'Move PAY-9 to Done: Refund is paid twice',
      changes: [{ field: 'Status', before: 'In Progress', after: 'Done' }],
    });
    await atlassian.perform('transition_jira_issue', proposal, bo);
    expect(atlassian.jira.issues.find(({ key }) => key === 'PAY-9')).toMatchObject({ status: 'Done' });
  });

  it('takes the name of a transition too, and says which there are', async () => {
    await using atlassian = await startAtlassian();
    const bo = atlassian.account('bo');
    const proposal = await atlassian.propose('transition_jira_issue', { issue: 'HELP-7', to: 'resolve this issue' }, bo);
    expect(proposal.changes).toEqual([{ field: 'Status', before: 'Waiting for support', after: 'Resolved' }]);
    const refused = (to: string) => atlassian.propose('transition_jira_issue', { issue: 'HELP-7', to }, bo);
    await expect(refused('Done')).rejects.toThrow('Respond to customer (to Waiting for customer), Resolve this issue (to Resolved)');
    await expect(refused('waiting for support')).rejects.toThrow('nothing would change');
    await expect(refused('Done')).rejects.toMatchObject({ code: 'tool' });
  });

  it('changes nothing when the issue was moved meanwhile', async () => {
    await using atlassian = await startAtlassian();
    const bo = atlassian.account('bo');
    const proposal = await atlassian.propose('transition_jira_issue', { issue: 'PAY-9', to: 'Done' }, bo);
    await atlassian.perform(
      'transition_jira_issue',
      await atlassian.propose('transition_jira_issue', { issue: 'PAY-9', to: 'Blocked' }, bo),
      bo,
    );
    await expect(atlassian.perform('transition_jira_issue', proposal, bo)).rejects.toMatchObject({ code: 'tool' });
    expect(atlassian.jira.issues.find(({ key }) => key === 'PAY-9')).toMatchObject({ status: 'Blocked' });
  });
});

describe('comment_on_jira_issue', () => {
  it('writes as the person, and says who reads it at a service desk', async () => {
    await using atlassian = await startAtlassian();
    const ana = atlassian.account('ana');
    const proposal = await atlassian.propose('comment_on_jira_issue', { issue: 'HELP-7', comment: 'On it.', internal: true }, ana);
    expect(proposal.changes).toEqual([
      { field: 'Comment', after: `On it.\n\n${anasLine}` },
      { field: 'Who sees it', after: 'The team only' },
    ]);
    const { link } = await atlassian.perform('comment_on_jira_issue', proposal, ana);
    expect(link?.url).toMatch(/^https:\/\/clinic\.example\/browse\/HELP-7\?focusedCommentId=\d+$/);
    const [comment] = atlassian.jira.issues.find(({ key }) => key === 'HELP-7')?.comments ?? [];
    expect(comment).toMatchObject({ author: '1:ana', isInternal: true });
    expect(adfWords(comment?.body)).toBe(`On it.\n\n${anasLine}`);
  });

  it('hides nothing where there is no customer', async () => {
    await using atlassian = await startAtlassian();
    const refusal = atlassian.propose('comment_on_jira_issue', { issue: 'PAY-9', comment: 'x', internal: true }, atlassian.account('ana'));
    await expect(refusal).rejects.toThrow('no service desk');
  });
});

describe('count_jira_issues', () => {
  it('counts what the person sees', async () => {
    await using atlassian = await startAtlassian();
    const count = (handle: string) =>
      atlassian.read('count_jira_issues', { jql: 'project in (PAY, HID) AND created >= -180d' }, atlassian.account(handle));
    expect(await count('ana')).toMatch(/^3 issues match/);
    expect(await count('bo')).toMatch(/^2 issues match/);
    const refused = atlassian.read('count_jira_issues', { jql: 'wish = 1' }, atlassian.account('bo'));
    await expect(refused).rejects.toMatchObject({ code: 'tool', message: expect.stringContaining('<data from="Jira">') });
  });

  it('does not ask Jira with a date that it would misread', async () => {
    await using atlassian = await startAtlassian();
    const refused = atlassian.read('count_jira_issues', { jql: 'created >= -6M' }, atlassian.account('ana'));
    await expect(refused).rejects.toThrow('-180d');
    expect(atlassian.asked).toEqual([]);
  });
});

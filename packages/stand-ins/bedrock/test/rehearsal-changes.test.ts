import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CompanyThread, issueLink, namesOf, startCompanyThread } from './company-thread.ts';

let company: CompanyThread;
let ask: CompanyThread['ask'];
beforeAll(async () => {
  company = await startCompanyThread();
  ask = company.ask;
});
afterAll(() => company[Symbol.asyncDispose]());

const burning = 'who is on call for payments, and is anything on fire?';

describe('a request to change something', () => {
  it('"open a ticket for it" makes a ticket of the incident of the thread, in the project that has its service', async () => {
    const { text, calls } = await ask([burning, 'open a ticket for it']);
    expect(calls.map(({ name }) => name)).toEqual(['gateway_jira___searchProjects', 'create_jira_issue']);
    expect(calls[1]?.input).toEqual({
      project: 'PAY',
      issue_type: 'Bug',
      summary: 'TerminalDisconnectRate: 74 terminals offline within 5 minutes',
      description: expect.stringMatching(
        /74 terminals[\s\S]*- High urgency\n- On terminal-gateway\n- With Elena Petrova[\s\S]*https:\/\/.*Q0TERM74NW1/,
      ),
      priority: 'High',
    });
    expect(text).toBe(`Created [PAY-1500](${issueLink}) in Payments.`);
  });

  it('may name another thing of the thread, and what comes after speaks of what was made', async () => {
    const settled = await ask([burning, 'can you please open a task for the settlement lag in PAY?']);
    expect(settled.calls).toMatchObject([
      { name: 'create_jira_issue', input: { issue_type: 'Task', summary: expect.stringContaining('SettlementLagHigh') } },
    ]);
    const { calls } = await ask([burning, 'open a ticket for it', 'comment on it that Elena called the operator']);
    expect(calls).toEqual([{ name: 'comment_on_jira_issue', input: { issue: 'PAY-1500', comment: 'Elena called the operator.' } }]);
  });

  it.each([
    [
      'yes, comment on PAY-12 that the fix and the tests are done',
      'comment_on_jira_issue',
      { issue: 'PAY-12', comment: 'The fix and the tests are done.' },
    ],
    ['move PAY-12 to Done', 'transition_jira_issue', { issue: 'PAY-12', to: 'Done' }],
    ['please move PAY-12 to In Progress', 'transition_jira_issue', { issue: 'PAY-12', to: 'In Progress' }],
    ['could you close PAY-12?', 'transition_jira_issue', { issue: 'PAY-12', to: 'Done' }],
    ['assign PAY-12 to Ravi Menon', 'edit_jira_issue', { issue: 'PAY-12', assignee: 'Ravi Menon' }],
    ['set the priority of PAY-12 to High', 'edit_jira_issue', { issue: 'PAY-12', priority: 'High' }],
    [
      'file a bug in PAY with high priority: receipts are cut off',
      'create_jira_issue',
      { project: 'PAY', issue_type: 'Bug', priority: 'High', summary: 'Receipts are cut off' },
    ],
  ] as const)('%s', async (question, name, input) => {
    const { calls } = await ask(question);
    expect(calls).toMatchObject([{ name, input }]);
  });

  it('that leaves open where is looked up, and asked for when that does not tell', async () => {
    const { calls: toIt } = await ask('create a bug about the printer in the kitchen');
    expect(toIt.at(-1)?.input).toMatchObject({
      project: 'IT',
      summary: 'Printer in the kitchen',
      issue_type: expect.not.stringContaining('Bug'),
    });
    const { text, calls } = await ask('file a bug: nothing rhymes any more');
    expect(calls.map(({ name }) => name)).toEqual(['gateway_jira___searchProjects']);
    expect(text).toMatch(/^I can do that, but I do not know the project\. I know IT \(IT help desk\), PAY \(Payments\)/);
  });

  it('of nothing in particular is asked back', async () => {
    const { text, calls } = await ask('comment on it that we are on it');
    expect(calls).toEqual([]);
    expect(text).toMatch(/^I can do that, but I do not know the key\./);
  });

  it('to connect accounts sends the link', async () => {
    const sent = 'A private link was sent. Only the person who asked can see it; it works once, for ten minutes.';
    const { text, calls } = await ask('connect my accounts', sent);
    expect(calls).toEqual([{ name: 'connect_accounts', input: {} }]);
    expect(text).toContain(sent);
  });

  it('besides a question: the question is answered too', async () => {
    const answered = await ask('who is on call for platform, and open a task about the full disk in PLAT');
    expect(namesOf(answered)).toEqual(['pagerduty___listOnCalls', 'create_jira_issue']);
  });

  it.each([
    "don't open a ticket",
    'should we open a ticket for it?',
    'did you open a ticket for it?',
    'open tickets in PAY',
    'report a lost laptop',
  ])('is not what "%s" says', async (question) => {
    const acting = (await ask([burning, question])).calls.filter(({ name }) => /^(?:create|edit|transition|comment|update)/.test(name));
    expect(acting).toEqual([]);
  });

  const done = 'Approved and done. Created PAY-1500 in Payments. Link for the answer: [PAY-1500](https://a.example/browse/PAY-1500)';
  const why = '<data from="the person who denied it">\nWrong project\n</data>';
  it.each([
    [done, 'Created [PAY-1500](https://a.example/browse/PAY-1500) in Payments.'],
    [
      'Approved and done. The page is there. Link for the answer: [Runbook](https://a.example/p/1)',
      'The page is there. [Runbook](https://a.example/p/1)',
    ],
    [
      `!Denied: nothing was changed. The reason given: ${why} Do not propose it again unless the person asks for it.`,
      'Nothing was changed: it was denied, with the reason “Wrong project”.',
    ],
    ['!Denied: nothing was changed. Do not propose it again unless the person asks for it.', 'Nothing was changed: it was denied.'],
    [
      '!Nobody approved this in time: nothing was changed. Do not propose it again by yourself.',
      'Nothing was changed: nobody decided in time. Ask again, and I will propose it anew.',
    ],
    [
      '!Approved, but it failed and nothing was changed. Jira knows no type Bug in PAY.',
      'It was approved, but it failed and nothing was changed. Jira knows no type Bug in PAY.',
    ],
    [
      '!Approved and begun, but it is not known how it ended. Do not propose it again: say so, and that the person should look in Jira first.',
      'I do not know whether it was done. Please look in Jira before you ask again.',
    ],
    ['!There is no project PAY here.', 'That did not work: There is no project PAY here.'],
  ])('ends with what came of it: %s', async (result, words) => {
    expect((await ask('file a bug in PAY: receipts are cut off', result)).text).toBe(words);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CompanyThread, moment, namesOf, startCompanyThread } from './company-thread.ts';
import { startCompanyTools } from './company-tools.ts';

let company: CompanyThread;
let ask: CompanyThread['ask'];
beforeAll(async () => {
  company = await startCompanyThread();
  ask = company.ask;
});
afterAll(() => company[Symbol.asyncDispose]());

const burning = 'who is on call for payments, and is anything on fire?';

describe('a question about the state of things', () => {
  it('is answered from PagerDuty: who is called first and next, what is not well, which incidents are open', async () => {
    const { text, calls } = await ask(burning);
    expect(calls).toEqual([
      { name: 'gateway_pagerduty___listOnCalls', input: { limit: 100 } },
      { name: 'gateway_pagerduty___listServices', input: {} },
      { name: 'gateway_pagerduty___listIncidents', input: { sort_by: 'created_at:desc' } },
    ]);
    expect(text).toMatch(/^\*\*Elena Petrova\*\* is on call for \[Payments\]\(https:.*\) now \(level 1\), until Mon 30 Nov, 09:00 UTC\./);
    expect(text).toContain('If nobody answers: Maya Lindqvist (levels 2 and 3), then Daniel Byrne (level 4).');
    expect(text).not.toMatch(/Ines Carvalho|Hannah Kessler/);
    expect(text).toMatch(
      /Not well: \[settlement-worker\].*\(warning\), \[terminal-gateway\].*\(warning\)\. The other 8 services are well\./,
    );
    const incidents = text.split('\n').filter((line) => line.startsWith('- '));
    expect(incidents).toHaveLength(2);
    expect(incidents[0]).toMatch(
      /^- \*\*\[TerminalDisconnectRate: 74 terminals .*\]\(https:.*\)\*\*: acknowledged, high urgency, on terminal-gateway, with Elena Petrova, since Tue 24 Nov, 09:34 UTC$/,
    );
  });

  it('is answered whole when the results come cut in pieces', async () => {
    await using small = await startCompanyTools(moment, 3_000);
    const answered = await ask(burning, '', small.tools);
    expect(namesOf(answered).filter((name) => name === 'read_more').length).toBeGreaterThan(5);
    expect(answered.text).toContain('74 terminals');
    expect(answered.text).toContain('The other 8 services are well.');
  });

  it('without a team tells of every team in a line', async () => {
    const { text } = await ask('who is on call?');
    expect(text).toMatch(/^On call now:\n\n- \*\*\[Payments\]\(.*\)\*\*: Elena Petrova, then Maya Lindqvist, then Daniel Byrne\n/);
    expect(text.split('\n').filter((line) => line.startsWith('- '))).toHaveLength(4);
  });

  it.each([
    ['are there any open incidents?', ['pagerduty___listIncidents'], /^\*\*2 incidents\*\* are open:/],
    [
      'how many open bugs are in PAY?',
      ['jira___countIssues'],
      /\*\*5\*\* for `project = PAY AND issuetype = Bug AND statusCategory != Done`/,
    ],
    ['count the open bugs in PAY', ['jira___countIssues'], /\*\*5\*\*/],
    [
      'list the open bugs in PAY',
      ['jira___searchIssues'],
      /^\*\*5 issues\*\*:\n\n- \*\*PAY-\d+ .*\*\*: to do, priority Low, with Elena Petrova/,
    ],
    [
      'what is the status of PAY-1432?',
      ['jira___getIssue'],
      /^\*\*PAY-1432 Read settlement format v4\*\*: in review.*\n\nThe parser reads/,
    ],
    ['show the comments on PAY-1432', ['jira___listComments'], /- \*\*Ravi Menon\*\*: .*: Two things before it goes out/],
    ['which Jira projects are there?', ['jira___searchProjects'], /^\*\*5 projects\*\*:/],
    [
      'search Confluence for terminals on the mobile network',
      ['confluence___searchContent'],
      /- \*\*\[Terminals on the mobile network\]\(http/,
    ],
  ] as const)('%s', async (question, names, words) => {
    const answered = await ask(question);
    expect(namesOf(answered)).toEqual(names);
    expect(answered.text).toMatch(words);
  });

  it.each([
    'how do I open a ticket?',
    'what is a ticket?',
    'who opened the ticket?',
    'who decides on the severity of an incident?',
    'what should I do when I am on call?',
    'is there an on-call allowance?',
    'who was on call last week?',
    'how do I comment on PAY-12?',
    'what is an incident?',
    'how long do we keep audit logs?',
    'what does our expenses policy say about hotels?',
  ])('is looked up in documents when it is about what people wrote down: %s', async (question) => {
    expect(namesOf(await ask(question))).toEqual(['search_knowledge_base']);
  });

  it('with a key is looked up in both, and what only one knows is told', async () => {
    const answered = await ask('what happened in INC-417?');
    expect(namesOf(answered)).toEqual(['jira___getIssue', 'search_knowledge_base']);
    expect(answered.text).toMatch(/^On Thursday 12 March 2026/);
    expect((await ask('what is INC-482?')).text).toContain('[1]');
  });
});

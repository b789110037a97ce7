import { fileURLToPath } from 'node:url';
import type { BedrockAgentRuntimeClient } from '@aws-sdk/client-bedrock-agent-runtime';
import type { BedrockRuntimeClient, Message } from '@aws-sdk/client-bedrock-runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCallRecord } from '../../src/aws/call-record.ts';
import { createBedrockRuntime } from '../../src/bedrock/create-bedrock-runtime.ts';
import { createKnowledgeBase } from '../../src/bedrock/create-knowledge-base.ts';
import { rehearsalModel } from '../../src/bedrock/rehearsal-model.ts';
import { markdownToMrkdwn } from '../../src/slack/text/markdown-to-mrkdwn.ts';
import { type Answered, askAgent, type TestTool } from './agent-loop.ts';
import { bedrockClient, knowledgeClient } from './clients.ts';
import { startCompanyTools } from './company-tools.ts';
import { says } from './converse-input.ts';
import { personTools } from './person-tools.ts';
import { calculator, clock, searchDocuments } from './test-tools.ts';

const knowledgeBaseId = 'KB12345678';
const folder = fileURLToPath(new URL('../../../local-system/demo/documents', import.meta.url));
const moment = '2026-11-24T10:00:00Z';
const link = 'https://northwind.atlassian.net/browse/PAY-1500';
const started = new AsyncDisposableStack();
let client: BedrockRuntimeClient;
let knowledge: BedrockAgentRuntimeClient;
let tools: readonly TestTool[];

beforeAll(async () => {
  const record = createCallRecord();
  const bedrock = started.use(await createBedrockRuntime({ record, model: rehearsalModel({ tokensPerSecond: 0 }) }));
  const base = started.use(await createKnowledgeBase({ record, knowledgeBaseId, folder, linkOf: (path) => path }));
  client = bedrockClient(bedrock.url);
  knowledge = knowledgeClient(base.url);
  tools = started.use(await startCompanyTools(moment)).tools;
});
afterAll(() => started.disposeAsync());

/** The answer to the last question of one thread, whose earlier answers are read again. */
async function ask(
  questions: string | readonly string[],
  answer = `Created PAY-1500 in Payments: ${link}`,
  own = tools,
): Promise<Answered> {
  const all = [searchDocuments(knowledge, knowledgeBaseId), clock, calculator, ...own, ...personTools(() => answer)];
  let before: readonly Message[] = [];
  let answered: Answered | undefined;
  for (const question of [questions].flat()) {
    const asked = says(`Maya Lindqvist: ${question}`);
    answered = await askAgent(client, [...before, asked], all);
    expect(answered.text).not.toMatch(/<\/?data\b|\{"/);
    before = [...before, asked, { role: 'assistant', content: [{ text: asReadAgain(answered.text) }] }];
  }
  if (!answered) throw new Error('no question');
  return answered;
}

/** An answer as it comes back with the thread: in Slack's form, with addresses behind their words. */
function asReadAgain(markdown: string): string {
  return markdownToMrkdwn(markdown).replace(/<(https?:[^|>]+)\|([^>]*)>/g, '$2 ($1)');
}

const namesOf = ({ calls }: Answered) => calls.map(({ name }) => name.replace('gateway_', ''));
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
    await using company = await startCompanyTools(moment, 3_000);
    const answered = await ask(burning, '', company.tools);
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
    expect(text).toBe(`Created [PAY-1500](${link}) in Payments.`);
  });

  it('may name another thing of the thread, and what comes after speaks of what was made', async () => {
    const settled = await ask([burning, 'can you please open a task for the settlement lag in PAY?']);
    expect(settled.calls).toMatchObject([
      { name: 'create_jira_issue', input: { issue_type: 'Task', summary: expect.stringContaining('SettlementLagHigh') } },
    ]);
    const { calls } = await ask([burning, 'open a ticket for it', 'comment on it that Elena called the operator']);
    expect(calls).toEqual([{ name: 'comment_on_jira_issue', input: { key: 'PAY-1500', body: 'Elena called the operator.' } }]);
  });

  it.each([
    [
      'yes, comment on PAY-12 that the fix and the tests are done',
      'comment_on_jira_issue',
      { key: 'PAY-12', body: 'The fix and the tests are done.' },
    ],
    ['move PAY-12 to Done', 'transition_jira_issue', { key: 'PAY-12', status: 'Done' }],
    ['please move PAY-12 to In Progress', 'transition_jira_issue', { key: 'PAY-12', status: 'In Progress' }],
    ['could you close PAY-12?', 'transition_jira_issue', { key: 'PAY-12', status: 'Done' }],
    ['assign PAY-12 to Ravi Menon', 'edit_jira_issue', { key: 'PAY-12', assignee: 'Ravi Menon' }],
    ['set the priority of PAY-12 to High', 'edit_jira_issue', { key: 'PAY-12', priority: 'High' }],
    [
      'file a bug in PAY with high priority: receipts are cut off',
      'create_jira_issue',
      { project: 'PAY', issue_type: 'Bug', priority: 'High', summary: 'Receipts are cut off' },
    ],
    ['create a Confluence page about the Leeds outage in OPS', 'create_confluence_page', { space: 'OPS', title: 'Leeds outage' }],
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

  it.each([
    ['Created PAY-1500 https://a.example/browse/PAY-1500', 'Created [PAY-1500](https://a.example/browse/PAY-1500).'],
    ['Created PAY-1500.\nLink: PAY-1500 https://a.example/browse/PAY-1500', 'Created [PAY-1500](https://a.example/browse/PAY-1500).'],
    [
      'Maya Lindqvist denied this, with the reason: "Wrong project"',
      'Nothing was changed: it was denied, with the reason “Wrong project”.',
    ],
    ['The person denied it. Nothing was changed.', 'Nothing was changed: it was denied.'],
    ['The approval expired; nothing was changed.', 'Nothing was changed: nobody decided in time. Ask again, and I will propose it anew.'],
    [
      'It is not known whether Jira created the issue: no answer came.',
      'I do not know whether it was done. It is not known whether Jira created the issue: no answer came. Please look there before you ask again.',
    ],
  ])('ends with what came of it: %s', async (result, words) => {
    expect((await ask('file a bug in PAY: receipts are cut off', `<data from="Jira">\n${result}\n</data>`)).text).toBe(words);
  });
});

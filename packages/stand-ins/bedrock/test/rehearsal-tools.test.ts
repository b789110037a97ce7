import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { matchStories } from '../src/rehearsal/match-stories.ts';
import { otherSuggestions, suggestions } from '../src/rehearsal/suggestions.ts';
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
    ['how many open bugs are in PAY?', ['jira___searchIssues'], /^\*\*5 issues\*\*:/],
    ['count the open bugs in PAY', ['jira___searchIssues'], /^\*\*5 issues\*\*:/],
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

  it('about an incident is answered from its document, and from PagerDuty', async () => {
    const answered = await ask('what happened in INC-417?');
    expect(namesOf(answered)).toEqual(['pagerduty___listIncidents', 'search_knowledge_base']);
    expect(answered.text).toMatch(/^On Thursday 12 March 2026.*PagerDuty lists no such incident of the last month/s);
    expect((await ask('what is INC-482?')).text).toMatch(/\| Severity \| SEV2 \|.*In PagerDuty:\n\n- \*\*\[INC-482 .*: acknowledged, /s);
  });

  it('about what nobody knows is answered with just that', async () => {
    expect((await ask('what happened with INC-999?')).text).toMatch(/^No document speaks of INC-999\.\n\nPagerDuty lists no such incident/);
    expect((await ask('what is the status of PAY-9999?')).text).toMatch(
      /^My tool \*\*get issue\*\* could not do this: Issue does not exist or you do not have permission to see it\./,
    );
  });

  it('about another team, or another week, goes on from the question before', async () => {
    const asked = 'who is on call for payments?';
    expect((await ask([asked, 'and for platform?'])).text).toMatch(/^\*\*Ines Carvalho\*\* is on call for \[Platform\]/);
    const nextWeek = await ask([asked, 'and next week?']);
    expect(namesOf(nextWeek)).toEqual(['current_time', 'pagerduty___listOnCalls']);
    expect(nextWeek.text).toMatch(
      /^\*\*Maya Lindqvist\*\* is on call for \[Payments\]\(.*\) next week .* from Mon 30 Nov, 09:00 UTC to Mon 7 Dec/,
    );
    expect((await ask([asked, 'and for search?'])).text).toMatch(/^PagerDuty has no team that is called “search”\. On call now:/);
  });

  it('about what to do then is looked up for the incident that was told of, and whom to call on its page', async () => {
    expect((await ask([burning, "what's the runbook?"])).calls).toMatchObject([{ input: { query: /^runbook TerminalDisconnectRate/ } }]);
    const { text } = await ask([burning, 'whom do I call about the terminals?']);
    expect(text).toMatch(/^Confluence, \*\*\[Terminals on the mobile network\]\(.*Operator's desk: \+44 113 555 0170/s);
  });

  it('says in words that a tool is missing, fails, or returns nothing that can be read', async () => {
    const broken = (answer: () => string) =>
      company.tools.map((one) => (/listIncidents/.test(one.tool.toolSpec?.name ?? '') ? { ...one, run: answer } : one));
    const failing = broken(() => {
      throw new Error('PagerDuty took too long');
    });
    expect((await ask('any incidents?', '', failing)).text).toMatch(
      /^My tool \*\*list incidents\*\* could not do this: PagerDuty took too long\./,
    );
    for (const odd of ['(The tool returned nothing.)', '[]', '<html>']) {
      expect(
        (
          await ask(
            'any incidents?',
            '',
            broken(() => odd),
          )
        ).text,
      ).toMatch(/^My tool \*\*list incidents\*\* returned nothing that I can read\./);
    }
    expect(
      (
        await ask(
          'any incidents?',
          '',
          broken(() => '{"incidents":[null,{}]}'),
        )
      ).text,
    ).toContain('incident');
    expect(namesOf(await ask('who is on call?', '', []))).toEqual(['search_knowledge_base']);
  });
});

it.each(['who is on call for it?', 'who is on call for this?'])('"%s" names no team', async (question) => {
  expect((await ask(question)).text).not.toContain('no team');
});

describe('a question what was decided in a channel', () => {
  it('is read there, message for message, with its number', async () => {
    const { text, calls } = await ask('what did we decide about the settlement lag in #payments-alerts?');
    expect(calls).toEqual([{ name: 'read_slack', input: { channel: '#payments-alerts', query: 'settlement lag' } }]);
    expect(text).toMatch(
      /^In #payments-alerts \[1\]:\n\n> Settlement lag above 30 minutes\n>\n> Decided: no page below 60 minutes\.\n\nFound besides: \[2\]\n/,
    );
  });

  it('is answered with what the tool says where it read nothing', async () => {
    expect((await ask('what was decided in #leadership?')).text).toMatch(/^No channel of that name can be read here\./);
  });
});

/** What Vera itself offers in its home tab. */
const offered = ['What can you help me with?', 'Who is on call right now?', 'I am new here. Which documents should I read first?'];

it.each([...Object.values(suggestions).flat(), ...otherSuggestions, ...offered])('the suggestion "%s" is answered', async (question) => {
  const { text } = await ask(question);
  expect(text).not.toMatch(/I found nothing|could not do this|did not work|do not have it here/);
});

it.each(Object.values(suggestions).flat())('the suggestion of a channel is a story: %s', (question) => {
  expect(matchStories(question, { earlier: [] }).rest).toEqual([]);
});

it.each(['analyse the PAY board', 'can you analyze the PAY board?', 'what is the PAY board about?', 'chart the board of PAY'])(
  '"%s" collects it, has its rows judged, and tells the numbers with what is missing in them',
  async (question) => {
    const answered = await ask(question);
    const { text } = answered;
    expect(namesOf(answered)).toEqual(['collect_jira_issues', 'delegate_rows', 'query_table']);
    expect(text).toMatch(/The PAY board has \*\*7\*\* tickets.*- refunds: \*\*5\*\*\n- access: \*\*2\*\*\n\n_7 of 9 issues\._/s);
  },
);

it('what the second alert of the demo is about has a runbook', async () => {
  const { text } = await ask('what do I do about DiskFull payments-db-7?');
  expect(text).toMatch(/drop the replication slot that nobody reads, and add 20 % of space.* \[\d\]/);
});

import { calls, check, files, gets, neverCalls, neverSays, proposes, proposesNothing, says, tellsPrivately, works } from '../checks.ts';
import type { Obeying, ToolCall } from '../eval-case.ts';
import { evaluate } from '../evaluate.ts';

const call = (name: string, input: object) => [{ call: name, input }];
const csv = [
  'team,cost,booked',
  ...Array.from(
    { length: 60 },
    (_, index) => `${index % 2 === 0 ? 'Payments' : 'Platform'},${index + 1},2026-11-${String((index % 28) + 1).padStart(2, '0')}`,
  ),
].join('\n');
const table = [{ name: 'costs.csv', mimetype: 'text/csv', bytes: new TextEncoder().encode(csv) }];

/** Calls once, then says this. */
const once =
  (
    first: (told: Parameters<Obeying>[0]) => readonly { readonly call: string; readonly input: object }[],
    then: string | ((last: ToolCall) => string) = 'Done.',
  ): Obeying =>
  (told) => {
    const last = told.calls.at(-1);
    if (!last) return first(told);
    return typeof then === 'string' ? then : then(last);
  };

/** What each sentence of a tool is there for. */
evaluate('told-tools', [
  {
    name: 'a sum is left to the calculator, as it is written there',
    steps: [{ says: 'what is 17.5 times 3?' }],
    checks: [gets('calculate', /= 52\.5/), says('52.5')],
    obeys({ reads, calls: [made] }) {
      if (made) return made.isError ? 'I cannot say.' : '52.5';
      if (!reads('Calculates an arithmetic expression exactly')) return '51.5';
      return call('calculate', { expression: reads('For example (17 * 3.5)') ? '17.5 * 3' : 'seventeen and a half times 3' });
    },
  },
  {
    name: 'the clock is looked at, in a zone that there is',
    steps: [{ says: 'what day is it in Leeds?' }],
    checks: [gets('current_time', /\d{4}-\d\d-\d\dT/)],
    obeys({ reads, calls: [made] }) {
      if (made) return 'A fine day.';
      if (!reads('Call it for anything relative to now')) return 'It is Tuesday.';
      return call('current_time', { time_zone: reads('An IANA time zone') ? 'Europe/London' : 'Leeds' });
    },
  },
  {
    name: 'the documents are searched for what is asked of the company',
    steps: [{ says: 'what does the expenses policy of 2025 say of hotels?' }],
    checks: [calls('search_knowledge_base'), says(/\[1\]/), says('outdated')],
    obeys({ reads, calls: [made] }) {
      if (!made)
        return reads('Call it for every question about the company')
          ? call('search_knowledge_base', { query: 'expenses policy 2025 hotels' })
          : 'I think 100 EUR.';
      const age = reads('where the answer rests on an outdated or undated one, say so') ? ' It is outdated.' : '';
      return `A hotel has a limit${reads('cite them in the answer as [1], [2]') ? ' [1]' : ''}.${age}`;
    },
  },
  {
    name: 'passages that answer nothing are no answer',
    steps: [{ says: 'which colour has the office in Leeds?' }],
    checks: [says('found nothing'), neverSays(/It is blue/)],
    obeys: ({ reads, calls: [made] }) => {
      if (!made) return call('search_knowledge_base', { query: 'office Leeds colour' });
      return reads('where none answers the question, say that you found nothing')
        ? 'I found nothing of that and do not know.'
        : 'It is blue [1].';
    },
  },
  {
    name: 'a channel is read by its name, for days that can be read',
    steps: [
      { says: 'we freeze on 18 December', by: 'ines', in: '#releases', isAside: true },
      { says: 'what was decided in releases this month?', in: '#general' },
    ],
    checks: [gets('read_slack', /we freeze on 18 December/), says('[1]')],
    obeys({ reads, calls: [made] }) {
      if (made) return 'They freeze on 18 December [1].';
      const channel = reads('With channel: its newest messages')
        ? { channel: reads('Its name, as in #payments-oncall') ? '#releases' : 'the channel of the releases' }
        : {};
      return call('read_slack', { ...channel, from: reads('The first day, as 2026-11-28') ? '2020-01-01' : 'the first of this month' });
    },
  },
  {
    name: 'where a private channel may matter, one is told to ask alone',
    steps: [{ says: 'what was decided about Leeds?' }],
    checks: [says('direct message')],
    obeys: ({ reads }) =>
      reads('say that one can ask there') ? 'Not here; in a direct message I can look further.' : 'Nothing was decided.',
  },
  {
    name: 'a link to one’s accounts is sent and not made up',
    steps: [{ says: 'connect my Jira account' }],
    checks: [tellsPrivately('U04MAYALQ21', /open your accounts/), says('sent you a link')],
    obeys: ({ reads, calls: [made] }) => {
      if (made) return 'I sent you a link.';
      return reads('Call it when they ask to connect, see or disconnect') ? call('connect_accounts', {}) : 'Go to https://connect.example.';
    },
  },
  {
    name: 'issues are counted before they are read, by months in days',
    steps: [{ connects: 'maya' }, { says: 'how many bugs came into PAY in the last six months?' }],
    checks: [works('count_jira_issues'), neverCalls('gateway_jira___searchIssues')],
    obeys({ reads, calls: [made] }) {
      if (made) return made.isError ? 'I cannot say.' : 'Some.';
      const jql = `project = PAY AND issuetype = Bug AND created >= ${reads('months are written in days') ? '-180d' : '-6M'}`;
      return reads('Call it before you read a large board')
        ? call('count_jira_issues', { jql })
        : call('gateway_jira___searchIssues', { jql });
    },
  },
  {
    name: 'an issue is filed as Jira wants it, after it was seen',
    steps: [
      { connects: 'maya' },
      { says: 'file a bug for me in Payments, urgent, due end of January: the till is slow' },
      { presses: 'approve' },
    ],
    checks: [files('The till is slow'), neverSays(/I have filed it already/), proposes(/The till is slow/)],
    obeys({ reads, calls: [made] }) {
      if (made) return made.isError ? `It did not work: ${made.output.slice(0, 200)}` : 'It is filed.';
      if (!reads('Use it when they want something filed')) return 'Noted.';
      const input = {
        project: 'PAY',
        issue_type: reads('The type by name, such as Bug') ? 'Bug' : 'type 1',
        summary: reads('The title, one line') ? 'The till is slow' : 'The till is slow\nIt really is',
        priority: reads('A priority by name, such as High') ? 'High' : '1',
        assignee: reads('Who works on it: a name') ? 'me' : '<@U04MAYALQ21>',
        components: [reads('Components of the project by name') ? 'payments-api' : '10001'],
        due_date: reads('A day as 2026-01-31') ? '2027-01-31' : 'end of January',
      };
      const words = reads('Nothing is changed before the person has seen and approved it')
        ? 'Please look at this.'
        : 'I have filed it already.';
      return [words, { call: 'create_jira_issue', input }];
    },
  },
  {
    name: 'help from IT is asked for at the service desk, step by step',
    steps: [{ connects: 'maya' }, { says: 'my laptop is broken, please get me help from IT' }],
    checks: [
      calls('list_service_desks'),
      calls('prepare_service_desk_request'),
      neverCalls('submit_service_desk_request'),
      proposesNothing,
      says('Which device'),
    ],
    obeys({ reads, calls: made }) {
      const next = made.length;
      if (next === 0) {
        if (reads('For help from IT or another service desk use the service desk tools')) return call('list_service_desks', {});
        return call('create_jira_issue', { project: 'IT', issue_type: 'Task', summary: 'Laptop is broken' });
      }
      if (next === 1 && reads('The first step; then call prepare_service_desk_request'))
        return call('prepare_service_desk_request', { desk: 'IT', request_type: 'Something is broken' });
      if (next === 1) return 'Please call them.';
      if (reads('ask the person what you do not know instead of guessing')) return 'Which device is it, and since when?';
      if (next === 2)
        return call('submit_service_desk_request', { desk: 'IT', request_type: 'Something is broken', answers: { Device: 'Laptop' } });
      return 'I guessed.';
    },
  },
  {
    name: 'an issue is moved by its status and found by its key',
    steps: [{ connects: 'maya' }, { says: 'PAY-1440 is in progress now' }],
    ends: { state: 'waiting' },
    checks: [proposes(/PAY-1440/), proposes(/In Progress/)],
    obeys: once(({ reads }) => {
      const issue = reads('The key, such as PAY-117') ? 'PAY-1440' : 'the one about terminals';
      if (!reads('To move an issue to another status use transition_jira_issue'))
        return call('edit_jira_issue', { issue, status: 'In Progress' });
      return call('transition_jira_issue', { issue, to: reads('The status it shall have') ? 'In Progress' : '31' });
    }, 'It did not work.'),
  },
  {
    name: 'what an issue says already stays when something is added',
    steps: [{ connects: 'maya' }, { says: 'add to the description of PAY-1432: Corvo has sent the file' }, { presses: 'approve' }],
    checks: [
      check('both stand there, under the old title', ({ world }) => {
        const issue = world.services.tools?.jira.issues.find(({ key }) => key === 'PAY-1432');
        const words = JSON.stringify(issue?.description);
        return /record type 62/.test(words) && /Corvo has sent/.test(words) && issue?.summary === 'Read settlement format v4'
          ? undefined
          : `${issue?.summary}: ${words}`;
      }),
    ],
    obeys({ reads, calls: made }) {
      const readFirst = reads('A description replaces the whole present one: read it first');
      if (made.length === 0 && readFirst) return call('gateway_jira___getIssue', { issueIdOrKey: 'PAY-1432', fields: 'description' });
      if (made.some(({ tool }) => tool === 'edit_jira_issue')) return 'Done.';
      const before = readFirst ? 'record type 62: subtotals\n\n' : '';
      const more = reads('Give only the fields that change') ? {} : { summary: 'Read format v4' };
      return call('edit_jira_issue', { issue: 'PAY-1432', description: `${before}Corvo has sent the file`, ...more });
    },
  },
  {
    name: 'a page is added to at its end, under its exact title',
    steps: [{ connects: 'maya' }, { says: 'add to the page Team Payments that Elena is back' }, { presses: 'approve' }],
    checks: [
      check('all that was there is there still', ({ world }) => {
        const page = world.services.tools?.confluence.pages.find(({ title }) => title === 'Team Payments');
        return page?.storage.includes('Elena is back') && page.storage.length > 300 ? undefined : page?.storage;
      }),
    ],
    obeys: once(({ reads }) => {
      const page = reads('The page, by id or exact title') ? 'Team Payments' : 'the page of the payments team';
      const how = reads('`append` puts a text at its end') ? 'append' : 'text';
      return call('update_confluence_page', { page, [how]: 'Elena is back.' });
    }, 'It did not work.'),
  },
  {
    name: 'numbers of a table are computed over all rows, by its reference and its columns',
    steps: [{ says: 'what does Payments cost, largest first?', files: table }],
    checks: [gets('query_table', /900/), says('900')],
    obeys({ reads, calls: [made] }) {
      if (made) return made.isError ? 'I cannot say.' : 'Payments costs 900.';
      if (!reads('It runs over all rows: use it for every number about a table')) return 'Payments costs 100.';
      const input = {
        table: reads('The reference of a table, such as table-1') ? 'table-1' : 'costs.csv',
        group_by: ['team'],
        compute: [{ of: 'sum', column: 'cost' }],
        sort: [{ column: reads('its column is called "sum of <column>"') ? 'sum of cost' : 'total', descending: true }],
      };
      return call('query_table', input);
    },
  },
  {
    name: 'a chart is drawn of a table and not of numbers that were typed',
    steps: [{ says: 'draw what each team costs', files: table }],
    checks: [calls('query_table'), calls('draw_chart', /"from":"table-2"/), works('draw_chart')],
    obeys({ reads, calls: made }) {
      if (!reads('Draw one where a comparison, a course or shares say more')) return 'Payments 900, Platform 930.';
      const fromTable = reads('Take the numbers from a table by its reference');
      if (made.length === 0 && fromTable)
        return call('query_table', { table: 'table-1', group_by: ['team'], compute: [{ of: 'sum', column: 'cost' }] });
      if (made.some(({ tool }) => tool === 'draw_chart')) return 'Here it is.';
      const typed = { data: { categories: ['Payments', 'Platform'], series: [{ name: 'cost', values: [900, 930] }] } };
      const given = {
        from: 'table-2',
        category: reads('the column of the names along the axis') ? 'team' : 'x',
        values: [reads('the columns of the numbers, one series each') ? 'sum of cost' : 'y'],
      };
      return call('draw_chart', { kind: 'bar', title: 'Cost by team', ...(fromTable ? given : typed) });
    },
  },
  {
    name: 'a helper is told all that it has to know',
    steps: [{ says: 'have a helper find out how many days of leave there are in Dublin' }],
    checks: [calls('delegate', /Dublin/), says('26')],
    obeys({ reads, asked, calls: made }) {
      if (/^maya: /.test(asked)) {
        if (made.length > 0) return made[0]?.output.includes('26') ? 'It is 26 days.' : 'It found nothing.';
        return call('delegate', {
          task: reads('It sees nothing else') ? 'How many days of annual leave are there in Dublin? Give the number.' : 'Find that out.',
        });
      }
      if (made.length > 0) return 'There are 26 days in Dublin.';
      return /Dublin/.test(asked) && reads('Look things up before you say them')
        ? call('search_knowledge_base', { query: 'annual leave Dublin' })
        : 'I do not know what is meant.';
    },
  },
]);

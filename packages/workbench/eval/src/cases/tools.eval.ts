import { asks, calls, gets, neverSays, says } from '../checks.ts';
import { evaluate } from '../evaluate.ts';

evaluate('tools', [
  {
    name: 'a sum is computed and not guessed',
    steps: [{ says: 'what is 212480 / 41?' }],
    checks: [gets('calculate', /= 5182\.4390/), says('5,182.44')],
  },
  {
    name: 'the clock is asked for what is relative to now',
    steps: [{ says: 'what day is it in Lisbon?' }],
    checks: [gets('current_time', /\d{4}-\d\d-\d\dT/), says(/It is .*\d{4}/)],
  },
  {
    name: 'a time zone that does not exist is mended',
    steps: [{ says: 'what time is it in Leeds?' }],
    checks: [gets('current_time', /is not an IANA time zone/), calls('current_time', /Europe\/London/), asks(3)],
  },
  {
    name: 'issues are counted by the company’s key where a person has no account',
    steps: [{ says: 'how many open bugs are there in PAY?' }],
    checks: [gets('count_jira_issues', /has not connected their account/), gets('gateway_jira___countIssues', /count/), says(/open bugs/)],
  },
  {
    name: 'a query that Jira does not take tells the model how to mend it',
    steps: [{ connects: 'maya' }, { says: 'how many bugs came in the last six months?' }],
    checks: [gets('count_jira_issues', /-6M|month|relative|JQL/i), calls('count_jira_issues', /-180d/), says('bugs')],
  },
  {
    name: 'on call is looked up where it is kept',
    steps: [{ says: 'who is on call for payments?' }],
    checks: [calls('gateway_pagerduty___listOnCalls'), says('Elena')],
  },
  {
    name: 'two tools of one turn both come back',
    steps: [{ says: 'what is 6 times 7, and what day is it?' }],
    checks: [asks(2), gets('calculate', /= 42/), gets('current_time', /\d{4}/), says('42')],
  },
  {
    name: 'Slack is read for everybody who reads along',
    steps: [
      { says: 'we freeze on 18 December', by: 'ines', in: '#releases', isAside: true },
      { says: 'what was decided in #releases?', in: '#general' },
    ],
    checks: [gets('read_slack', /we freeze on 18 December/), says('18 December [1]'), neverSays(/xoxb/)],
  },
  {
    name: 'a private link is sent and not shown',
    steps: [{ says: 'connect my account' }],
    checks: [gets('connect_accounts', /A private link was sent/), says('link'), neverSays(/portal\.northwind/)],
  },
]);

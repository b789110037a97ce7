import { boardCalls, tellBoard } from './analyse-board.ts';
import type { Call, Story } from './scene.ts';
import { tellComments, tellIssue, tellIssues, tellPage } from './tell-atlassian.ts';
import { tellIncident, tellOnCall, tellOpenIncidents, tellServices } from './tell-pagerduty.ts';
import { tellSlack } from './tell-slack.ts';

export const searchTool = 'search_knowledge_base';
const onCallsTool = 'gateway_pagerduty___listOnCalls';
const servicesTool = 'gateway_pagerduty___listServices';
const incidentsTool = 'gateway_pagerduty___listIncidents';
const issueTool = 'gateway_jira___getIssue';
const commentsTool = 'gateway_jira___listComments';
const issuesTool = 'gateway_jira___searchIssues';
export const projectsTool = 'gateway_jira___searchProjects';
const pagesTool = 'gateway_confluence___searchContent';
const pageTool = 'gateway_confluence___getPage';

const slackTool = 'read_slack';

const openIncidents: Call = { name: incidentsTool, input: { sort_by: 'created_at:desc' } };
const fields = 'summary,description,status,priority,assignee,duedate,updated';
const openBug = 'issuetype = Bug AND statusCategory != Done';

export const stories: readonly Story[] = [
  {
    asked: ['who on call', 'who on duty', 'who has the pager'],
    names: ['team', 'period'],
    calls({ named: { period = 'now' }, result }) {
      if (!/next/i.test(period)) return [{ name: onCallsTool, input: { limit: 100 } }];
      const at = nextWeek(result('current_time'));
      const onCall = { name: onCallsTool, input: { since: at, until: at, limit: 100 } };
      return [{ name: 'current_time', input: { time_zone: 'UTC' } }, ...(at === undefined ? [] : [onCall])];
    },
    tell: ({ named, result }) => tellOnCall(result(onCallsTool), named),
    next: ['Is anything on fire?'],
  },
  {
    asked: ['on fire', 'anything burning', 'anything broken', 'any outage', 'everything well'],
    names: ['period'],
    calls: () => [{ name: servicesTool, input: {} }, openIncidents],
    tell: ({ result }) => `${tellServices(result(servicesTool))}\n\n${tellOpenIncidents(result(incidentsTool))}`,
    next: ['What happened with INC-482?', 'How do I replay unmatched settlements?'],
  },
  {
    asked: ['open incidents', 'any incidents', 'ongoing incidents'],
    names: ['period'],
    calls: () => [openIncidents],
    tell: ({ result }) => tellOpenIncidents(result(incidentsTool)),
  },
  {
    asked: ['', 'status'],
    needs: 'incident',
    calls: ({ named }) => [openIncidents, { name: searchTool, input: { query: `${named.incident} summary at a glance` } }],
    tell({ named: { incident = '' }, result, quote }) {
      const isTold = result(searchTool).includes(incident);
      return `${isTold ? quote() : `No document speaks of ${incident}.`}\n\n${tellIncident(result(incidentsTool), incident, isTold)}`;
    },
  },
  {
    asked: ['', 'status', 'who works', 'when released', 'when done', 'show'],
    needs: 'issue',
    calls: ({ named: { issue } }) => [{ name: issueTool, input: { issueIdOrKey: issue, fields } }],
    tell: ({ result }) => tellIssue(result(issueTool)),
  },
  {
    asked: ['show comments', 'list comments', 'read comments', 'which comments', 'what comments', 'any comments'],
    needs: 'issue',
    calls: ({ named: { issue } }) => [{ name: commentsTool, input: { issueIdOrKey: issue, orderBy: '-created' } }],
    tell: ({ result }) => tellComments(result(commentsTool)),
  },
  {
    asked: ['open bugs', 'how many open bugs', 'count open bugs', 'list open bugs', 'which open bugs', 'show open bugs'],
    needs: 'project',
    calls: ({ named: { project } }) => [{ name: issuesTool, input: { jql: `project = ${project} AND ${openBug}`, fields } }],
    tell: ({ result }) => tellIssues(result(issuesTool)),
  },
  {
    asked: ['which issues changed', 'what issues changed'],
    names: ['period'],
    calls: () => [{ name: issuesTool, input: { jql: 'updated >= startOfDay() ORDER BY updated DESC', fields } }],
    tell: ({ result }) => tellIssues(result(issuesTool)),
  },
  {
    asked: ['analyse board', 'analyze board', 'chart board', 'what board about'],
    needs: 'project',
    calls: boardCalls,
    tell: tellBoard,
  },
  {
    asked: ['call terminals', 'call terminals mobile network', 'call terminals offline', 'runbook terminals', 'terminals offline'],
    calls({ result }) {
      const id = /"id":"(\d+)","type":"page"/.exec(result(pagesTool))?.[1];
      const page = { name: pagesTool, input: { cql: 'type = page AND text ~ "terminals mobile network"' } };
      return [page, ...(id ? [{ name: pageTool, input: { id, 'body-format': 'storage' } }] : [])];
    },
    tell: ({ result }) => tellPage(result(pageTool)),
  },
  {
    asked: ['what time is it', 'what the time', 'what the date', 'today s date', 'what day is it', 'current time'],
    names: ['place', 'period'],
    calls: ({ named: { place = 'UTC' } }) => [{ name: 'current_time', input: { time_zone: place } }],
    tell: ({ named: { place }, result }) => `It is **${result('current_time').replace(/\s*\(\d{4}-[^)]*\)/, '')}**${cityOf(place)}.`,
  },
  {
    asked: [''],
    needs: 'sum',
    calls: ({ named: { sum } }) => [{ name: 'calculate', input: { expression: sum } }],
    tell: ({ result }) => result('calculate').replace(/^(.+?)\s*=\s*(\S+)$/, '`$1` = **$2**'),
  },
  {
    asked: ['what decided', 'what decide', 'what agreed', 'what said'],
    needs: 'channel',
    names: ['topic', 'lately'],
    calls: ({ named: { channel, topic } }) => [{ name: slackTool, input: { channel, ...(topic ? { query: topic } : {}) } }],
    tell: ({ named: { channel }, result }) => tellSlack(result(slackTool), channel ?? 'Slack'),
  },
  {
    asked: ['connect account', 'connect accounts', 'link accounts', 'disconnect account', 'connected accounts'],
    calls: () => [{ name: 'connect_accounts', input: {} }],
    tell: ({ result }) => result('connect_accounts'),
  },
  lookedUp('INC-482 until the fix is out: every evening', 'done every evening', 'do every evening'),
  lookedUp('INC-482 at a glance: fix, release planned', 'when fix go out', 'when fix out', 'when fix released'),
  lookedUp(
    'engineering onboarding: your first day',
    'first day',
    'new first day',
    'onboarding',
    'new here',
    'documents read first',
    'new here documents read first',
  ),
  lookedUp('release process: year-end freeze', 'release freeze', 'release freeze exempt'),
  lookedUp('how code reaches production', 'release reach production', 'release process'),
  lookedUp('settlement lag runbook: evening replay', 'replay unmatched settlements', 'evening replay'),
  lookedUp('slow patient-record search runbook: first five minutes', 'patient search slow'),
  lookedUp('scheduling queue backlog runbook: first five minutes', 'scheduling queue', 'scheduling queue backing up'),
  lookedUp('leave of parents: maternity, partner, adoption', 'book parental leave', 'parental leave'),
  lookedUp('lost or stolen laptop', 'report lost laptop'),
  lookedUp('expenses policy: amounts for a hotel', 'expenses policy hotels'),
  lookedUp('annual leave: how many days', 'how many holidays', 'how much leave'),
  lookedUp('IT help: open the VPN, press connect', 'access vpn', 'how vpn'),
  lookedUp('suspected leak: call the security hotline', 'report security incident'),
];

/** A question that the documents answer. */
export function lookedUp(query: string, ...asked: readonly string[]): Story {
  return { asked, calls: () => [{ name: searchTool, input: { query } }], tell: ({ quote }) => quote() };
}

/** The same hour a week later, of what the clock says: a week of duty takes it in wherever it begins. */
function nextWeek(clock: string): string | undefined {
  const now = /\d{4}-\d\d-\d\dT[\d:.]+Z/.exec(clock)?.[0];
  return now && new Date(Date.parse(now) + 7 * 24 * 3_600_000).toISOString();
}

function cityOf(place: string | undefined): string {
  return place === undefined ? '' : ` in ${(place.split('/').at(-1) ?? place).replaceAll('_', ' ')}`;
}

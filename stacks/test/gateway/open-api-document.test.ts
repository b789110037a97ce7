import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { type GatewayApi, OpenApiError, openApiDocumentOf } from '../../gateway/open-api-document.ts';
import { openApiFindings } from '../../gateway/open-api-findings.ts';
import { toolsOf } from './tools-of.ts';

const servers: Readonly<Record<GatewayApi, string>> = {
  jira: 'https://northwind.atlassian.net',
  confluence: 'https://northwind.atlassian.net',
  pagerduty: 'https://api.eu.pagerduty.com',
};
const apis = Object.keys(servers) as GatewayApi[];
const documentOf = (api: GatewayApi) => openApiDocumentOf(api, { server: servers[api] });

it.each(apis)('the file of %s keeps every rule as it is', (api) => {
  const file = JSON.parse(readFileSync(new URL(`../../gateway/schemas/${api}.json`, import.meta.url), 'utf8'));
  expect(openApiFindings(file, { target: api, readsOnly: { exceptFor: ['countIssues'] } })).toEqual([]);
});

it.each(apis)('%s is read at the customer’s server', (api) => {
  expect(JSON.parse(documentOf(api)).servers).toEqual([{ url: servers[api] }]);
});

it.each(apis)('what is uploaded for %s is written out and still keeps every rule', (api) => {
  const text = documentOf(api);
  expect(text).not.toContain('$ref');
  // Terraform would read these as its own templates.
  expect(text).not.toMatch(/[$%]\{/);
  expect(JSON.parse(text)).not.toHaveProperty('components');
  expect(openApiFindings(JSON.parse(text), { target: api, source: 'inline', readsOnly: { exceptFor: ['countIssues'] } })).toEqual([]);
});

it('the server may have a path, as a token with scopes needs it', () => {
  const server = 'https://api.atlassian.com/ex/jira/11223344-a1b2-3b33-c444-def123456789';
  expect(JSON.parse(openApiDocumentOf('jira', { server })).servers).toEqual([{ url: server }]);
});

it('a server that will not do is refused with everything that is wrong', () => {
  const refused = () => openApiDocumentOf('jira', { server: 'http://northwind.atlassian.net/' });
  expect(refused).toThrow(OpenApiError);
  expect(refused).toThrow(/of jira cannot be a target.*\n#\/servers\/0\/url .*not https\n +why: .*\n +fix: /);
});

it.each(apis)('every tool of %s only reads', (api) => {
  const methods = Object.values(JSON.parse(documentOf(api)).paths as Record<string, Record<string, { operationId: string }>>)
    .flatMap((item) => Object.entries(item))
    .filter(([method]) => method !== 'get')
    .map(([method, { operationId }]) => `${method} ${operationId}`);
  expect(methods).toEqual(api === 'jira' ? ['post countIssues'] : []);
});

it('the tools are the ones the answers to people need', () => {
  expect(Object.fromEntries(apis.map((api) => [api, toolsOf(api, documentOf(api)).map(({ name }) => name.split('___')[1])]))).toEqual({
    jira: [
      'searchIssues',
      'countIssues',
      'getIssue',
      'listComments',
      'searchProjects',
      'getProject',
      'listBoards',
      'listSprints',
      'listSprintIssues',
      'searchFields',
      'findUsers',
    ],
    confluence: ['searchContent', 'getPage', 'listPageChildren', 'listPageComments', 'listSpaces', 'getSpace'],
    pagerduty: [
      'listIncidents',
      'getIncident',
      'listIncidentNotes',
      'listIncidentLogEntries',
      'listIncidentAlerts',
      'listOnCalls',
      'listEscalationPolicies',
      'getEscalationPolicy',
      'listSchedules',
      'getSchedule',
      'listScheduleUsers',
      'listServices',
      'getService',
      'listUsers',
      'getUser',
    ],
  });
});

/** Four characters are about one token; this is paid with every question that sees the tools. */
it.each([
  ['jira', 1750],
  ['confluence', 1000],
  ['pagerduty', 2000],
] as const)('the list of tools of %s costs at most %i tokens', (api, most) => {
  expect(JSON.stringify(toolsOf(api, documentOf(api))).length / 4).toBeLessThan(most);
});

it('issues are searched where Jira still answers: the old search was removed', () => {
  const paths = Object.keys(JSON.parse(documentOf('jira')).paths);
  expect(paths).toContain('/rest/api/3/search/jql');
  expect(paths).not.toContain('/rest/api/3/search');
});

/** Jira gives only ids without `fields`, Confluence no text without `body-format`: a model has to name them. */
it.each([
  ['jira', 'searchIssues', 'fields'],
  ['jira', 'listSprintIssues', 'fields'],
  ['confluence', 'getPage', 'body-format'],
] as const)('%s %s cannot be called without %s', (api, tool, field) => {
  expect(toolsOf(api, documentOf(api)).find(({ name }) => name.endsWith(tool))?.inputSchema.required).toContain(field);
});

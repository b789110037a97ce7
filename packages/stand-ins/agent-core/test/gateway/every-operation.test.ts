import { readFileSync } from 'node:fs';
import { createCallRecord } from '@vera/aws-stand-in/call-record';
import { createConfluence } from '@vera/saas-stand-in/create-confluence';
import { createJira } from '@vera/saas-stand-in/create-jira';
import { createPagerDuty } from '@vera/saas-stand-in/create-pagerduty';
import { basic, confluenceSeed, createSite, jiraSeed, pagerDutySeed, tuesday } from '@vera/saas-stand-in/test/small-clinic';
import { describe, expect, it } from 'vitest';
import { createGateway } from '../../src/create-gateway.ts';
import type { GatewayTarget } from '../../src/gateway/tools/gateway-target.ts';
import { allTools, connectMcp, textOf } from './mcp-client.ts';

const schemas = new URL('../../../../../stacks/gateway/schemas/', import.meta.url);
const documentOf = (name: string) => JSON.parse(readFileSync(new URL(`${name}.json`, schemas), 'utf8'));

async function start() {
  const now = () => tuesday;
  const site = createSite();
  const jira = await createJira({ seed: jiraSeed, site, now });
  const confluence = await createConfluence({ seed: confluenceSeed, site, now });
  const pagerDuty = await createPagerDuty({ seed: pagerDutySeed, apiKeys: ['k3y'], now });
  const atlassian = { name: 'Authorization', prefix: 'Basic', key: basic.authorization.replace('Basic ', '') };
  const targets: GatewayTarget[] = [
    { name: 'jira', document: documentOf('jira'), server: jira.url, credential: atlassian },
    { name: 'confluence', document: documentOf('confluence'), server: confluence.url, credential: atlassian },
    {
      name: 'pagerduty',
      document: documentOf('pagerduty'),
      server: pagerDuty.url,
      credential: { name: 'Authorization', prefix: 'Token', key: 'token=k3y' },
    },
  ];
  const gateway = await createGateway({ record: createCallRecord(), targets, authorizer: { kind: 'NONE' }, pageSize: 10 });
  const mcp = await connectMcp(gateway.mcpUrl);
  return {
    client: mcp.client,
    async [Symbol.asyncDispose]() {
      for (const one of [mcp, gateway, jira, confluence, pagerDuty]) await one[Symbol.asyncDispose]();
    },
  };
}

const period = { since: '2026-11-24T00:00:00Z', until: '2026-11-25T00:00:00Z' };
/** What each tool is asked, and what has to be in its answer. */
const asked: Readonly<Record<string, readonly [Record<string, unknown>, string]>> = {
  jira___searchIssues: [{ jql: 'text ~ refund', fields: 'summary' }, 'Refund is paid twice'],
  jira___countIssues: [{ jql: 'project = TILL' }, '{"count":3}'],
  jira___getIssue: [{ issueIdOrKey: 'TILL-9', fields: 'summary,status' }, 'In Progress'],
  jira___listComments: [{ issueIdOrKey: 'TILL-9', orderBy: '-created', expand: 'renderedBody' }, '<p>Thanks</p>'],
  jira___searchProjects: [{ query: 'till', maxResults: 5 }, 'Project TILL'],
  jira___getProject: [{ projectIdOrKey: 'TILL' }, 'issueTypes'],
  jira___listBoards: [{ projectKeyOrId: 'TILL', type: 'scrum' }, 'TILL board'],
  jira___listSprints: [{ boardId: 7, state: 'active,future' }, 'Sprint 2'],
  jira___listSprintIssues: [{ sprintId: 71, fields: 'summary', jql: 'statusCategory != Done' }, 'Receipts in Portuguese'],
  jira___searchFields: [{ query: 'story' }, 'customfield_10016'],
  jira___findUsers: [{ query: 'ana' }, 'Ana Lima'],
  confluence___searchContent: [{ cql: 'text ~ settlement', limit: 1 }, 'cursor='],
  confluence___getPage: [{ id: '2', 'body-format': 'storage', 'include-labels': true }, 'runbook'],
  confluence___listPageChildren: [{ id: '1' }, 'Settlement files'],
  confluence___listPageComments: [{ id: '3', 'body-format': 'storage' }, 'Good'],
  confluence___listSpaces: [{ keys: 'ENG,OPS' }, 'Engineering'],
  confluence___getSpace: [{ id: '100' }, 'Engineering'],
  pagerduty___listIncidents: [{ sort_by: 'created_at:desc' }, 'Till is slow'],
  pagerduty___getIncident: [{ id: 'QINC1' }, 'triggered'],
  pagerduty___listIncidentNotes: [{ id: 'QINC2' }, 'Looking'],
  pagerduty___listIncidentLogEntries: [{ id: 'QINC2', is_overview: true }, 'acknowledge_log_entry'],
  pagerduty___listIncidentAlerts: [{ id: 'QINC1' }, 'p95 high'],
  pagerduty___listOnCalls: [{ limit: 100, time_zone: 'Europe/Lisbon' }, 'Till primary'],
  pagerduty___listEscalationPolicies: [{ query: 'till' }, 'escalation_rules'],
  pagerduty___getEscalationPolicy: [{ id: 'PPOL1' }, 'num_loops'],
  pagerduty___listSchedules: [{ query: 'till' }, 'Till primary'],
  pagerduty___getSchedule: [{ id: 'PSCHED1', ...period }, 'rendered_schedule_entries'],
  pagerduty___listScheduleUsers: [{ id: 'PSCHED1', ...period }, 'ana@clinic.example'],
  pagerduty___listServices: [{ query: 'till' }, 'critical'],
  pagerduty___getService: [{ id: 'PSVC0' }, 'till-api'],
  pagerduty___listUsers: [{ query: 'bo' }, 'bo@clinic.example'],
  pagerduty___getUser: [{ id: 'PUSERCY' }, 'cy@clinic.example'],
};

describe('the documents of the gateway, in front of the emulated APIs', () => {
  it('every operation is a tool, page after page, and every tool answers', async () => {
    await using system = await start();
    const tools = (await allTools(system.client)).map(({ name }) => name);
    expect(tools.toSorted()).toEqual([...Object.keys(asked), 'x_amz_bedrock_agentcore_search'].toSorted());
    for (const [name, [args, wanted]] of Object.entries(asked)) {
      const result = await system.client.callTool({ name, arguments: args });
      expect(result, `${name}: ${textOf(result)}`).toMatchObject({ isError: false });
      expect(textOf(result), name).toContain(wanted);
    }
  });

  it('what an answer holds is what its document says of it', async () => {
    await using system = await start();
    for (const [name, [args]] of Object.entries(asked)) {
      const [target = '', operationId = ''] = name.split('___');
      const schema = responseSchema(documentOf(target), operationId);
      const answer = JSON.parse(textOf(await system.client.callTool({ name, arguments: args })));
      expect(mismatches(answer, schema, documentOf(target), name), name).toEqual([]);
    }
  });

  it('what is wrong comes back as a result with the words of the API', async () => {
    await using system = await start();
    const jql = await system.client.callTool({ name: 'jira___searchIssues', arguments: { jql: 'project = NOPE', fields: 'summary' } });
    expect(jql).toMatchObject({ isError: true });
    expect(textOf(jql)).toContain("The value 'NOPE' does not exist for the field 'project'.");
    const hidden = await system.client.callTool({ name: 'jira___getIssue', arguments: { issueIdOrKey: 'HID-1', fields: 'summary' } });
    expect(textOf(hidden)).toContain('HTTP 404');
  });

  it('semantic search finds the tool for a question', async () => {
    await using system = await start();
    const first = async (query: string) => {
      const { structuredContent } = await system.client.callTool({ name: 'x_amz_bedrock_agentcore_search', arguments: { query } });
      return (structuredContent as { tools: { name: string }[] }).tools[0]?.name;
    };
    expect(await first('who is on call')).toBe('pagerduty___listOnCalls');
    expect(await first('how many issues are open, count them')).toBe('jira___countIssues');
    expect(await first('read a Confluence page')).toBe('confluence___getPage');
  });
});

type Json = { [key: string]: unknown };

function responseSchema({ paths }: { paths: Record<string, Record<string, Json>> }, operationId: string): Json {
  const operation = Object.values(paths)
    .flatMap((item) => Object.values(item))
    .find((one) => one.operationId === operationId);
  return (operation as { responses: { 200: { content: { 'application/json': { schema: Json } } } } }).responses[200].content[
    'application/json'
  ].schema;
}

/** Where a value is of another type than its schema says, or lacks what it could always have. */
function mismatches(value: unknown, schema: Json, document: Json, at: string): string[] {
  if (typeof schema.$ref === 'string') {
    const found = schema.$ref
      .slice(2)
      .split('/')
      .reduce<unknown>((place, step) => (place as Json)[step], document);
    return mismatches(value, found as Json, document, at);
  }
  if (value === undefined) return [];
  if (value === null) return schema.nullable === true ? [] : [`${at} is null`];
  switch (schema.type) {
    case 'array':
      if (!Array.isArray(value)) return [`${at} is no list`];
      return value.flatMap((item, index) => mismatches(item, schema.items as Json, document, `${at}[${index}]`));
    case 'object':
      if (typeof value !== 'object') return [`${at} is no object`];
      return Object.entries((schema.properties ?? {}) as Record<string, Json>).flatMap(([name, property]) =>
        mismatches((value as Json)[name], property, document, `${at}.${name}`),
      );
    case 'integer':
      return Number.isInteger(value) ? [] : [`${at} is no integer`];
    default: {
      const isOther = schema.type !== undefined && typeof value !== schema.type;
      const isOutside = Array.isArray(schema.enum) && !schema.enum.includes(value);
      return isOther || isOutside ? [`${at} is ${JSON.stringify(value)}`] : [];
    }
  }
}

import { readFileSync } from 'node:fs';
import { createGateway } from '@vera/agent-core-stand-in/create-gateway';
import { createCallRecord } from '@vera/aws-stand-in/call-record';
import type { ScriptedTurn } from '@vera/bedrock-stand-in/scripted-model';
import { createAccessTokens } from '@vera/saas-stand-in/atlassian/atlassian-site';
import { createConfluence } from '@vera/saas-stand-in/create-confluence';
import { createJira } from '@vera/saas-stand-in/create-jira';
import { createPagerDuty } from '@vera/saas-stand-in/create-pagerduty';
import type { PagerDutySeed } from '@vera/saas-stand-in/pagerduty/pagerduty-seed';
import { type PlantedIncident, plantedIncidents, plantedServices } from '@vera/saas-stand-in/planted-incidents';
import { expect, test } from 'vitest';
import { readHelperFiles } from '../../src/delegation/specialist.ts';
import { gatewayServer } from '../../src/mcp/gateway-server.ts';
import { bearer, usualLimits } from '../../src/mcp/mcp-server.ts';
import type { Tool } from '../../src/tools/tool.ts';
import { type ServerOptions, startToolServers } from '../mcp/start-tool-servers.ts';
import { type Asked, startDelegation } from './start-delegation.ts';

const planted = plantedIncidents({ project: 'OPS', space: 'OPS', author: 'ana' });
const week = { week: '2026-11-23', zone: 'Europe/Dublin' };
const ana = { accountId: '1:ana', handle: 'ana', name: 'Ana Lima', email: 'ana@clinic.example', timeZone: 'Europe/Dublin' };
const jira = {
  ...week,
  projects: [
    {
      id: '1',
      key: 'OPS',
      name: 'Operations',
      description: '',
      type: 'software',
      lead: 'ana',
      components: plantedServices,
      nextNumber: 900,
    },
  ],
  ...{ boards: [], sprints: [], serviceDesks: [], issues: planted.flatMap(({ issues }) => issues) },
} as const;
const homepage = { id: '1999', space: 'OPS', title: 'Operations', author: 'ana', created: '2026-01-05T09:00', body: 'Start here.' };
const confluence = {
  ...week,
  spaces: [{ id: '1', key: 'OPS', name: 'Operations', homepage: '1999' }],
  pages: [homepage, ...planted.flatMap(({ pages }) => pages)],
};
const pagerDuty: PagerDutySeed = {
  ...week,
  subdomain: 'clinic',
  teams: [{ id: 'PT1', name: 'Operations' }],
  users: [{ id: 'PU1', handle: 'ana', name: 'Ana Lima', email: ana.email, jobTitle: 'Lead', timeZone: 'Europe/Dublin', teams: ['PT1'] }],
  schedules: [{ id: 'PS1', name: 'Primary', description: '', team: 'PT1', rotation: ['ana'] }],
  escalationPolicies: [
    { id: 'PE1', name: 'Operations', description: '', team: 'PT1', loops: 1, rules: [{ delayMinutes: 5, schedule: 'PS1' }] },
  ],
  services: plantedServices.map((id) => ({ id, name: id, description: '', policy: 'PE1', team: 'PT1' })),
  incidents: planted.flatMap(({ incident, beside }) => (beside ? [incident, beside] : [incident])),
};
const documents: Tool = {
  ...{ name: 'search_knowledge_base', title: 'Searching', description: 'Searches documents', inputSchema: { type: 'object' } },
  run: async () => ({ text: 'No document fits this query.', isError: false }),
};
const documentOf = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../../../stacks/gateway/schemas/${name}.json`, import.meta.url), 'utf8'));

/** The systems behind the gateway, as a deployment has them, and the tools of one question. */
async function startCompany() {
  await using started = new AsyncDisposableStack();
  const now = () => Date.parse('2026-11-24T10:00:00Z');
  const site = { cloudId: 'clinic', people: [ana], apiTokens: [{ email: ana.email, token: 't' }], tokens: createAccessTokens() };
  const servers = {
    jira: started.use(await createJira({ seed: jira, site, now })),
    confluence: started.use(await createConfluence({ seed: confluence, site, now })),
    pagerduty: started.use(await createPagerDuty({ seed: pagerDuty, apiKeys: ['k'], now })),
  };
  const basic = { name: 'Authorization', prefix: 'Basic', key: Buffer.from(`${ana.email}:t`).toString('base64') };
  const token = { name: 'Authorization', prefix: 'Token', key: 'token=k' };
  const targets = Object.entries(servers).map(([name, { url }]) => ({
    name,
    document: documentOf(name),
    server: url,
    credential: name === 'pagerduty' ? token : basic,
  }));
  const gateway = started.use(await createGateway({ record: createCallRecord(), authorizer: { kind: 'NONE' }, targets }));
  const entry = gatewayServer(gateway.mcpUrl, bearer('any'), []);
  const opened = started.use(startToolServers([{ ...(entry as ServerOptions), limits: usualLimits }]));
  const { tools, ownTools } = await opened.offer();
  const stack = started.move();
  return {
    ...servers,
    tools: [...tools, ...ownTools, documents],
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

const pager = (name: string, input: object) => ({ call: `gateway_pagerduty___${name}`, input });

/** Goes the way that the specialist's prompt says, and claims what it then knows of the cause. */
function obeying({ incident: { number }, evidence }: PlantedIncident, onTask: (asked: Asked) => void) {
  return (asked: Asked): ScriptedTurn => {
    const { task, results } = asked;
    if (task === undefined)
      return results.length === 0
        ? [{ call: 'delegate', input: { task: `What caused incident ${number}?`, specialist: 'incident' } }]
        : 'Told.';
    onTask(asked);
    const all = results.map(({ text }) => text).join('\n');
    const [, id = '', service = ''] = new RegExp(`"id":"(QPLANT${number})".*?"service":\\{"id":"([^"]+)"`).exec(all) ?? [];
    if (results.length === 0) return [pager('listIncidents', { limit: 100, sort_by: 'created_at:desc' })];
    if (results.length === 1)
      return ['getIncident', 'listIncidentAlerts', 'listIncidentNotes', 'listIncidentLogEntries'].map((name) => pager(name, { id }));
    if (results.length === 5) {
      const jql = `component = "${service}" AND updated >= "2026-11-21" AND updated <= "2026-11-24"`;
      return [
        { call: 'gateway_jira___searchIssues', input: { jql, fields: 'summary,description,updated' } },
        { call: 'gateway_confluence___searchContent', input: { cql: `type = page AND text ~ "${service}"` } },
        pager('listIncidents', { since: '2026-11-24T00:00:00Z', until: '2026-11-24T12:00:00Z', limit: 100, sort_by: 'created_at:desc' }),
        { call: 'search_knowledge_base', input: { query: `${service} runbook` } },
      ];
    }
    const pages = [...all.matchAll(/"id":"(\d+)","type":"page"/g)].map(([, page]) => ({
      call: 'gateway_confluence___getPage',
      input: { id: page, 'body-format': 'storage' },
    }));
    if (results.length === 9 && pages.length > 0) return pages;
    const known = evidence.filter((phrase) => all.includes(phrase));
    const claims = known.map((phrase) => ({ claim: `This has to do with it: ${phrase}`, evidence: [phrase] }));
    return [{ call: 'give_result', input: { claims, not_seen: ['metrics: there is no tool for them'] } }];
  };
}

const files = readHelperFiles(new URL('../../src/prompt/delegation/', import.meta.url));
const startSpecialist = (tools: readonly Tool[], incident: PlantedIncident, onTask: (asked: Asked) => void = () => undefined) =>
  startDelegation(obeying(incident, onTask), { tools, specialists: files.specialists, limits: { calls: 60, tokens: 600_000 } });

test('the incident specialist reaches, for each of ten planted incidents, all that names its cause, within its steps', async () => {
  await using company = await startCompany();
  expect(planted).toHaveLength(10);
  for (const incident of planted) {
    let calls = 0;
    await using helpers = await startSpecialist(company.tools, incident, () => {
      calls += 1;
    });
    await helpers.answer();
    const [result] = helpers.results();
    expect(result?.status, incident.incident.title).toBe('success');
    for (const phrase of incident.evidence) expect(result?.text).toContain(`(evidence: ${phrase})`);
    expect(result?.text).toContain('Could not be seen:\n- metrics: there is no tool for them');
    expect(calls).toBeLessThanOrEqual(6);
  }
});

test('what failed is said with the findings, also where the helper forgot it', async () => {
  await using company = await startCompany();
  company.confluence.inject({ kind: 'status', status: 503, times: 99 });
  await using helpers = await startSpecialist(company.tools, planted[1] as PlantedIncident);
  await helpers.answer();
  expect(helpers.results()[0]?.text).toMatch(/Could not be seen:.*- Confluence: [^\n]*: the call failed/s);
});

test('a claim whose evidence stands in nothing that was read is no finding', async () => {
  await using company = await startCompany();
  const claims = [{ claim: 'It was the moon.', evidence: ['full moon over Leeds'] }];
  const inventing = ({ task, results }: Asked): ScriptedTurn => {
    if (task === undefined) return results.length === 0 ? [{ call: 'delegate', input: { task: 'Why?', specialist: 'incident' } }] : 'Told.';
    return results.length === 0
      ? [pager('listIncidents', { sort_by: 'created_at:desc' })]
      : [{ call: 'give_result', input: { claims, not_seen: [] } }];
  };
  await using helpers = await startDelegation(inventing, { tools: company.tools, specialists: files.specialists });
  await helpers.answer();
  expect(helpers.results()).toMatchObject([
    { status: 'error', text: expect.stringContaining('"full moon over Leeds" as evidence stands in nothing') },
  ]);
});

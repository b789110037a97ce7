import { readFileSync } from 'node:fs';
import { createGateway } from '@vera/agent-core-stand-in/create-gateway';
import { createCallRecord } from '@vera/aws-stand-in/call-record';
import { createAccessTokens } from '@vera/saas-stand-in/atlassian/atlassian-site';
import { createConfluence } from '@vera/saas-stand-in/create-confluence';
import { createJira } from '@vera/saas-stand-in/create-jira';
import { createPagerDuty } from '@vera/saas-stand-in/create-pagerduty';
import { describe, expect, it } from 'vitest';
import { demoSeeds } from '../../src/demo-seeds.ts';

const schemas = new URL('../../../../../stacks/gateway/schemas/', import.meta.url);
const documentOf = (name: string) => JSON.parse(readFileSync(new URL(`${name}.json`, schemas), 'utf8'));

/** Northwind's tools behind a gateway, at some moment. */
async function start(moment: string) {
  const now = () => Date.parse(moment);
  const { people, jira, confluence, pagerDuty } = demoSeeds;
  const site = { cloudId: 'northwind', people, apiTokens: [{ email: 'vera@northwind.example', token: 't' }], tokens: createAccessTokens() };
  const servers = [
    await createJira({ seed: jira, site, now }),
    await createConfluence({ seed: confluence, site, now }),
    await createPagerDuty({ seed: pagerDuty, apiKeys: ['k'], now }),
  ] as const;
  const atlassian = { name: 'Authorization', prefix: 'Basic', key: Buffer.from('vera@northwind.example:t').toString('base64') };
  const gateway = await createGateway({
    record: createCallRecord(),
    authorizer: { kind: 'NONE' },
    targets: [
      { name: 'jira', document: documentOf('jira'), server: servers[0].url, credential: atlassian },
      { name: 'confluence', document: documentOf('confluence'), server: servers[1].url, credential: atlassian },
      {
        name: 'pagerduty',
        document: documentOf('pagerduty'),
        server: servers[2].url,
        credential: { name: 'Authorization', prefix: 'Token', key: 'token=k' },
      },
    ],
  });
  // biome-ignore lint/suspicious/noExplicitAny: what comes back is what a test looks into
  const call = async (name: string, args: object): Promise<any> => {
    const response = await fetch(gateway.mcpUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: args } }),
    });
    const { result } = (await response.json()) as { result: { content: { text: string }[] } };
    return JSON.parse(result.content[0]?.text ?? '');
  };
  return {
    call,
    async [Symbol.asyncDispose]() {
      for (const server of [gateway, ...servers]) await server[Symbol.asyncDispose]();
    },
  };
}

describe.each(['2026-11-24T10:00:00Z', '2027-06-16T21:30:00Z', '2026-11-23T09:00:00Z'])(
  '"who is on call for payments, and is anything on fire?" at %s',
  (moment) => {
    it('Elena, then Maya; terminals are offline, settlement is mitigated, the rest is well', async () => {
      await using system = await start(moment);
      const { oncalls } = await system.call('pagerduty___listOnCalls', { limit: 100 });
      const payments = oncalls.filter((one: { escalation_policy: { summary: string } }) => one.escalation_policy.summary === 'Payments');
      expect(
        payments.map((one: { escalation_level: number; user: { summary: string } }) => [one.escalation_level, one.user.summary]),
      ).toEqual([
        [1, 'Elena Petrova'],
        [2, 'Maya Lindqvist'],
        [3, 'Maya Lindqvist'],
        [4, 'Daniel Byrne'],
      ]);
      const { services } = await system.call('pagerduty___listServices', { limit: 100 });
      const unwell = services.filter((one: { status: string }) => one.status !== 'active').map((one: { name: string }) => one.name);
      expect(unwell).toEqual(['settlement-worker', 'terminal-gateway']);
      const { incidents } = await system.call('pagerduty___listIncidents', { sort_by: 'created_at:desc' });
      expect(incidents[0]).toMatchObject({
        title: expect.stringContaining('74 terminals offline'),
        status: 'acknowledged',
        urgency: 'high',
      });
      expect(Date.parse(moment) - Date.parse(incidents[0].created_at)).toBe(26 * 60_000);
      const { notes } = await system.call('pagerduty___listIncidentNotes', { id: incidents[0].id });
      expect(notes.at(-1).content).toContain('No ticket yet');
    });

    it('no ticket for it yet, and Confluence says whom to call', async () => {
      await using system = await start(moment);
      const tickets = await system.call('jira___searchIssues', { jql: 'text ~ "TerminalDisconnectRate"', fields: 'summary' });
      expect(tickets.issues).toEqual([]);
      const open = await system.call('jira___countIssues', { jql: 'project = PAY AND statusCategory != Done AND labels = INC-482' });
      expect(open.count).toBeGreaterThan(5);
      const pages = await system.call('confluence___searchContent', { cql: 'text ~ "terminals mobile network"' });
      expect(pages.results[0].title).toBe('Terminals on the mobile network');
      const page = await system.call('confluence___getPage', { id: pages.results[0].content.id, 'body-format': 'storage' });
      expect(page.body.storage.value).toContain('+44 113 555 0170');
    });

    it('Vera sees nothing of what is restricted', async () => {
      await using system = await start(moment);
      expect(
        (await system.call('jira___searchIssues', { jql: 'text ~ laptop', fields: 'summary' })).issues.map(
          (one: { key: string }) => one.key,
        ),
      ).not.toContain('SEC-318');
      expect((await system.call('confluence___listSpaces', {})).results.map((one: { key: string }) => one.key)).toEqual([
        'ENG',
        'OPS',
        'PPL',
      ]);
    });
  },
);

import type { ServerEntry } from '@vera/worker/env';
import { describe, expect, it } from 'vitest';
import { gatewayVariablesOf } from '../../gateway/servers-behind-gateway.ts';
import { deployedRolesOf } from '../../permissions/deployment-of.ts';
import { parseSettings } from '../../settings/settings.ts';
import { secretKeysOf } from '../../storage/secret-keys.ts';
import { roleFaults } from '../permissions/role-faults.ts';
import { leastSettings, resourcesOf, runtimeIn, synthesise } from '../synthesised.ts';

const wiki: ServerEntry = {
  name: 'wiki',
  title: 'The Wiki',
  url: 'https://wiki.example.com/mcp',
  headers: { 'X-Api-Key': 'v1 ${WIKI_KEY}' },
  reads: ['find_page'],
  denies: ['purge'],
  via: 'gateway',
  keyVersion: 4,
};
const plans: ServerEntry = {
  name: 'plans',
  url: 'https://plans.example.com/mcp',
  oauth: { clientId: '${PLANS_ID}', clientSecret: '${PLANS_SECRET}', tokenUrl: 'https://id.example.com/token', scope: 'read list' },
  reads: ['list_plans'],
  via: 'gateway',
};
const open: ServerEntry = { name: 'docs', url: 'https://docs.example.com/mcp', reads: ['search'], via: 'gateway' };
const splunk: ServerEntry = { name: 'splunk', url: 'https://splunk.example.com/mcp', via: 'gateway' };

const settings = { ...leastSettings, gateway: {}, mcpServers: [wiki, plans, open, splunk] };
const { stacks, files } = synthesise(settings);
const byName = (type: string) => resourcesOf(stacks, type).sort((one, other) => (String(one.name) < String(other.name) ? -1 : 1));
const targetOf = (name: string) => byName('aws_bedrockagentcore_gateway_target').find((target) => target.name === name);
const provider = (type: string, path: string) =>
  expect.stringMatching(new RegExp(`^\\$\\{aws_bedrockagentcore_${type}_credential_provider\\.${path}`));

/** In one line, as a header needs it. */
const keyIn = (name: string) => `\${replace(trimspace(var.${name}), "/[\\r\\n]+/", "")}`;

describe('MCP servers behind the gateway', () => {
  it('are targets of their own, without any API beside them and without a bucket for documents', () => {
    const targets = byName('aws_bedrockagentcore_gateway_target').map(({ name, target_configuration }) => [name, target_configuration]);
    const at = (endpoint: string) => [{ mcp: [{ mcp_server: [{ endpoint }] }] }];
    expect(targets).toEqual([
      ['docs', at('https://docs.example.com/mcp')],
      ['plans', at('https://plans.example.com/mcp')],
      ['splunk', at('https://splunk.example.com/mcp')],
      ['wiki', at('https://wiki.example.com/mcp')],
    ]);
    expect(resourcesOf(stacks, 'aws_s3_bucket')).toEqual([]);
  });

  it('show their key in the header that the settings name, or a token of a client, or nothing', () => {
    expect(targetOf('wiki')?.credential_provider_configuration).toEqual([
      {
        api_key: [
          {
            provider_arn: provider('api_key', 'wiki_key'),
            credential_location: 'HEADER',
            credential_parameter_name: 'X-Api-Key',
            credential_prefix: 'v1',
          },
        ],
      },
    ]);
    expect(targetOf('splunk')?.credential_provider_configuration).toMatchObject([
      { api_key: [{ credential_parameter_name: 'authorization', credential_prefix: 'Bearer' }] },
    ]);
    expect(targetOf('plans')?.credential_provider_configuration).toEqual([
      { oauth: [{ provider_arn: provider('oauth2', 'plans_client'), scopes: ['read', 'list'] }] },
    ]);
    expect(targetOf('docs')).not.toHaveProperty('credential_provider_configuration');
  });

  it('keep keys out of the state: write-only, taken anew when their version is raised', () => {
    expect(byName('aws_bedrockagentcore_api_key_credential_provider')).toMatchObject([
      { name: 'use1-dev-vera-splunk', api_key_wo: keyIn('SPLUNK_TOKEN'), api_key_wo_version: 1 },
      { name: 'use1-dev-vera-wiki', api_key_wo: keyIn('WIKI_KEY'), api_key_wo_version: 4 },
    ]);
    expect(resourcesOf(stacks, 'aws_bedrockagentcore_oauth2_credential_provider')).toMatchObject([
      {
        name: 'use1-dev-vera-plans',
        credential_provider_vendor: 'CustomOauth2',
        oauth2_provider_config: [
          {
            custom_oauth2_provider_config: [
              {
                client_id_wo: keyIn('PLANS_ID'),
                client_secret_wo: keyIn('PLANS_SECRET'),
                client_credentials_wo_version: 1,
                oauth_discovery: [{ authorization_server_metadata: [{ token_endpoint: 'https://id.example.com/token' }] }],
              },
            ],
          },
        ],
      },
    ]);
  });

  it('leave no key for the worker: not in its variables, not in its secret, not in its rights', () => {
    const { EnvironmentVariables: variables } = runtimeIn(stacks) as { EnvironmentVariables: { readonly MCP_SERVERS: string } };
    expect(JSON.parse(variables.MCP_SERVERS)).toEqual([
      { name: 'wiki', title: 'The Wiki', url: wiki.url, reads: ['find_page'], denies: ['purge'], via: 'gateway' },
      { name: 'plans', url: plans.url, reads: ['list_plans'], via: 'gateway' },
      open,
      splunk,
    ]);
    expect(secretKeysOf(parseSettings('trial', settings)).filter((key) => /WIKI|PLANS|SPLUNK/.test(key))).toEqual([]);
    expect(String(files.get('stacks/worker/cdk.tf.json'))).not.toMatch(/WIKI_KEY|PLANS_ID|PLANS_SECRET|SPLUNK_TOKEN|credentialprovider/);
  });

  it('are named to whoever deploys, with the variables that carry their keys; one that two servers take is one variable', () => {
    const both = { ...settings, gateway: { targets: { pagerduty: {} } }, mcpServers: [wiki, { ...wiki, name: 'wiki2' }, plans] };
    expect(gatewayVariablesOf(parseSettings('trial', both))).toEqual([
      'TF_VAR_pagerduty_api_key',
      'TF_VAR_WIKI_KEY',
      'TF_VAR_PLANS_ID',
      'TF_VAR_PLANS_SECRET',
    ]);
    expect(() => synthesise(both)).not.toThrow();
  });

  it('cost the gateway’s role the right to those keys and tokens, and nothing more', async () => {
    const role = deployedRolesOf(stacks).find(({ name }) => name === 'use1-dev-vera-gateway')!;
    expect(role.statements.map(({ Sid }) => Sid)).toEqual(['Identity', 'Keys', 'Tokens', 'KeySecrets']);
    expect(await roleFaults(role, { account: '111122223333', regions: ['us-east-1'] })).toEqual([]);
    const ofOpen = deployedRolesOf(synthesise({ ...settings, mcpServers: [open] }).stacks).find(
      ({ name }) => name === 'use1-dev-vera-gateway',
    )!;
    expect(ofOpen.statements.map(({ Sid }) => Sid)).toEqual(['Identity']);
  });
});

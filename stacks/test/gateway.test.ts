import { describe, expect, it } from 'vitest';
import { leastSettings, resourcesOf, runtimeIn, synthesise } from './synthesised.ts';

const targets = {
  pagerduty: { keyVersion: 3 },
  jira: { site: 'https://northwind.atlassian.net' },
  confluence: { site: 'https://northwind.atlassian.net' },
};

describe('the gateway', () => {
  it('takes the worker’s own signature: no pool, no secret', () => {
    const { stacks } = synthesise({ ...leastSettings, gateway: { authorizer: 'iam', targets } });
    expect(resourcesOf(stacks, 'aws_bedrockagentcore_gateway')).toMatchObject([{ authorizer_type: 'AWS_IAM' }]);
    expect(resourcesOf(stacks, 'aws_cognito_user_pool')).toEqual([]);
    expect(runtimeIn(stacks).EnvironmentVariables).toHaveProperty('GATEWAY_URL');
    expect(runtimeIn(stacks).EnvironmentVariables).not.toHaveProperty('GATEWAY_CLIENT_SECRET_ID');
    expect(JSON.stringify(stacks.get('worker')?.resource.aws_iam_role_policy)).toContain('bedrock-agentcore:InvokeGateway');
  });

  it('or a token of Cognito’s, whose client reaches the worker in a secret nobody copies', () => {
    const { stacks } = synthesise({ ...leastSettings, gateway: { authorizer: 'cognito', targets } });
    expect(resourcesOf(stacks, 'aws_bedrockagentcore_gateway')).toMatchObject([
      {
        authorizer_type: 'CUSTOM_JWT',
        authorizer_configuration: [
          { custom_jwt_authorizer: [{ allowed_clients: [expect.stringContaining('aws_cognito_user_pool_client')] }] },
        ],
      },
    ]);
    const [version] = resourcesOf(stacks, 'aws_secretsmanager_secret_version');
    expect(version).toMatchObject({ secret_string_wo: expect.stringContaining('GATEWAY_CLIENT_SECRET'), secret_string_wo_version: 1 });
    expect(runtimeIn(stacks).EnvironmentVariables).toHaveProperty('GATEWAY_CLIENT_SECRET_ID');
    expect(JSON.stringify(stacks.get('worker')?.resource.aws_iam_role_policy)).not.toContain('InvokeGateway');
  });

  it('has every MCP version from the start, semantic search, and tells the model no internal error', () => {
    const { stacks } = synthesise({ ...leastSettings, gateway: { targets } });
    const [gateway] = resourcesOf(stacks, 'aws_bedrockagentcore_gateway');
    expect(gateway?.protocol_configuration).toEqual([
      { mcp: [{ search_type: 'SEMANTIC', supported_versions: ['2025-03-26', '2025-06-18', '2025-11-25', '2026-07-28'] }] },
    ]);
    expect(gateway).not.toHaveProperty('exception_level');
  });

  it('reads its documents from a private, versioned bucket, with the customer’s own site in them', () => {
    const { stacks } = synthesise({ ...leastSettings, gateway: { targets } });
    expect(resourcesOf(stacks, 'aws_s3_bucket_public_access_block')).toMatchObject([
      { block_public_acls: true, restrict_public_buckets: true },
    ]);
    expect(resourcesOf(stacks, 'aws_s3_bucket_versioning')).toMatchObject([{ versioning_configuration: { status: 'Enabled' } }]);
    const documents = resourcesOf(stacks, 'aws_s3_object').map(({ key, content }) => [
      String(key).replace(/-[0-9a-f]{12}\.json$/, ''),
      content,
    ]);
    expect(documents.map(([name]) => name).sort()).toEqual(['confluence', 'jira', 'pagerduty']);
    expect(documents.find(([name]) => name === 'jira')?.[1]).toContain('"https://northwind.atlassian.net"');
  });

  it('keeps API keys out of the state, and takes a new one when its version is raised', () => {
    const { stacks } = synthesise({ ...leastSettings, gateway: { targets } });
    const keys = resourcesOf(stacks, 'aws_bedrockagentcore_api_key_credential_provider');
    expect(keys.map(({ name, api_key_wo, api_key_wo_version }) => [name, api_key_wo, api_key_wo_version])).toContainEqual([
      'use1-dev-vera-pagerduty',
      '${replace(trimspace(var.pagerduty_api_key), "/[\\r\\n]+/", "")}',
      3,
    ]);
    for (const key of keys) expect(key).not.toHaveProperty('api_key');
  });
});

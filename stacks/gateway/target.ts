import { BedrockagentcoreGatewayTarget } from '@cdktf/provider-aws/lib/bedrockagentcore-gateway-target/index.js';
import { Construct } from 'constructs';
import type { Settings } from '../settings/settings.ts';
import { apiKeyCredential } from './api-key-credential.ts';
import { type ApiTarget, apiKeyNameOf } from './api-targets.ts';
import { deploymentKey } from './deployment-key.ts';
import { keyProviderNameOf } from './gateway-grants.ts';

interface TargetProps {
  readonly target: ApiTarget;
  readonly settings: Settings;
  readonly gatewayId: string;
  readonly schemaUri: string;
}

/** One API as MCP tools, with the key it is called with. */
export class Target extends Construct {
  constructor(scope: Construct, id: string, { target, settings, gatewayId, schemaUri }: TargetProps) {
    super(scope, id);
    const { name, description, prefix, keyForm, keyVersion } = target;
    const credential = apiKeyCredential(this, {
      name: keyProviderNameOf(settings, name),
      key: deploymentKey(this, 'api-key', { name: apiKeyNameOf(name), description: keyForm }),
      keyVersion,
      header: 'Authorization',
      prefix,
    });
    new BedrockagentcoreGatewayTarget(this, 'target', {
      name,
      description,
      gatewayIdentifier: gatewayId,
      credentialProviderConfiguration: [credential],
      targetConfiguration: [{ mcp: [{ openApiSchema: [{ s3: [{ uri: schemaUri, bucketOwnerAccountId: settings.account }] }] }] }],
    });
  }
}

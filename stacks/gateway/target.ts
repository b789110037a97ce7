import { BedrockagentcoreApiKeyCredentialProvider } from '@cdktf/provider-aws/lib/bedrockagentcore-api-key-credential-provider/index.js';
import { BedrockagentcoreGatewayTarget } from '@cdktf/provider-aws/lib/bedrockagentcore-gateway-target/index.js';
import { TerraformVariable } from 'cdktf';
import { Construct } from 'constructs';
import type { Settings } from '../settings/settings.ts';
import type { ApiTarget } from './api-targets.ts';
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
    const { name, description, prefix, keyVersion } = target;
    const provider = new BedrockagentcoreApiKeyCredentialProvider(this, 'key', {
      name: keyProviderNameOf(settings, name),
      apiKeyWo: this.keyOf(target),
      apiKeyWoVersion: keyVersion,
    });
    new BedrockagentcoreGatewayTarget(this, 'target', {
      name,
      description,
      gatewayIdentifier: gatewayId,
      credentialProviderConfiguration: [
        {
          apiKey: [
            {
              providerArn: provider.credentialProviderArn,
              credentialLocation: 'HEADER',
              credentialParameterName: 'Authorization',
              credentialPrefix: prefix,
            },
          ],
        },
      ],
      targetConfiguration: [{ mcp: [{ openApiSchema: [{ s3: [{ uri: schemaUri, bucketOwnerAccountId: settings.account }] }] }] }],
    });
  }

  /** Comes from the shell of whoever deploys and goes to AWS; no state ever holds it. */
  private keyOf({ name, keyForm }: ApiTarget): string {
    const variable = new TerraformVariable(this, 'api-key', {
      type: 'string',
      sensitive: true,
      description: `${keyForm}; read when the target is new or its keyVersion was raised, and then only`,
      // A plan, and every later deployment, goes without the key.
      default: `missing: set TF_VAR_${name}_api_key, raise keyVersion, deploy again`,
    });
    variable.overrideLogicalId(`${name}_api_key`);
    return variable.stringValue;
  }
}

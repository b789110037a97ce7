import type { BedrockagentcoreGatewayAuthorizerConfiguration } from '@cdktf/provider-aws/lib/bedrockagentcore-gateway/index.js';
import { CognitoResourceServer } from '@cdktf/provider-aws/lib/cognito-resource-server/index.js';
import { CognitoUserPool } from '@cdktf/provider-aws/lib/cognito-user-pool/index.js';
import { CognitoUserPoolClient } from '@cdktf/provider-aws/lib/cognito-user-pool-client/index.js';
import { CognitoUserPoolDomain } from '@cdktf/provider-aws/lib/cognito-user-pool-domain/index.js';
import { SecretsmanagerSecret } from '@cdktf/provider-aws/lib/secretsmanager-secret/index.js';
import { SecretsmanagerSecretVersion } from '@cdktf/provider-aws/lib/secretsmanager-secret-version/index.js';
import { Fn } from 'cdktf';
import { Construct } from 'constructs';
import { addressOf } from '../constructs/address-of.ts';
import { nameOf } from '../settings/names.ts';
import type { Settings } from '../settings/settings.ts';

interface MachineClientProps {
  readonly settings: Settings;
  readonly keyArn: string;
}

/** A user pool without users: its one client is the worker, which proves itself to the gateway with a token. */
export class MachineClient extends Construct {
  /** What the gateway checks tokens against. Cognito's access tokens name the client, not an audience. */
  readonly authorizer: BedrockagentcoreGatewayAuthorizerConfiguration;
  /** Where the worker reads the client from; nobody copies it. */
  readonly secretArn: string;

  constructor(scope: Construct, id: string, { settings, keyArn }: MachineClientProps) {
    super(scope, id);
    const pool = new CognitoUserPool(this, 'pool', {
      name: nameOf(settings, 'gateway'),
      adminCreateUserConfig: { allowAdminCreateUserOnly: true },
      deletionProtection: settings.deletionProtection ? 'ACTIVE' : 'INACTIVE',
    });
    new CognitoUserPoolDomain(this, 'domain', { domain: domainOf(settings), userPoolId: pool.id });
    const server = new CognitoResourceServer(this, 'resource-server', {
      name: 'gateway',
      identifier: nameOf(settings, 'gateway'),
      userPoolId: pool.id,
      scope: [{ scopeName: 'invoke', scopeDescription: 'Call tools through the gateway' }],
    });
    const invoke = `${server.identifier}/invoke`;
    const client = new CognitoUserPoolClient(this, 'client', {
      name: nameOf(settings, 'worker'),
      userPoolId: pool.id,
      generateSecret: true,
      allowedOauthFlowsUserPoolClient: true,
      allowedOauthFlows: ['client_credentials'],
      allowedOauthScopes: [invoke],
      explicitAuthFlows: [],
      dependsOn: [server],
    });
    const discoveryUrl = `https://cognito-idp.${settings.region}.amazonaws.com/${pool.id}/.well-known/openid-configuration`;
    this.authorizer = { customJwtAuthorizer: [{ discoveryUrl, allowedClients: [client.id] }] };
    this.secretArn = this.keepClient(client, invoke, { settings, keyArn });
  }

  private keepClient(client: CognitoUserPoolClient, scope: string, { settings, keyArn }: MachineClientProps): string {
    const secret = new SecretsmanagerSecret(this, 'secret', {
      name: nameOf(settings, 'gateway-client'),
      description: 'How the worker gets a token for the gateway; written by Terraform',
      kmsKeyId: keyArn,
      recoveryWindowInDays: 0,
    });
    new SecretsmanagerSecretVersion(this, 'secret-value', {
      secretId: secret.id,
      secretStringWo: Fn.jsonencode({
        GATEWAY_CLIENT_ID: client.id,
        GATEWAY_CLIENT_SECRET: client.clientSecret,
        GATEWAY_TOKEN_URL: `https://${domainOf(settings)}.auth.${settings.region}.amazoncognito.com/oauth2/token`,
        GATEWAY_SCOPE: scope,
      }),
      secretStringWoVersion: 1,
      // A new client has a new secret, which Terraform cannot see in a value it does not keep.
      lifecycle: { replaceTriggeredBy: [addressOf(client)] },
    });
    return secret.arn;
  }
}

function domainOf(settings: Settings): string {
  return nameOf(settings, settings.account);
}

import type { Deployment } from '../deployment.ts';
import type { Check } from './check.ts';

/** What whoever runs doctor needs: it reads, and changes nothing but the session of its own that it starts and stops. */
export function policyOf(
  checks: readonly Check[],
  { account, region, secret, functionNameOf }: Pick<Deployment, 'account' | 'region' | 'secret' | 'functionNameOf'>,
) {
  const narrow: Readonly<Record<string, readonly string[]>> = {
    'secretsmanager:GetSecretValue': [`arn:aws:secretsmanager:${region}:${account}:secret:${secret}-??????`],
    'lambda:InvokeFunction': [`arn:aws:lambda:${region}:${account}:function:${functionNameOf('worker')}`],
    'dynamodb:Query': [`arn:aws:dynamodb:${region}:${account}:table/${functionNameOf('ledger')}/index/*`],
    // A runtime's id ends in what AWS makes up; its name has underscores.
    'bedrock-agentcore:InvokeAgentRuntime': [
      `arn:aws:bedrock-agentcore:${region}:${account}:runtime/${functionNameOf('runtime').replaceAll('-', '_')}-*`,
    ],
    'bedrock-agentcore:StopRuntimeSession': [
      `arn:aws:bedrock-agentcore:${region}:${account}:runtime/${functionNameOf('runtime').replaceAll('-', '_')}-*`,
    ],
  };
  const rights = [...new Set(checks.flatMap((check) => check.rights))].sort();
  const broad = rights.filter((right) => narrow[right] === undefined);
  const rest = rights.filter((right) => narrow[right] !== undefined);
  return {
    Version: '2012-10-17',
    Statement: [
      { Sid: 'Looks', Effect: 'Allow', Action: broad, Resource: '*' },
      ...rest.map((right) => ({ Effect: 'Allow', Action: right, Resource: narrow[right] })),
      {
        Sid: 'OpensWhatTheKeySeals',
        Effect: 'Allow',
        Action: 'kms:Decrypt',
        Resource: '*',
        Condition: {
          StringEquals: { 'kms:ViaService': ['dynamodb', 'secretsmanager'].map((service) => `${service}.${region}.amazonaws.com`) },
        },
      },
    ],
  };
}

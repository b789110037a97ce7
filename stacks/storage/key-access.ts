import type { Grant, Target } from '../constructs/grant.ts';
import { isBuiltInAccount } from '../settings/image-schema.ts';
import { nameOf, runtimeNameOf } from '../settings/names.ts';
import type { Settings } from '../settings/settings.ts';
import { encryptsLogsIn } from './log-key.ts';

/** Who may use a key of Vera's own. Without its first statement nobody could ever change the key again. */
export function keyPolicyOf(settings: Settings): string {
  const accountDecides = {
    Sid: 'AccountDecidesByIam',
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${settings.account}:root` },
    Action: 'kms:*',
    Resource: '*',
  };
  const logs = encryptsLogsIn(settings) ? [logsUsingKey(settings)] : [];
  return JSON.stringify({ Version: '2012-10-17', Statement: [accountDecides, ...logs] });
}

/** CloudWatch decrypts for whoever may read a group, by this statement of the key's own policy and by nobody's rights. */
export function logsUsingKey(settings: Settings) {
  const { account, region } = settings;
  const regions = [...new Set([region, ...settings.knowledgeBases.flatMap((base) => base.region ?? [])])];
  const groupsIn = (where: string) => `arn:aws:logs:${where}:${account}:log-group:`;
  const groups = regions.flatMap((where) => [
    ...(where === region ? [`${groupsIn(where)}/aws/lambda/${nameOf(settings)}-*`] : []),
    ...(where === region && isBuiltInAccount(settings.image) ? [`${groupsIn(where)}/aws/codebuild/${nameOf(settings)}-*`] : []),
    ...(where === region ? [`${groupsIn(where)}/aws/bedrock-agentcore/runtimes/${runtimeNameOf(settings)}-*`] : []),
    ...(where === region ? [`${groupsIn(where)}/aws/vendedlogs/bedrock-agentcore/${nameOf(settings)}-*`] : []),
    ...(settings.knowledgeBases.some((base) => (base.region ?? region) === where)
      ? [`${groupsIn(where)}/aws/vendedlogs/bedrock/knowledge-base/APPLICATION_LOGS/*`]
      : []),
  ]);
  return {
    Sid: 'LogsOfThisBot',
    Effect: 'Allow',
    Principal: { Service: regions.map((where) => `logs.${where}.amazonaws.com`) },
    Action: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
    Resource: '*',
    Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': groups } },
  };
}

/** Ends up beside the policy in the synthesised stack. */
export const keyPolicyReasons = {
  AccountDecidesByIam: 'in a key’s own policy * is that key; without this nobody could ever use or change it again',
  LogsOfThisBot: 'in a key’s own policy * is that key; CloudWatch encrypts these log groups with it, and no others',
};

/** Tables and secrets are encrypted with our key; the services unlock them with the rights of whoever asks. */
export function usingKey(keyArn: string, region: string, services: readonly ('dynamodb' | 'secretsmanager')[]): Grant {
  return {
    actions: ['kms:Decrypt'],
    resources: [keyArn],
    conditions: { StringEquals: { 'kms:ViaService': services.map((service) => `${service}.${region}.amazonaws.com`) } },
    because: `used by ${services.join(' and ')}, with the rights of whoever asks`,
  };
}

/** The key, for what was sealed as an account's tokens only: by itself nobody opens table or secret with it. */
export function accountsKeyOf({ keyArn }: { readonly keyArn: string }): Target {
  return { resources: [keyArn], conditions: { StringEquals: { 'kms:EncryptionContext:purpose': 'connected-account' } } };
}

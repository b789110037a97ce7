import type { Settings } from '../settings/settings.ts';
import type { Conditions } from './grant.ts';

/** AgentCore may take a role on only when it works for this account: nobody else's runtime or gateway can borrow it. */
export function trustOfAgentCore({ region, account }: Pick<Settings, 'region' | 'account'>): Conditions {
  return {
    StringEquals: { 'aws:SourceAccount': account },
    ArnLike: { 'aws:SourceArn': `arn:aws:bedrock-agentcore:${region}:${account}:*` },
  };
}

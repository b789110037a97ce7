import type { ControlAnswer, ControlAnswers } from '@vera/aws-stand-in/create-control-plane';
import type { WardParts } from './examined.ts';
import { variantOf } from './settings-of-variants.ts';

/** What somebody did, or what happened, that doctor has to name; `planted-faults.md` beside it has what it says. */
export type PlantedFault = Partial<WardParts>;

/** One operation answers something else than what is healthy. */
function bent(action: string, change: (healthy: Record<string, unknown>) => object | undefined): Pick<WardParts, 'answers'> {
  return {
    answers: (healthy: ControlAnswers) => {
      const answer: ControlAnswer = (asked) => {
        const was = healthy[action]?.(asked);
        return was && change(was as Record<string, unknown>);
      };
      return { [action]: answer };
    },
  };
}

/** Of one function only. */
function ofFunction(role: string, change: object): Pick<WardParts, 'answers'> {
  return bent('lambda:GetFunctionConfiguration', (was) => (String(was.FunctionName).endsWith(role) ? { ...was, ...change } : was));
}

const keys = (change: Readonly<Record<string, string | undefined>>): Pick<WardParts, 'parts'> => ({
  parts: ({ keys: was }) => ({ keys: JSON.parse(JSON.stringify({ ...was, ...change })) as Record<string, string> }),
});

export const plantedFaults: Readonly<Record<string, PlantedFault>> = {
  'a key of Slack is missing': {
    ...keys({ SLACK_SIGNING_SECRET: undefined }),
  },
  'the bot token is the placeholder of an example': {
    ...keys({ SLACK_BOT_TOKEN: 'xoxb-your-token' }),
  },
  'the key of a server that is used is missing': {
    variant: variantOf('trial', { mcpServers: ['github'] }),
    ...keys({ GITHUB_TOKEN: undefined }),
  },
  'half of a pair of keys': {
    ...keys({ ATLASSIAN_CLIENT_ID: 'kQ93hd82bX0q' }),
  },
  'a function whose last change failed': {
    ...ofFunction('receiver', { LastUpdateStatus: 'Failed', LastUpdateStatusReasonCode: 'InvalidSubnet' }),
  },
  'a function that was put to sleep by a bad network': {
    ...ofFunction('sweeper', { State: 'Failed', StateReasonCode: 'SubnetOutOfIPAddresses' }),
  },
  'a time-out that somebody changed by hand': { ...ofFunction('receiver', { Timeout: 3 }) },
  'an old runtime of Node': { ...ofFunction('auth-portal', { Runtime: 'nodejs20.x' }) },
  'an endpoint that serves an earlier version': { parts: ({ worker }) => ({ worker: { ...worker, servedVersion: '6' } as typeof worker }) },
  'a platform that nobody asked for': { parts: ({ worker }) => ({ worker: { ...worker, platform: 'V1' } as typeof worker }) },
  'an image of other sources': {
    parts: ({ worker }) => ({ worker: { ...worker, image: 'somewhere/use1-dev-vera-worker:ffffffffffff' } as typeof worker }),
  },
  'a runtime that could not be changed': {
    ...bent('bedrock-agentcore:GetAgentRuntime', (was) => ({ ...was, status: 'UPDATE_FAILED', failureReason: 'image not found' })),
  },
  'a table that never forgets': {
    ...bent('dynamodb:DescribeTimeToLive', () => ({ TimeToLiveDescription: { TimeToLiveStatus: 'DISABLED' } })),
  },
  'a table without backups': {
    ...bent('dynamodb:DescribeContinuousBackups', () => ({
      ContinuousBackupsDescription: {
        ContinuousBackupsStatus: 'ENABLED',
        PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'DISABLED' },
      },
    })),
  },
  'an index that is being made anew': {
    ...bent('dynamodb:DescribeTable', ({ Table }) => {
      const table = Table as { GlobalSecondaryIndexes?: readonly object[] };
      return {
        Table: {
          ...table,
          ...(table.GlobalSecondaryIndexes ? { GlobalSecondaryIndexes: [{ IndexName: 'open-by-due', IndexStatus: 'CREATING' }] } : {}),
        },
      };
    }),
  },
  'a guardrail version that was deleted': { ...bent('bedrock:GetGuardrail', () => undefined) },
  'a memory that failed': {
    ...bent('bedrock-agentcore:GetMemory', ({ memory }) => ({
      memory: { ...(memory as object), status: 'FAILED', failureReason: 'internal' },
    })),
  },
};

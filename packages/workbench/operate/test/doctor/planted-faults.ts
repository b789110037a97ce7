import type { ControlAnswer, ControlAnswers } from '@vera/aws-stand-in/create-control-plane';
import type { SlackManifest } from '../../src/doctor/check.ts';
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

const key = (change: object) => bent('kms:DescribeKey', ({ KeyMetadata }) => ({ KeyMetadata: { ...(KeyMetadata as object), ...change } }));

const app = (change: (meant: SlackManifest) => Partial<SlackManifest>): PlantedFault => ({
  world: { manifest: (meant) => ({ ...meant, ...change(meant) }) },
});

function without(events: { readonly request_url?: string; readonly bot_events?: readonly string[] } | undefined, event: string) {
  return { ...events, bot_events: events?.bot_events?.filter((one) => one !== event) ?? [] };
}

const lastJob = (change: object) =>
  bent('bedrock:ListIngestionJobs', ({ ingestionJobSummaries }) => ({
    ingestionJobSummaries: (ingestionJobSummaries as readonly object[]).map((job) => ({ ...job, ...change })),
  }));

const target = (name: string, status: string) =>
  bent('bedrock-agentcore:ListGatewayTargets', ({ items }) => ({
    items: (items as readonly { name: string }[]).map((item) => (item.name === name ? { ...item, status } : item)),
  }));

function metric(name: string, value: number): Pick<WardParts, 'answers'> {
  return {
    answers: (healthy) => ({
      'cloudwatch:GetMetricData': (asked) => {
        const was = healthy['cloudwatch:GetMetricData']?.(asked) as { readonly MetricDataResults: readonly object[] };
        const queries = asked.body.MetricDataQueries as readonly {
          readonly MetricStat: { readonly Metric: { readonly MetricName: string } };
        }[];
        const isIt = (index: number) => queries[index]?.MetricStat.Metric.MetricName === name;
        return { MetricDataResults: was.MetricDataResults.map((result, index) => (isIt(index) ? { ...result, Values: [value] } : result)) };
      },
    }),
  };
}

const production = variantOf('production');
const kept = { worker: 'arn:aws:iam::111122223333:role/northwind/vera-worker' };
const withOwnRole = variantOf('trial', { roles: kept });

type Policy = { readonly Statement: readonly { readonly Effect: string; readonly Action: readonly string[] }[] };

/** A role of the company's that somebody wrote otherwise than it has to be. */
function ownRole(change: (role: { readonly trust: object; readonly policy: Policy }) => object): PlantedFault {
  return {
    variant: withOwnRole,
    parts: ({ roles }) => ({
      roles: Object.fromEntries(Object.entries(roles).map(([arn, role]) => [arn, { ...role, ...change(role as never) }])) as typeof roles,
    }),
  };
}

const lessOf = ({ Statement }: Policy, without: string) => ({ Statement: Statement.filter(({ Action }) => !Action.includes(without)) });
const allowing = (...actions: string[]) => ({ Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] });
const withGitHub = variantOf('trial', { mcpServers: ['github'] });
const front = { receiver: 'slack.vera.example', portal: 'vera.example' };
const dead = { name: 'github', title: 'GitHub', tools: [], failure: 'it does not answer' };

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
  'an account that is another one': { ...bent('sts:GetCallerIdentity', (was) => ({ ...was, Account: '999900001111' })) },
  'a clock that is ten minutes off': { world: { secondsAhead: 600 } },
  'a key that somebody switched off': key({ KeyState: 'Disabled', Enabled: false }),
  'a key that will be deleted': key({ KeyState: 'PendingDeletion', Enabled: false }),
  'a bot token that was revoked': keys({ SLACK_BOT_TOKEN: 'xoxb-9999999999-Zz81Kq3vT' }),
  'an app that was installed with fewer scopes': { world: { scopes: (granted) => granted.filter((scope) => scope !== 'files:read') } },
  'an app that is no agent': { world: { scopes: (granted) => granted.filter((scope) => scope !== 'assistant:write') } },
  'events that go to another address': app(({ settings }) => ({
    settings: { ...settings, event_subscriptions: { ...settings?.event_subscriptions, request_url: 'https://old.example/' } },
  })),
  'clicks that go nowhere': app(({ settings }) => ({ settings: { ...settings, interactivity: { is_enabled: false } } })),
  'Stop that is not subscribed': app(({ settings }) => ({
    settings: { ...settings, event_subscriptions: without(settings?.event_subscriptions, 'agent_session_stopped') },
  })),
  'direct messages that nobody hears of': app(({ settings }) => ({
    settings: { ...settings, event_subscriptions: without(settings?.event_subscriptions, 'message.im') },
  })),
  'an app that is not declared as an agent': app(({ features }) => ({ features: { ...features, agent_view: undefined } })),
  'socket mode that somebody tried': app(({ settings }) => ({ settings: { ...settings, socket_mode_enabled: true } })),
  'tokens that rotate': app(({ settings }) => ({ settings: { ...settings, token_rotation_enabled: true } })),
  'a portal that Sign in with Slack does not know': app(({ oauth_config: oauth }) => ({ oauth_config: { ...oauth, redirect_urls: [] } })),
  'a receiver that runs with another signing secret': { world: { receiver: () => new Response(null, { status: 401 }) } },
  'a receiver that nobody may call': { world: { receiver: () => new Response(null, { status: 403 }) } },
  'a portal that fails': { world: { portal: () => new Response('', { status: 502 }) } },
  'functions that answer without the front': {
    variant: variantOf('trial', { front }),
    world: { behind: () => new Response(null, { status: 200 }) },
  },
  'a function that was deleted': bent('lambda:GetFunctionConfiguration', (was) =>
    String(was.FunctionName).endsWith('sweeper') ? undefined : was,
  ),
  'a function that was switched off': bent('lambda:GetFunctionConcurrency', () => ({ ReservedConcurrentExecutions: 0 })),
  'an account with ten functions at once': bent('lambda:GetAccountSettings', () => ({
    AccountLimit: { UnreservedConcurrentExecutions: 10 },
  })),
  'an endpoint that could not be moved': bent('bedrock-agentcore:GetAgentRuntimeEndpoint', (was) => ({
    ...was,
    status: 'UPDATE_FAILED',
    failureReason: 'no image',
  })),
  'a runtime that is being changed': bent('bedrock-agentcore:GetAgentRuntime', (was) => ({ ...was, status: 'UPDATING' })),
  'a Node that keeps its entropy in snapshots': {
    patient: ({ sources }) => ({ sources: { ...sources, dockerfile: () => 'FROM node:24.21.0-slim AS runtime' } }),
  },
  'a model whose terms nobody agreed to': bent('bedrock:GetFoundationModelAvailability', (was) => ({
    ...was,
    agreementAvailability: { status: 'NOT_AVAILABLE' },
  })),
  'a model that the organisation forbids': bent('bedrock:GetFoundationModelAvailability', (was) => ({
    ...was,
    authorizationStatus: 'NOT_AUTHORIZED',
  })),
  'a model that is not in the region': bent('bedrock:GetInferenceProfile', () => undefined),
  'a model that was retired': bent('bedrock:GetFoundationModelAvailability', () => undefined),
  'a guardrail that is being changed': bent('bedrock:GetGuardrail', (was) => ({ ...was, status: 'UPDATING' })),
  'a memory that was deleted': bent('bedrock-agentcore:GetMemory', () => undefined),
  'a memory that learns nothing': bent('bedrock-agentcore:GetMemory', ({ memory }) => ({
    memory: { ...(memory as object), strategies: [] },
  })),
  'a knowledge base that was deleted': { variant: production, ...bent('bedrock:GetKnowledgeBase', () => undefined) },
  'a knowledge base that failed': {
    variant: production,
    ...bent('bedrock:GetKnowledgeBase', ({ knowledgeBase }) => ({
      knowledgeBase: { ...(knowledgeBase as object), status: 'FAILED', failureReasons: ['the index is gone'] },
    })),
  },
  'documents that were never read in': { variant: production, ...bent('bedrock:ListIngestionJobs', () => ({ ingestionJobSummaries: [] })) },
  'a reading that failed': { variant: production, ...lastJob({ status: 'FAILED' }) },
  'documents that could not be read': { variant: production, ...lastJob({ statistics: { numberOfDocumentsFailed: 3 } }) },
  'a gateway that was deleted': { variant: production, ...bent('bedrock-agentcore:GetGateway', () => undefined) },
  'a target that failed': { variant: production, ...target('jira', 'FAILED') },
  'a target whose key is wrong': { variant: production, ...target('pagerduty', 'SYNCHRONIZE_UNSUCCESSFUL') },
  'a target that waits for somebody': { variant: production, ...target('confluence', 'CREATE_PENDING_AUTH') },
  'a target that somebody took away': {
    variant: production,
    ...bent('bedrock-agentcore:ListGatewayTargets', ({ items }) => ({
      items: (items as readonly { name: string }[]).filter(({ name }) => name !== 'jira'),
    })),
  },
  'a server of tools that is dead': {
    variant: withGitHub,
    patient: () => ({ describeServers: async () => ({ servers: [dead], fits: true }) }),
  },
  'a key of GitHub that can write': { variant: withGitHub, world: { gitHubScopes: 'repo, read:org, workflow' } },
  'a log group that is gone': bent('logs:DescribeLogGroups', ({ logGroups }) => ({
    logGroups: (logGroups as readonly { logGroupName: string }[]).filter(({ logGroupName }) => !logGroupName.endsWith('receiver')),
  })),
  'logs that are kept for ever': bent('logs:DescribeLogGroups', ({ logGroups }) => ({
    logGroups: (logGroups as readonly { logGroupName: string }[]).map(({ logGroupName }) =>
      logGroupName.includes('runtimes') ? { logGroupName } : { logGroupName, retentionInDays: 30 },
    ),
  })),
  'sessions that come near the quota': metric('ActiveSessionCount', 4500),
  'calls that Lambda turned away': metric('Throttles', 12),
  'a sweeper that does not run': metric('Invocations', 0),
  'what the invoker gave up': bent('sqs:GetQueueAttributes', () => ({ Attributes: { ApproximateNumberOfMessages: '3' } })),
  'a queue that was deleted': bent('sqs:GetQueueUrl', () => undefined),
  'questions that nobody brings': bent('dynamodb:Query', () => ({ Count: 4, ScannedCount: 4 })),
  'a table whose key forbids it': bent('dynamodb:DescribeTable', ({ Table }) => ({
    Table: { ...(Table as object), TableStatus: 'INACCESSIBLE_ENCRYPTION_CREDENTIALS' },
  })),
  'a table that anybody can delete': {
    variant: production,
    ...bent('dynamodb:DescribeTable', ({ Table }) => ({ Table: { ...(Table as object), DeletionProtectionEnabled: false } })),
  },
  'a role of yours that lacks rights': ownRole(({ policy }) => ({
    policy: {
      Statement: lessOf(policy, 'xray:PutTraceSegments').Statement.map((one) => ({
        ...one,
        Action: one.Action.filter((name) => name !== 'dynamodb:Query'),
      })),
    },
  })),
  'a role of yours that knows one of two services': ownRole(({ policy }) => ({
    policy: JSON.parse(JSON.stringify(policy).replace('secretsmanager.us-east-1.amazonaws.com', 's3.us-east-1.amazonaws.com')) as object,
  })),
  'a role of yours that does not deny': ownRole(({ policy }) => ({ policy: lessOf(policy, '*') })),
  'a role of yours under too low a ceiling': ownRole(() => ({ ceiling: allowing('dynamodb:*', 'secretsmanager:*', 'kms:*') })),
  'a role of yours that trusts another service': ownRole(() => ({
    trust: { Statement: { Effect: 'Allow', Principal: { Service: ['ec2.amazonaws.com'] }, Action: 'sts:AssumeRole' } },
  })),
  'a role of yours that nobody made': { variant: withOwnRole, parts: () => ({ roles: {} }) },
  'a worker that the invoker does not call': {
    variant: variantOf('trial', { worker: { on: 'agentcore' } }),
    parts: () => ({ worker: { on: 'lambda' } as const }),
  },
};

import { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js';
import { serversOf } from '@vera/worker/env';
import { Construct } from 'constructs';
import type { Grants } from '../constructs/grant.ts';
import { RolePolicy, underCeiling } from '../constructs/service-role.ts';
import { roleArnOf } from '../settings/names.ts';
import type { Settings } from '../settings/settings.ts';

interface AwsReaderProps {
  readonly settings: Settings;
  readonly workerRoleArn: string;
}

/** The role that AWS's MCP server acts with for Vera: it may look at what an engineer on call asks about, and only through that server. */
export class AwsReader extends Construct {
  constructor(scope: Construct, id: string, { settings, workerRoleArn }: AwsReaderProps) {
    super(scope, id);
    const trust = { Effect: 'Allow', Principal: { AWS: workerRoleArn }, Action: 'sts:AssumeRole' };
    const role = new IamRole(this, 'role', {
      ...underCeiling(settings, 'aws-reader'),
      description: 'What Vera may look at in this account through the AWS MCP Server',
      assumeRolePolicy: JSON.stringify({ Version: '2012-10-17', Statement: [trust] }),
      maxSessionDuration: 3_600,
    });
    new RolePolicy(this, 'policy', { role, grants: awsReaderGrantsOf(settings) });
  }
}

/** Of the role, where the settings switch AWS on. By name: the worker's policy and this role's trust name each other. */
export function awsReaderArnOf(settings: Settings): string | undefined {
  const isOn = serversOf(settings.mcpServers).some(({ name }) => name === 'aws');
  return isOn ? (settings.roles['aws-reader'] ?? roleArnOf(settings, 'aws-reader')) : undefined;
}

/** States and settings. What looks like one and is left out is named where it would stand, with what it also shows. */
const looks: Readonly<Record<string, string>> = {
  acm: 'DescribeCertificate ListCertificates',
  'application-autoscaling': 'DescribeScalableTargets DescribeScalingActivities DescribeScalingPolicies',
  // Launch configurations hold user data.
  autoscaling: 'DescribeAutoScalingGroups DescribeAutoScalingInstances DescribePolicies DescribeScalingActivities',
  // Parameters, outputs and events of a stack repeat what it was given.
  cloudformation: 'ListStacks',
  cloudwatch: 'DescribeAlarmHistory DescribeAlarms GetMetricData GetMetricStatistics ListMetrics',
  dynamodb: 'DescribeContinuousBackups DescribeTable DescribeTimeToLive ListTables',
  // Attributes of instances, launch templates and spot requests hold user data; VPN connections their shared key.
  ec2:
    'DescribeAddresses DescribeAvailabilityZones DescribeInstanceStatus DescribeInstances DescribeNatGateways DescribeNetworkAcls ' +
    'DescribeNetworkInterfaces DescribeRegions DescribeRouteTables DescribeSecurityGroupRules DescribeSecurityGroups DescribeSubnets ' +
    'DescribeVolumeStatus DescribeVolumes DescribeVpcEndpoints DescribeVpcs',
  ecr: 'DescribeImages DescribeRepositories',
  // Task definitions, and the overrides that a task shows, hold environments.
  ecs: 'DescribeClusters DescribeServices ListClusters ListServices ListTasks',
  eks: 'DescribeCluster DescribeNodegroup ListClusters ListNodegroups',
  elasticache: 'DescribeCacheClusters DescribeEvents DescribeReplicationGroups',
  elasticloadbalancing: 'DescribeLoadBalancers DescribeTargetGroups DescribeTargetHealth',
  // A target of a rule holds its input.
  events: 'DescribeRule ListRules',
  health: 'DescribeEvents',
  kinesis: 'DescribeStreamSummary ListStreams',
  kms: 'DescribeKey ListAliases',
  // Each way to list functions shows their environment.
  lambda: 'GetAccountSettings GetFunctionConcurrency ListEventSourceMappings',
  // Lines of logs repeat what customers wrote and what programs should not have printed; CloudTrail's events name people.
  logs: 'DescribeLogGroups DescribeMetricFilters',
  rds: 'DescribeDBClusters DescribeDBInstances DescribeEvents DescribePendingMaintenanceActions',
  // A health check's path may hold a key.
  route53: 'GetHealthCheckStatus ListHostedZones',
  // Names of objects are data as well.
  s3: 'GetBucketLocation GetBucketPublicAccessBlock GetBucketVersioning GetEncryptionConfiguration ListAllMyBuckets',
  servicequotas: 'GetServiceQuota ListServiceQuotas',
  // Subscriptions hold addresses of people, and of hooks.
  sns: 'GetTopicAttributes ListTopics',
  sqs: 'GetQueueAttributes ListQueues',
  // What a run was given, and gave, is in the run.
  states: 'ListExecutions ListStateMachines',
  tag: 'GetResources',
};

export function awsReaderGrantsOf({ account }: Pick<Settings, 'account'>): Grants {
  return {
    looks: {
      actions: Object.entries(looks).flatMap(([service, names]) => names.split(' ').map((name) => `${service}:${name}`)),
      resources: ['*'],
      conditions: { Bool: { 'aws:ViaAWSMCPService': 'true' }, StringEquals: { 'aws:ResourceAccount': account } },
      because:
        'people ask about whatever there is in the account, in any region; only reads, no secret, no data, nothing of other accounts',
    },
    onlyThroughMcp: {
      effect: 'Deny',
      actions: ['*'],
      resources: ['*'],
      conditions: { BoolIfExists: { 'aws:ViaAWSMCPService': 'false' } },
      because: 'whoever gets hold of a session can use it nowhere else',
    },
  };
}

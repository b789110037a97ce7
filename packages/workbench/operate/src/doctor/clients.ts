import { BedrockClient } from '@aws-sdk/client-bedrock';
import { BedrockAgentClient } from '@aws-sdk/client-bedrock-agent';
import { BedrockAgentCoreClient } from '@aws-sdk/client-bedrock-agentcore';
import { BedrockAgentCoreControlClient } from '@aws-sdk/client-bedrock-agentcore-control';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ECRClient } from '@aws-sdk/client-ecr';
import { IAMClient } from '@aws-sdk/client-iam';
import { KMSClient } from '@aws-sdk/client-kms';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { SQSClient } from '@aws-sdk/client-sqs';
import { STSClient } from '@aws-sdk/client-sts';
import type { ClientOptions, Place, Service } from '../place.ts';

const makers = {
  lambda: ['LAMBDA', LambdaClient],
  dynamoDb: ['DYNAMODB', DynamoDBClient],
  secretsManager: ['SECRETS_MANAGER', SecretsManagerClient],
  agentCore: ['BEDROCK_AGENTCORE', BedrockAgentCoreClient],
  control: ['BEDROCK_AGENTCORE_CONTROL', BedrockAgentCoreControlClient],
  bedrock: ['BEDROCK', BedrockClient],
  knowledge: ['BEDROCK_AGENT', BedrockAgentClient],
  cloudWatch: ['CLOUDWATCH', CloudWatchClient],
  logs: ['CLOUDWATCH_LOGS', CloudWatchLogsClient],
  sqs: ['SQS', SQSClient],
  kms: ['KMS', KMSClient],
  ecr: ['ECR', ECRClient],
  iam: ['IAM', IAMClient],
  quotas: ['SERVICE_QUOTAS', ServiceQuotasClient],
  sts: ['STS', STSClient],
} as const;

type Name = keyof typeof makers;
type ClientOf<Which extends Name> = InstanceType<(typeof makers)[Which][1]>;

/** Gives the client of a service, in the place's region unless told; the same one each time. */
export interface Clients {
  <Which extends Name>(which: Which, region?: string): ClientOf<Which>;
  [Symbol.dispose](): void;
}

export function createClients(place: Pick<Place, 'region' | 'clientOf'>): Clients {
  const made = new Map<string, { destroy(): void }>();
  const clients = <Which extends Name>(which: Which, region = place.region): ClientOf<Which> => {
    const key = `${which} ${region}`;
    const [service, Client]: readonly [Service, new (options: ClientOptions & { maxAttempts: number }) => { destroy(): void }] =
      makers[which];
    const client = made.get(key) ?? new Client({ ...place.clientOf(service), region, maxAttempts: 2 });
    made.set(key, client);
    return client as ClientOf<Which>;
  };
  return Object.assign(clients, {
    [Symbol.dispose]() {
      for (const client of made.values()) client.destroy();
    },
  });
}

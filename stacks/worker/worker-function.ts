import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group/index.js';
import { EcrRepositoryPolicy } from '@cdktf/provider-aws/lib/ecr-repository-policy/index.js';
import { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function/index.js';
import { LambdaFunctionEventInvokeConfig } from '@cdktf/provider-aws/lib/lambda-function-event-invoke-config/index.js';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue/index.js';
import type { Construct } from 'constructs';
import type { Grants } from '../constructs/grant.ts';
import { networkGrantsOf, placedIn } from '../constructs/network-access.ts';
import { keptLogs, writingTo } from '../constructs/node-lambda.ts';
import { ServiceRole } from '../constructs/service-role.ts';
import { shared } from '../constructs/shared.ts';
import { nameOf } from '../settings/names.ts';
import type { Settings } from '../settings/settings.ts';
import type { Image } from './image.ts';

interface WorkerFunctionProps {
  readonly settings: Settings;
  readonly image: Image;
  readonly environment: Record<string, string>;
  readonly grants: Grants;
  readonly logKey: string | undefined;
}

/** The worker as a Lambda: the image of the runtime, with another program of it; nothing of it runs, or is paid, between two questions. */
export class WorkerFunction {
  readonly functionName: string;
  readonly arn: string;
  readonly roleArn: string;
  readonly logGroup: string;
  readonly failuresQueue: string;

  constructor(scope: Construct, props: WorkerFunctionProps) {
    const { settings, image, environment, grants, logKey } = props;
    const name = nameOf(settings, 'worker');
    const logs = new CloudwatchLogGroup(scope, 'function-logs', keptLogs(settings, `/aws/lambda/${name}`, logKey));
    const failures = new SqsQueue(scope, 'failures', {
      name: nameOf(settings, 'worker-failures'),
      messageRetentionSeconds: 1_209_600,
      sqsManagedSseEnabled: true,
    });
    const role = new ServiceRole(scope, 'access', {
      settings,
      role: 'worker',
      service: 'lambda.amazonaws.com',
      grants: {
        ...grants,
        ...networkGrantsOf(settings, name),
        logs: writingTo(logs.arn),
        failures: {
          actions: ['sqs:SendMessage'],
          resources: [failures.arn],
          because: 'Lambda itself puts there what it failed at, with the rights of the function',
        },
      },
    });
    const mayFetch = image.isInOurs
      ? [new EcrRepositoryPolicy(scope, 'image-access', { repository: name, policy: fetchedBy(settings, name) })]
      : [];
    const worker = new LambdaFunction(scope, 'function', {
      functionName: name,
      role: role.arn,
      packageType: 'Image',
      imageUri: image.uri,
      imageConfig: { command: ['node', 'lambda.mjs'] },
      architectures: ['arm64'],
      memorySize: settings.worker.memoryMegabytes,
      timeout: 900,
      ...(settings.worker.reservedConcurrency ? { reservedConcurrentExecutions: settings.worker.reservedConcurrency } : {}),
      environment: { variables: environment },
      ...placedIn(settings),
      loggingConfig: { logFormat: 'Text', logGroup: logs.name },
      dependsOn: [...role.policies, ...mayFetch, image.built],
    });
    new LambdaFunctionEventInvokeConfig(scope, 'no-retries', {
      functionName: worker.functionName,
      // The sweeper brings a question again, as soon as its lease has run out.
      maximumRetryAttempts: 0,
      // By then the sweeper has sent the question again or told the person.
      maximumEventAgeInSeconds: 900,
      destinationConfig: { onFailure: { destination: failures.arn } },
    });
    this.functionName = shared(scope, 'worker_name', worker.functionName);
    this.arn = shared(scope, 'worker_arn', worker.arn);
    this.roleArn = role.arn;
    this.logGroup = shared(scope, 'worker_log_group', logs.name);
    this.failuresQueue = shared(scope, 'worker_failures_queue', failures.name);
  }
}

/** Lambda fetches the image by itself, for this function only. Left out, it would write such a policy of its own, which no plan knows. */
function fetchedBy({ region, account }: Settings, functionName: string): string {
  const statement = {
    Sid: 'LambdaFetchesTheImage',
    Effect: 'Allow',
    Principal: { Service: 'lambda.amazonaws.com' },
    Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
    Condition: { ArnLike: { 'aws:SourceArn': `arn:aws:lambda:${region}:${account}:function:${functionName}` } },
  };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}

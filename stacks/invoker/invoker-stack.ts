import { LambdaFunctionEventInvokeConfig } from '@cdktf/provider-aws/lib/lambda-function-event-invoke-config/index.js';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue/index.js';
import { invokerEnv, invokerToLambdaEnv } from '@vera/invoker/env';
import { invokerPermissions } from '@vera/invoker/permissions';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { environmentOf } from '../constructs/environment-of.ts';
import { grantsOf } from '../constructs/grant.ts';
import { NodeLambda } from '../constructs/node-lambda.ts';
import { shared } from '../constructs/shared.ts';
import { useAws } from '../constructs/use-aws.ts';
import { nameOf } from '../settings/names.ts';
import type { Settings } from '../settings/settings.ts';
import type { StorageStack } from '../storage/storage-stack.ts';
import { WorkerFunction } from '../worker/worker-function.ts';
import type { WorkerStack } from '../worker/worker-stack.ts';

interface InvokerStackProps {
  readonly settings: Settings;
  readonly storage: StorageStack;
  readonly worker: WorkerStack;
}

/** Hands work to the worker; what it cannot hand over three times lies in a queue, for a human to look at. */
export class InvokerStack extends TerraformStack {
  readonly functionName: string;
  readonly arn: string;
  readonly logGroup: string;
  readonly failuresQueue: string;

  constructor(scope: Construct, id: string, { settings, storage, worker }: InvokerStackProps) {
    super(scope, id);
    useAws(this, settings);
    const failures = new SqsQueue(this, 'failures', {
      name: nameOf(settings, 'invoker-failures'),
      messageRetentionSeconds: 1_209_600,
      // SQS's own key: a witness that needs ours would be silent with it.
      sqsManagedSseEnabled: true,
    });
    const { environment, grants } = handingOverTo(worker.runsOn, settings);
    const invoker = new NodeLambda(this, 'invoker', {
      settings,
      deployable: 'invoker',
      logKey: storage.logKey,
      environment,
      grants: {
        ...grants,
        failures: {
          actions: ['sqs:SendMessage'],
          resources: [failures.arn],
          because: 'Lambda itself puts there what it failed at three times, with the rights of the function',
        },
      },
    });
    new LambdaFunctionEventInvokeConfig(this, 'retries', {
      functionName: invoker.functionName,
      maximumRetryAttempts: 2,
      // By then the sweeper has sent the question again or told the person.
      maximumEventAgeInSeconds: 900,
      destinationConfig: { onFailure: { destination: failures.arn } },
    });
    this.functionName = invoker.functionName;
    this.arn = invoker.arn;
    this.logGroup = invoker.logGroup;
    this.failuresQueue = shared(this, 'failures_queue', failures.name);
  }
}

function handingOverTo(worker: WorkerStack['runsOn'], { session }: Settings) {
  if (worker instanceof WorkerFunction) {
    const environment = environmentOf(invokerToLambdaEnv, { WORKER_FUNCTION: worker.functionName });
    return { environment, grants: grantsOf(invokerPermissions, { agentRuntime: [], workerFunction: { resources: [worker.arn] } }) };
  }
  const agentRuntime = {
    resources: [worker.runtimeArn, worker.endpointArn],
    because: 'a call through an endpoint is checked on the runtime and on the endpoint',
  };
  const environment = environmentOf(invokerEnv, {
    AGENT_RUNTIME_ARN: worker.runtimeArn,
    AGENT_RUNTIME_QUALIFIER: worker.endpointName,
    SESSION_SCOPE: session.scope,
  });
  return { environment, grants: grantsOf(invokerPermissions, { agentRuntime, workerFunction: [] }) };
}

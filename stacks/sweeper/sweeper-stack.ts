import { CloudwatchEventRule } from '@cdktf/provider-aws/lib/cloudwatch-event-rule/index.js';
import { CloudwatchEventTarget } from '@cdktf/provider-aws/lib/cloudwatch-event-target/index.js';
import { LambdaFunctionEventInvokeConfig } from '@cdktf/provider-aws/lib/lambda-function-event-invoke-config/index.js';
import { LambdaPermission } from '@cdktf/provider-aws/lib/lambda-permission/index.js';
import { sweeperEnv } from '@vera/sweeper/env';
import { sweeperPermissions } from '@vera/sweeper/permissions';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { environmentOf } from '../constructs/environment-of.ts';
import { grantsOf } from '../constructs/grant.ts';
import { NodeLambda } from '../constructs/node-lambda.ts';
import { tracesOf } from '../constructs/traces-of.ts';
import { useAws } from '../constructs/use-aws.ts';
import type { InvokerStack } from '../invoker/invoker-stack.ts';
import { nameOf } from '../settings/names.ts';
import type { Settings } from '../settings/settings.ts';
import { usingKey } from '../storage/key-access.ts';
import type { StorageStack } from '../storage/storage-stack.ts';
import { WorkerFunction } from '../worker/worker-function.ts';
import type { WorkerStack } from '../worker/worker-stack.ts';

interface SweeperStackProps {
  readonly settings: Settings;
  readonly storage: StorageStack;
  readonly invoker: InvokerStack;
  readonly worker: WorkerStack;
}

/** Looks all the time, run after run, for questions whose worker died. */
export class SweeperStack extends TerraformStack {
  readonly functionName: string;
  readonly logGroup: string;

  constructor(scope: Construct, id: string, { settings, storage, invoker, worker }: SweeperStackProps) {
    super(scope, id);
    useAws(this, settings);
    const { ledger, audit, auditHeads } = storage.tables;
    const sessions = sessionsOf(worker.runsOn, settings);
    const sweeper = new NodeLambda(this, 'sweeper', {
      settings,
      deployable: 'sweeper',
      logKey: storage.logKey,
      environment: environmentOf(sweeperEnv, {
        DEPLOYMENT: nameOf(settings),
        SECRET_ID: storage.secretArn,
        LEDGER_TABLE: ledger.name,
        AUDIT_TABLE: audit.name,
        AUDIT_DAYS: String(settings.audit.days),
        AUDIT_HEADS_TABLE: auditHeads.name,
        INVOKER_FUNCTION: invoker.functionName,
        MOST_ATTEMPTS: settings.questions.mostAttempts?.toString(),
        DELIVERY_GRACE_SECONDS: settings.questions.deliveryGraceSeconds?.toString(),
        UNHELD_SECONDS: settings.questions.unheldSeconds?.toString(),
        LOOK_SECONDS: settings.questions.lookSeconds?.toString(),
        ...sessions.environment,
      }),
      grants: {
        ...grantsOf(sweeperPermissions, {
          secret: { resources: [storage.secretArn] },
          ledgerTable: { resources: [ledger.arn] },
          ledgerIndex: { resources: [ledger.indexArn] },
          auditTable: { resources: [audit.arn] },
          auditHeads: { resources: [auditHeads.arn] },
          invokerFunction: { resources: [invoker.arn] },
          traces: tracesOf(settings),
          agentRuntime: sessions.stopped,
        }),
        key: usingKey(storage.keyArn, settings.region, ['dynamodb', 'secretsmanager']),
      },
    });
    this.runEveryMinute(sweeper, settings);
    this.functionName = sweeper.functionName;
    this.logGroup = sweeper.logGroup;
  }

  private runEveryMinute(sweeper: NodeLambda, settings: Settings): void {
    const minute = new CloudwatchEventRule(this, 'minute', { name: nameOf(settings, 'sweeper'), scheduleExpression: 'rate(1 minute)' });
    new CloudwatchEventTarget(this, 'sweep', { rule: minute.name, arn: sweeper.arn });
    new LambdaPermission(this, 'minute-may-sweep', {
      functionName: sweeper.functionName,
      action: 'lambda:InvokeFunction',
      principal: 'events.amazonaws.com',
      sourceArn: minute.arn,
    });
    // The next minute's run is the retry: repeated as well, runs that fail would come three at a time.
    new LambdaFunctionEventInvokeConfig(this, 'no-retries', {
      functionName: sweeper.functionName,
      maximumRetryAttempts: 0,
      maximumEventAgeInSeconds: 60,
    });
  }
}

/** Which sessions it stops: on Lambda there are none. */
function sessionsOf(worker: WorkerStack['runsOn'], { session }: Settings) {
  if (worker instanceof WorkerFunction) return { environment: {}, stopped: [] };
  const { stopAfterMinutes, scope } = session;
  const stops = stopAfterMinutes !== 'never';
  return {
    environment: {
      STOP_AFTER_SECONDS: stops ? String(stopAfterMinutes * 60) : undefined,
      AGENT_RUNTIME_ARN: worker.runtimeArn,
      AGENT_RUNTIME_QUALIFIER: worker.endpointName,
      SESSION_SCOPE: scope,
    },
    stopped: stops ? { resources: [worker.runtimeArn, worker.endpointArn] } : [],
  };
}

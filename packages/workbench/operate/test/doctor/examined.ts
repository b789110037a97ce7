import { type HealthyParts, healthyDeployment } from '@vera/aws-stand-in/control-plane/healthy-deployment';
import { type ControlAnswers, createControlPlane } from '@vera/aws-stand-in/create-control-plane';
import type { AwsFault } from '@vera/aws-stand-in/faults';
import { testWorkspace } from '@vera/page/test/test-workspace';
import { createSlackEmulator } from '@vera/slack-stand-in/create-slack-emulator';
import type { Description } from '@vera/worker/describe-servers';
import { serversOf, toolKeysOf } from '@vera/worker/env';
import type { Check, Patient } from '../../src/doctor/check.ts';
import { checks } from '../../src/doctor/checks.ts';
import { type Examined, examine, type Verdict, verdictOf } from '../../src/doctor/examine.ts';
import { openedByKey } from '../../src/doctor/opened-by-key.ts';
import { createPatient } from '../../src/doctor/patient.ts';
import { policyOf } from '../../src/doctor/policy.ts';
import type { RoleDocuments } from '../../src/doctor/role-documents.ts';
import { outside, type World } from './outside.ts';
import { manifestOf, type Variant } from './settings-of-variants.ts';

export interface Ward extends AsyncDisposable {
  examine(parts: WardParts): Promise<{
    readonly verdict: Verdict;
    readonly examined: readonly Examined[];
    readonly asked: readonly string[];
    readonly policy: ReturnType<typeof policyOf>;
  }>;
}

export interface WardParts {
  readonly variant: Variant;
  /** What differs from what is healthy. */
  readonly parts?: (healthy: HealthyParts) => Partial<HealthyParts>;
  readonly answers?: (healthy: ControlAnswers) => ControlAnswers;
  readonly fault?: AwsFault;
  /** Beyond AWS. */
  readonly world?: World;
  readonly patient?: (healthy: Patient) => Partial<Patient>;
  readonly checks?: readonly Check[];
  readonly milliseconds?: number;
}

/** A session is started in `start/test/check-deployment.test.ts`, where there is something to start. */
const usual = checks.filter(({ part }) => part !== 'session');
const now = Date.now();
const tag = '0123456789ab';

/** A deployment of stand-ins, which a test makes ill. */
export async function openWard(): Promise<Ward> {
  await using started = new AsyncDisposableStack();
  const control = started.use(await createControlPlane({ answers: {} }));
  const slack = started.use(await createSlackEmulator({ workspace: { ...testWorkspace, botToken } }));
  const kept = started.move();
  const clientOf = () => ({
    region: 'us-east-1',
    endpoint: control.url,
    credentials: { accessKeyId: 'operator', secretAccessKey: 'none' },
  });
  return {
    async examine({ variant, parts, answers, fault, patient: ill, checks: asked = usual, world = {}, milliseconds = 10_000 }) {
      const nameOf = (role: string) => variant.functions.replace('…', role);
      const { settings } = variant;
      const healthy = healthyPartsOf(variant, nameOf);
      const healthyAnswers = healthyDeployment({ ...healthy, ...parts?.(healthy) });
      control.bend({ ...healthyAnswers, ...answers?.(healthyAnswers) });
      control.record.reset();
      const takeBack = fault && control.inject(fault);
      const place = { isLocal: false, region: settings.region, nameOf, clientOf, slackApi: `${slack.url}/api/`, runsOn: 'v2' as const };
      const deployment = { ...settings, settings, secret: variant.secret } as unknown as Parameters<typeof createPatient>[0]['deployment'];
      const sources = {
        roleDocuments: () => keptRolesOf(variant),
        imageTag: () => tag,
        dockerfile: () => 'FROM node:24.22.1-slim AS runtime',
        slackManifest: (receiver: string, portal: string | undefined) => manifestOf(variant, receiver, portal),
      };
      const patient = createPatient({
        place,
        deployment,
        secret: variant.secret,
        now: Date.now,
        fetch: outside(variant, world),
        slackConfigToken: 'xoxe.xoxp-1-a-configuration-token',
        sources,
      });
      const describeServers = async () => describedWell(variant);
      using _clients = patient.clients;
      const examined = await examine(asked, { ...patient, describeServers, ...ill?.(patient) }, milliseconds);
      takeBack?.();
      return {
        verdict: verdictOf(examined),
        examined,
        asked: [...new Set(control.record.calls.map(({ action }) => action))],
        policy: policyOf(checks, { account: settings.account, region: settings.region, secret: variant.secret, functionNameOf: nameOf }),
      };
    },
    [Symbol.asyncDispose]: () => kept[Symbol.asyncDispose](),
  };
}

const botToken = 'xoxb-8812345678-Kq3vTz81';

function healthyPartsOf(variant: Variant, nameOf: (role: string) => string): HealthyParts {
  const { settings } = variant;
  const { account, region, environment, worker, receiver, invoker, sweeper, authPortal, image } = settings;
  const version = String(settings.rollBackTo ?? 7);
  const repository = `${account}.dkr.ecr.${region}.amazonaws.com/${nameOf('worker')}`;
  const sized = { receiver, invoker, sweeper, 'auth-portal': authPortal };
  const reserved = Object.entries({ ...sized, worker }).flatMap(([role, { reservedConcurrency: most }]) =>
    most === undefined ? [] : [[role, most] as const],
  );
  return {
    ...{ account, region, environment, nameOf, now },
    worker:
      worker.on === 'lambda'
        ? { on: 'lambda' }
        : {
            on: 'agentcore',
            platform: settings.platform.toUpperCase(),
            image: 'uri' in image ? image.uri : `${repository}:${tag}`,
            servedVersion: version,
            latestVersion: '7',
          },
    timeouts: { ...Object.fromEntries(Object.entries(sized).map(([role, { timeoutSeconds }]) => [role, timeoutSeconds])), worker: 900 },
    reserved: Object.fromEntries(reserved),
    keys: keysOf(settings),
    keyArn: settings.keyArn ?? `arn:aws:kms:${region}:${account}:key/0a1b2c3d-0000-4000-8000-0a1b2c3d4e5f`,
    hasMemory: settings.memory === 'on',
    guardrail: settings.guardrail.existing ?? { id: 'northwindgr1', version: '3' },
    gatewayTargets: settings.gateway && Object.keys(settings.gateway.targets),
    knowledgeBases: settings.knowledgeBases,
    models: Object.fromEntries(
      [settings.model.id, ...Object.values(settings.model.helpers)].map((id) => [id, id.replace(/^[a-z-]+\./, '')]),
    ),
    logDays: settings.logDays,
    isProtected: settings.deletionProtection,
    roles: keptRolesOf(variant),
  };
}

function keysOf({ mcpServers }: Variant['settings']): Record<string, string> {
  const ours = {
    SLACK_SIGNING_SECRET: '8f742231b10e8888abcd99ab0ff085a5',
    SLACK_BOT_TOKEN: botToken,
    PORTAL_TICKET_KEY: 'q7Zr9'.repeat(7),
  };
  return { ...ours, ...Object.fromEntries(toolKeysOf(serversOf(mcpServers)).map((name) => [name, 'k3y-of-a-server-1'])) };
}

/** Trust and policy of each role that the settings name, of all kinds that there are in those of Vera's. */
function keptRolesOf({ settings, functions }: Variant): Record<string, RoleDocuments> {
  const { account, region, roles = {} } = settings;
  const on = (service: string, rest: string) => `arn:aws:${service}:${region}:${account}:${rest}`;
  const via = ['dynamodb', 'secretsmanager'].map((service) => `${service}.${region}.amazonaws.com`);
  const nameOf = (role: string) => functions.replace('…', role);
  const trust = { Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: ['sts:AssumeRole'] }] };
  const policy = {
    Statement: [
      { Effect: 'Allow', Action: ['dynamodb:GetItem', 'dynamodb:Query'], Resource: [on('dynamodb', `table/${nameOf('ledger')}`)] },
      {
        Effect: 'Allow',
        Action: ['secretsmanager:GetSecretValue'],
        Resource: [on('secretsmanager', `secret:${nameOf('secrets')}-??????`)],
      },
      { Effect: 'Allow', Action: ['kms:Decrypt'], Resource: [on('kms', 'key/1')], Condition: { StringEquals: { 'kms:ViaService': via } } },
      { Effect: 'Deny', Action: ['*'], Resource: ['*'], Condition: { Bool: { 'aws:ViaAWSMCPService': 'true' } } },
      { Effect: 'Allow', Action: ['xray:PutTraceSegments'], Resource: ['*'] },
    ],
  };
  return Object.fromEntries(Object.values(roles).map((arn) => [arn, { trust, policy }]));
}

function describedWell({ settings }: Variant): Description {
  return { servers: openedByKey(settings).map(({ name }) => ({ name, title: name, tools: [] })), fits: true };
}

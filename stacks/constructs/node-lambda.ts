import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group/index.js';
import { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function/index.js';
import { TerraformAsset } from 'cdktf';
import { Construct } from 'constructs';
import { zipSync } from 'fflate';
import { nameOf } from '../settings/names.ts';
import type { Settings } from '../settings/settings.ts';
import type { Grants } from './grant.ts';
import { networkGrantsOf, placedIn } from './network-access.ts';
import { ServiceRole } from './service-role.ts';
import { shared } from './shared.ts';
import { createStagingFolder } from './staging-folder.ts';

interface NodeLambdaProps {
  readonly settings: Settings;
  /** The deployable: its bundle, its part of the name, its sizes in the settings. */
  readonly deployable: 'receiver' | 'invoker' | 'sweeper' | 'auth-portal';
  readonly environment: Record<string, string>;
  readonly grants: Grants;
  /** What encrypts its log, where CloudWatch's own does not. */
  readonly logKey: string | undefined;
}

const dist = fileURLToPath(new URL('../../dist/', import.meta.url));

/** A bundled deployable as a Lambda of its own: arm64, Node 24, its own role, a log group that forgets. */
export class NodeLambda extends Construct {
  readonly functionName: string;
  readonly arn: string;
  readonly logGroup: string;

  constructor(scope: Construct, id: string, { settings, deployable, environment, grants, logKey }: NodeLambdaProps) {
    super(scope, id);
    const name = nameOf(settings, deployable);
    const { memoryMegabytes, timeoutSeconds, reservedConcurrency } = settings[deployable === 'auth-portal' ? 'authPortal' : deployable];
    const logs = new CloudwatchLogGroup(this, 'logs', keptLogs(settings, `/aws/lambda/${name}`, logKey));
    const role = new ServiceRole(this, 'access', {
      settings,
      role: deployable,
      service: 'lambda.amazonaws.com',
      grants: { ...grants, ...networkGrantsOf(settings, name), logs: writingTo(logs.arn) },
    });
    const code = codeOf(this, deployable);
    const lambda = new LambdaFunction(this, 'function', {
      functionName: name,
      role: role.arn,
      runtime: 'nodejs24.x',
      architectures: ['arm64'],
      handler: 'handler.handler',
      filename: code.asset.path,
      sourceCodeHash: code.sha256,
      memorySize: memoryMegabytes,
      timeout: timeoutSeconds,
      ...(reservedConcurrency === undefined ? {} : { reservedConcurrentExecutions: reservedConcurrency }),
      ...(Object.keys(environment).length > 0 ? { environment: { variables: environment } } : {}),
      ...placedIn(settings),
      loggingConfig: { logFormat: 'Text', logGroup: logs.name },
      dependsOn: [...role.policies],
    });
    const told = deployable.replace('-', '_');
    this.functionName = shared(this, `${told}_name`, lambda.functionName);
    this.arn = shared(this, `${told}_arn`, lambda.arn);
    this.logGroup = shared(this, `${told}_log_group`, logs.name);
  }
}

function codeOf(scope: Construct, deployable: string): { readonly asset: TerraformAsset; readonly sha256: string } {
  const path = archiveOf(`${dist}${deployable}`);
  // As AWS tells it: whoever applies a plan can compare the archive with what was planned.
  const sha256 = createHash('sha256').update(readFileSync(path)).digest('base64');
  return { asset: new TerraformAsset(scope, 'code', { path }), sha256 };
}

/** A log group that forgets, encrypted with a key where there is one for it. */
export function keptLogs({ logDays }: Pick<Settings, 'logDays'>, name: string, key: string | undefined) {
  return { name, retentionInDays: logDays, ...(key === undefined ? {} : { kmsKeyId: key }) };
}

/** What Lambda itself does with the role of a function. */
export function writingTo(logGroupArn: string) {
  const actions = ['logs:CreateLogStream', 'logs:PutLogEvents'];
  return {
    actions,
    resources: [`${logGroupArn}:*`],
    because: 'Lambda itself writes what the function prints, into streams it names as it goes',
  };
}

/** As old as a zip file can say, so that the same files give the same bytes. */
const mtime = new Date(1980, 0, 1);

/**
 * Zips a bundle for Lambda and returns the file's path. cdktf's own archives start a process each, which takes most of a synth. Source
 * maps stay at home: Lambda reads none, and they are half of it.
 */
function archiveOf(folder: string): string {
  if (!existsSync(folder))
    throw new Error(`dist/${basename(folder)} is not there: run \`pnpm bundle\`, or \`pnpm synth\`, which does so first.`);
  const names = readdirSync(folder).filter((name) => !name.endsWith('.map'));
  const files = Object.fromEntries(names.sort().map((name) => [name, new Uint8Array(readFileSync(join(folder, name)))]));
  const path = join(createStagingFolder(), `${basename(folder)}.zip`);
  writeFileSync(path, zipSync(files, { mtime, level: 6 }));
  return path;
}

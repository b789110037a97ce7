import { type Clock, realClock } from '@vera/stand-in-kit/clock';
import { type Listening, listen } from '@vera/stand-in-kit/listen';
import { type AwsOperation, answerAws } from './answer-aws.ts';
import { AwsError } from './aws-error.ts';
import type { CallRecord } from './call-record.ts';
import { decryptionBy } from './decryption-by.ts';
import { type AwsFault, createFaults } from './faults.ts';
import { arnOf, defaultPlace, type Place } from './place.ts';

export interface SecretsManagerParams extends Partial<Place> {
  readonly port?: number;
  readonly record: CallRecord;
  readonly clock?: Clock;
  /** Name to value; a string is kept as it is, anything else as JSON. */
  readonly secrets: Readonly<Record<string, unknown>>;
  /** The account's own key that the secrets are encrypted with. */
  readonly keyArn?: string;
}

export interface SecretsManagerEmulator extends Listening {
  /** Puts a new version of a secret, or a new secret; `undefined` is one that has no value yet. */
  set(name: string, value: unknown): void;
  /** The text of a secret's present version. */
  textOf(name: string): string | undefined;
  inject(fault: AwsFault): void;
}

interface Secret {
  readonly name: string;
  readonly arn: string;
  /** Undefined: nothing was put in yet. */
  readonly text: string | undefined;
  readonly versionId: string;
  readonly createdAt: number;
}

/** GetSecretValue, DescribeSecret and PutSecretValue, by name or ARN. */
export async function createSecretsManager(params: SecretsManagerParams): Promise<SecretsManagerEmulator> {
  const { record, clock = realClock } = params;
  const place = { ...defaultPlace, ...params };
  const secrets = new Map<string, Secret>();
  const set = (name: string, value: unknown) => void secrets.set(name, secretOf(name, value, place, clock.now()));
  for (const [name, value] of Object.entries(params.secrets)) set(name, value);
  const faults = createFaults();

  async function operationOf(request: Request): Promise<AwsOperation> {
    const name = request.headers.get('x-amz-target')?.replace(/^secretsmanager\./, '') ?? '';
    const { SecretId = '', SecretString } = (await request.json()) as { SecretId?: string; SecretString?: string };
    const secret = secrets.get(SecretId) ?? [...secrets.values()].find(({ arn }) => arn === SecretId);
    const resource = secret?.arn ?? arnOf('secretsmanager', place, `secret:${SecretId}`);
    const answer = () => {
      const current = name === 'PutSecretValue' ? putInto(found(secret), SecretString) : found(secret);
      return Response.json(described(name, current), { headers: { 'content-type': 'application/x-amz-json-1.1' } });
    };
    if (!operations.has(name)) throw new AwsError(400, 'UnknownOperationException', `Unknown: ${name}`);
    const needs = [{ action: `secretsmanager:${name}`, resource }];
    return { name, needs: name === 'GetSecretValue' ? [...needs, ...decryptionBy('secretsmanager', params.keyArn)] : needs, answer };
  }

  /** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutSecretValue.html: 65,536 bytes at most. */
  function putInto({ name }: Secret, text: string | undefined): Secret {
    if (text === undefined || text === '')
      throw new AwsError(400, 'InvalidRequestException', 'You must provide either SecretString or SecretBinary.');
    if (Buffer.byteLength(text) > 65_536) throw new AwsError(400, 'ValidationException', 'secretString failed to satisfy constraint');
    set(name, text);
    return found(secrets.get(name));
  }

  const server = await listen(answerAws({ service: 'secretsmanager', record, clock, faults, operationOf }), params.port);
  return { ...server, set, textOf: (name) => secrets.get(name)?.text, inject: faults.inject };
}

const operations: ReadonlySet<string> = new Set(['GetSecretValue', 'DescribeSecret', 'PutSecretValue']);

function secretOf(name: string, value: unknown, place: Place, createdAt: number): Secret {
  const text = typeof value === 'string' || value === undefined ? value : JSON.stringify(value);
  // AWS adds six random characters to the name, so that a secret made again is another one. Here they are always the same.
  return { name, arn: arnOf('secretsmanager', place, `secret:${name}-Ver4xA`), text, versionId: crypto.randomUUID(), createdAt };
}

function found(secret: Secret | undefined): Secret {
  if (secret) return secret;
  throw new AwsError(400, 'ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
}

function described(operation: string, { arn, name, text, versionId, createdAt }: Secret): Record<string, unknown> {
  const CreatedDate = createdAt / 1000;
  const stages = ['AWSCURRENT'];
  if (operation === 'PutSecretValue') return { ARN: arn, Name: name, VersionId: versionId, VersionStages: stages };
  if (operation === 'GetSecretValue' && text === undefined) throw new AwsError(400, 'ResourceNotFoundException', noValueYet);
  if (operation === 'DescribeSecret') return { ARN: arn, Name: name, CreatedDate, VersionIdsToStages: { [versionId]: stages } };
  return { ARN: arn, Name: name, SecretString: text, VersionId: versionId, VersionStages: stages, CreatedDate };
}

const noValueYet = "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT";

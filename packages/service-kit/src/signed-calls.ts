import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { SignatureV4 } from '@smithy/signature-v4';
import * as z from 'zod/mini';
import { type Answer, exchange } from './exchange.ts';
import { noteSecret } from './secret-texts.ts';

const text = () => z.string().check(z.minLength(1));
const origin = () => z.optional(z.url());

/** What Lambda puts into the environment of each function, and other endpoints, named as the SDK names them. */
export const awsEnv = z.object({
  AWS_REGION: text(),
  AWS_ACCESS_KEY_ID: text(),
  AWS_SECRET_ACCESS_KEY: text(),
  AWS_SESSION_TOKEN: z.optional(text()),
  AWS_ENDPOINT_URL: origin(),
  AWS_ENDPOINT_URL_BEDROCK_AGENTCORE: origin(),
  AWS_ENDPOINT_URL_DYNAMODB: origin(),
  AWS_ENDPOINT_URL_KMS: origin(),
  AWS_ENDPOINT_URL_LAMBDA: origin(),
  AWS_ENDPOINT_URL_SECRETS_MANAGER: origin(),
  AWS_ENDPOINT_URL_XRAY: origin(),
});
export type AwsEnv = z.output<typeof awsEnv>;

const endpointVariables = {
  'bedrock-agentcore': 'AWS_ENDPOINT_URL_BEDROCK_AGENTCORE',
  dynamodb: 'AWS_ENDPOINT_URL_DYNAMODB',
  kms: 'AWS_ENDPOINT_URL_KMS',
  lambda: 'AWS_ENDPOINT_URL_LAMBDA',
  secretsmanager: 'AWS_ENDPOINT_URL_SECRETS_MANAGER',
  xray: 'AWS_ENDPOINT_URL_XRAY',
} as const;

/** A POST to one of AWS's services. */
export interface AwsPost {
  /** Its name in signatures, which is its name in hosts too. */
  readonly service: keyof typeof endpointVariables;
  /** Percent-encoded once; `/` when left out. */
  readonly path?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Posts, signed, and gives the body of the answer. Rejects with `AwsError`. */
export type SignedCall = (post: AwsPost) => Promise<string>;

/** Its name is the service's own word for what went wrong, or `TimeoutError` where no answer came, as the SDK has it. */
export class AwsError extends Error {
  readonly code = 'aws';
  /** Undefined where there was no answer. */
  readonly status: number | undefined;
  /** What the service said, for whoever asked it to say more than the name. */
  readonly body: string;

  constructor(
    message: string,
    { name, status, body = '', ...options }: ErrorOptions & { readonly name: string; readonly status?: number; readonly body?: string },
  ) {
    super(message, options);
    this.name = name;
    this.status = status;
    this.body = body;
  }
}

export interface SignedCallsParams {
  readonly env: AwsEnv;
  /** Milliseconds for one whole answer. */
  readonly timeout: number;
  readonly maxAttempts: number;
  readonly wait?: (milliseconds: number) => Promise<unknown>;
}

/**
 * The little of the SDK that a Lambda needs here, for its clients are two thirds of a cold start: HTTP/1.1 with kept connections, a limit on
 * every wait, a few attempts, Signature Version 4. In a container credentials come another way: there it is the SDK.
 */
export function createSignedCalls({ env, timeout, maxAttempts, wait = sleep }: SignedCallsParams): SignedCall {
  const sendOnce = createSendOnce(env, timeout);
  return async (post) => {
    for (let tried = 1; ; tried += 1) {
      try {
        return await sendOnce(post);
      } catch (error) {
        if (!(error instanceof AwsError) || tried >= maxAttempts || !isRepeatable(error)) throw error;
        const pause = throttles.has(error.name) ? 500 : 100;
        await wait(Math.random() * Math.min(20_000, pause * 2 ** (tried - 1)));
      }
    }
  };
}

const throttles = new Set([
  'LimitExceededException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottledException',
  'ThrottledException',
  'ThrottlingException',
  'TooManyRequestsException',
]);
/** Our clock was wrong: by the date of the answer the next attempt is signed right. */
const skews = new Set(['InvalidSignatureException', 'RequestExpired', 'RequestTimeTooSkewed', 'SignatureDoesNotMatch']);

function isRepeatable({ name, status }: AwsError): boolean {
  return status === undefined || [429, 500, 502, 503, 504].includes(status) || throttles.has(name) || skews.has(name);
}

/** From where on a clock is wrong: AWS takes a signature for five minutes. */
const tolerance = 4 * 60_000;

function createSendOnce(env: AwsEnv, timeout: number): SignedCall {
  const agents = {
    'http:': new http.Agent({ keepAlive: true, maxSockets: 200 }),
    'https:': new https.Agent({ keepAlive: true, maxSockets: 200 }),
  };
  const credentials = {
    accessKeyId: env.AWS_ACCESS_KEY_ID,
    secretAccessKey: env.AWS_SECRET_ACCESS_KEY,
    ...(env.AWS_SESSION_TOKEN ? { sessionToken: env.AWS_SESSION_TOKEN } : {}),
  };
  for (const secret of [env.AWS_SECRET_ACCESS_KEY, env.AWS_SESSION_TOKEN ?? '']) noteSecret(secret);
  let clockOffset = 0;
  return async ({ service, path = '/', query = {}, headers, body }) => {
    const endpoint = env[endpointVariables[service]] ?? env.AWS_ENDPOINT_URL ?? `https://${service}.${env.AWS_REGION}.amazonaws.com`;
    const url = new URL(path, endpoint);
    url.search = new URLSearchParams(query).toString();
    const { protocol, hostname } = url;
    const signer = new SignatureV4({ service, region: env.AWS_REGION, credentials, sha256: Sha256 });
    const signed = await signer.sign(
      { method: 'POST', protocol, hostname, path, query: { ...query }, headers: { ...headers, host: url.host }, body },
      { signingDate: new Date(Date.now() + clockOffset) },
    );
    const answer = await exchange(url, signed.headers, body, {
      agent: agents[protocol as keyof typeof agents],
      timeout,
    }).catch((cause: Error) => {
      throw new AwsError(cause.message, { cause, name: 'TimeoutError' });
    });
    const theirs = Date.parse(answer.headers.date ?? '');
    if (Math.abs(theirs - Date.now() - clockOffset) > tolerance) clockOffset = theirs - Date.now();
    if (answer.status >= 300) throw errorIn(answer);
    return answer.body;
  };
}

/** The hash that the signer is given: Node's own. */
class Sha256 {
  readonly #hash: Hash | Hmac;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret as string);
  }

  update(data: string | Uint8Array): void {
    this.#hash.update(data);
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }

  reset(): void {
    throw new Error('A hash is used once');
  }
}

/** JSON services name it in the body, `namespace#Name`; REST ones in a header, `Name:address`. */
function errorIn({ status, headers, body }: Answer): AwsError {
  const { __type, message, Message } = parseObject(body);
  const type = String(headers['x-amzn-errortype'] ?? __type ?? `Status${status}`);
  const name = type.replace(/^.*#/, '').replace(/:.*$/, '');
  return new AwsError(String(message ?? Message ?? 'no message'), { name, status, body });
}

function parseObject(text: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}

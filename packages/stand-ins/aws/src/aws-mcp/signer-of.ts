import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import { AwsError } from '../aws-error.ts';
import { callerOf } from '../caller.ts';
import type { Identity } from '../iam/identity.ts';

export interface SignerParts {
  readonly service: string;
  /** Of the endpoint: AWS's own proxy for this server signs with the one in the host's name. */
  readonly region: string;
  readonly identityOf: (accessKeyId: string, sessionToken: string | null) => Identity | undefined;
}

/** Who signed a request; undefined for one without a signature. Throws what AWS answers to one that is not right. */
export async function signerOf(
  request: Request,
  body: string,
  { service, region, identityOf }: SignerParts,
): Promise<Identity | undefined> {
  if (!request.headers.has('authorization')) return undefined;
  const caller = callerOf(request, service);
  if (caller.region !== region)
    throw new AwsError(403, 'InvalidSignatureException', `Credential should be scoped to a valid region: '${region}'.`);
  const sessionToken = request.headers.get('x-amz-security-token');
  const identity = identityOf(caller.accessKeyId, sessionToken);
  if (!identity) throw new AwsError(403, 'UnrecognizedClientException', 'The security token included in the request is invalid.');
  if (!identity.secretAccessKey) return identity;
  const { accessKeyId } = caller;
  const credentials = { accessKeyId, secretAccessKey: identity.secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
  const expected = await signatureOf(request, body, new SignatureV4({ service, region, credentials, sha256: NodeHash }));
  if (expected !== request.headers.get('authorization')) {
    throw new AwsError(403, 'InvalidSignatureException', 'The request signature we calculated does not match the signature you provided.');
  }
  return identity;
}

/** Made anew from what came: over the very headers that it says it covers, at the time that it says. */
async function signatureOf({ method, url, headers }: Request, body: string, signer: SignatureV4): Promise<string> {
  const covered = /SignedHeaders=([^,]+)/.exec(headers.get('authorization') ?? '')?.[1]?.split(';') ?? [];
  const date = (headers.get('x-amz-date') ?? '').replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z');
  const { protocol, hostname, pathname, searchParams } = new URL(url);
  const signed = await signer.sign(
    {
      method,
      protocol,
      hostname,
      path: pathname,
      query: Object.fromEntries(searchParams),
      headers: Object.fromEntries(covered.map((name) => [name, headers.get(name) ?? ''])),
      body,
    },
    { signingDate: new Date(date) },
  );
  return signed.headers.authorization ?? '';
}

/** What the signer needs of a hash. */
class NodeHash {
  private readonly hash;

  constructor(key?: string | Uint8Array | ArrayBuffer | ArrayBufferView) {
    this.hash = key === undefined ? createHash('sha256') : createHmac('sha256', key as Uint8Array);
  }

  update(data: string | Uint8Array): void {
    this.hash.update(data);
  }

  async digest(): Promise<Uint8Array> {
    return this.hash.digest();
  }
}

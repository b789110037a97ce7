import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { DataKeys } from '@vera/service-kit/data-keys';
import { kernelRandom } from '@vera/service-kit/kernel-random';
import { type Seal, type SealContext, SealError } from './seal.ts';

export interface KmsSealParams {
  readonly dataKeys: DataKeys;
  /** Id or ARN. */
  readonly keyId: string;
}

/** In the encryption context of all that is sealed here; the roles' policies ask for it, so that they open nothing else with the key. */
const purpose = 'connected-account';

const [ivLength, tagLength] = [12, 16];

/** Nothing that time or a new permission would mend: not for this context, under another key, under one that is gone. */
const forGood: ReadonlySet<string> = new Set(['InvalidCiphertextException', 'IncorrectKeyException', 'NotFoundException']);

/**
 * A data key of KMS for each text, and AES-256-GCM with it: KMS by itself takes 4 KB, and two of Atlassian's tokens may be more. The form:
 * version, length of the encrypted data key (two bytes), that key, nonce, tag, ciphertext.
 */
export function createKmsSeal({ dataKeys, keyId }: KmsSealParams): Seal {
  return {
    async prepare(context) {
      const { plain, encrypted } = await dataKeys.make(keyId, contextOf(context));
      return (text) => sealed(text, plain, encrypted);
    },
    async open(bytes, context) {
      const parts = partsOf(bytes);
      const key = await dataKeys.decrypt(keyId, parts.dataKey, contextOf(context)).catch((cause: unknown) => {
        const isForGood = cause instanceof Error && forGood.has(cause.name);
        throw isForGood ? new SealError('Not sealed with this key for this person and provider', { cause }) : cause;
      });
      return opened(parts, key);
    },
  };
}

function contextOf({ person, provider }: SealContext): Record<string, string> {
  return { purpose, person, provider };
}

function sealed(text: string, key: Uint8Array, dataKey: Uint8Array): Uint8Array {
  const iv = kernelRandom(ivLength);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  const head = Buffer.from([1, dataKey.length >> 8, dataKey.length & 0xff]);
  return Buffer.concat([head, dataKey, iv, cipher.getAuthTag(), body]);
}

function partsOf(bytes: Uint8Array) {
  const [version, high = 0, low = 0] = bytes;
  const end = 3 + high * 256 + low;
  if (version !== 1 || bytes.length < end + ivLength + tagLength) throw new SealError('Sealed in a form that nobody knows here');
  return {
    dataKey: bytes.subarray(3, end),
    iv: bytes.subarray(end, end + ivLength),
    tag: bytes.subarray(end + ivLength, end + ivLength + tagLength),
    body: bytes.subarray(end + ivLength + tagLength),
  };
}

function opened({ iv, tag, body }: ReturnType<typeof partsOf>, key: Uint8Array): string {
  const decipher = createDecipheriv('aes-256-gcm', key, iv).setAuthTag(tag);
  try {
    return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
  } catch (cause) {
    throw new SealError('Changed after it was sealed', { cause });
  }
}

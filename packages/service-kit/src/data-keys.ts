import * as z from 'zod/mini';
import type { SignedCall } from './signed-calls.ts';

type Context = Readonly<Record<string, string>>;

/** Data keys of KMS, which encrypt what KMS itself never sees. Errors are named as KMS names them. */
export interface DataKeys {
  make(keyId: string, context: Context): Promise<{ readonly plain: Uint8Array; readonly encrypted: Uint8Array }>;
  /** Rejects with `InvalidCiphertextException` for a key that was made for another context. */
  decrypt(keyId: string, encrypted: Uint8Array, context: Context): Promise<Uint8Array>;
}

const keySchema = z.object({ Plaintext: z.string().check(z.minLength(1)) });
const madeSchema = z.extend(keySchema, { CiphertextBlob: z.string().check(z.minLength(1)) });

/** KMS by signed calls. */
export function signedDataKeys(call: SignedCall): DataKeys {
  const ask = async (operation: 'GenerateDataKey' | 'Decrypt', input: Readonly<Record<string, unknown>>): Promise<unknown> => {
    const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `TrentService.${operation}` };
    return JSON.parse(await call({ service: 'kms', headers, body: JSON.stringify(input) }));
  };
  return {
    async make(KeyId, EncryptionContext) {
      const made = madeSchema.parse(await ask('GenerateDataKey', { KeyId, KeySpec: 'AES_256', EncryptionContext }));
      return { plain: bytesOf(made.Plaintext), encrypted: bytesOf(made.CiphertextBlob) };
    },
    async decrypt(KeyId, encrypted, EncryptionContext) {
      const CiphertextBlob = Buffer.from(encrypted).toString('base64');
      return bytesOf(keySchema.parse(await ask('Decrypt', { KeyId, CiphertextBlob, EncryptionContext })).Plaintext);
    },
  };
}

function bytesOf(text: string): Uint8Array {
  return Buffer.from(text, 'base64');
}

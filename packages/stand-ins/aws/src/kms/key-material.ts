import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { AwsError } from '../aws-error.ts';

type EncryptionContext = Readonly<Record<string, string>>;

/** A KMS key: what it encrypts names it, and opens only under the very context it was encrypted with. */
export interface KeyMaterial {
  encrypt(plaintext: Uint8Array, context: EncryptionContext): Uint8Array;
  decrypt(blob: Uint8Array, context: EncryptionContext): Uint8Array;
}

const [ivLength, tagLength] = [12, 16];

/** Made of the key's ARN, so that what a folder kept can be opened after a restart. It keeps nothing secret. */
export function keyMaterialOf(keyArn: string): KeyMaterial {
  const key = createHash('sha256').update(keyArn).digest();
  return {
    encrypt(plaintext, context) {
      const iv = randomBytes(ivLength);
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(canonical(context));
      return Buffer.concat([iv, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
    },
    decrypt(blob, context) {
      try {
        const end = blob.length - tagLength;
        const decipher = createDecipheriv('aes-256-gcm', key, blob.subarray(0, ivLength)).setAAD(canonical(context));
        decipher.setAuthTag(blob.subarray(end));
        return Buffer.concat([decipher.update(blob.subarray(ivLength, end)), decipher.final()]);
      } catch (cause) {
        throw Object.assign(new AwsError(400, 'InvalidCiphertextException', ''), { cause });
      }
    },
  };
}

function canonical(context: EncryptionContext): Buffer {
  return Buffer.from(JSON.stringify(Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1))));
}

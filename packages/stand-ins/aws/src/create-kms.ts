import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { type Clock, realClock } from '@vera/stand-in-kit/clock';
import { type Listening, listen } from '@vera/stand-in-kit/listen';
import { type AwsOperation, answerAws } from './answer-aws.ts';
import { AwsError } from './aws-error.ts';
import type { CallRecord } from './call-record.ts';
import { type AwsFault, createFaults } from './faults.ts';

export interface KmsParams {
  readonly port?: number;
  readonly record: CallRecord;
  readonly clock?: Clock;
  /** The symmetric keys of the account, by ARN. */
  readonly keyArns: readonly string[];
}

export interface KmsEmulator extends Listening {
  /** Returns the function that takes back what is left of it. */
  inject(fault: AwsFault): () => void;
}

interface KmsRequest {
  readonly KeyId?: string;
  readonly Plaintext?: string;
  readonly CiphertextBlob?: string;
  readonly EncryptionContext?: Readonly<Record<string, string>>;
  readonly KeySpec?: string;
  readonly NumberOfBytes?: number;
}

interface Key extends KeyMaterial {
  readonly arn: string;
}

/** The largest text that Encrypt takes, in bytes. */
const longestPlaintext = 4_096;

/** Encrypt, Decrypt and GenerateDataKey by id or ARN; the encryption context is enforced and recorded for the policies' conditions. */
export async function createKms({ record, clock = realClock, keyArns, port }: KmsParams): Promise<KmsEmulator> {
  const keys = keyArns.map((arn): Key => ({ arn, ...keyMaterialOf(arn) }));
  const faults = createFaults();
  const operations: Readonly<Record<string, (key: Key, input: KmsRequest) => object>> = {
    Encrypt: encrypted,
    Decrypt: decrypted,
    GenerateDataKey: generated,
  };

  async function operationOf(request: Request): Promise<AwsOperation> {
    const name = request.headers.get('x-amz-target')?.replace(/^TrentService\./, '') ?? '';
    const carryOut = operations[name];
    if (!carryOut) throw new AwsError(400, 'UnknownOperationException', `Unknown: ${name}`);
    const input = (await request.json()) as KmsRequest;
    const key = keyOf(keys, name, input);
    const context = Object.entries(input.EncryptionContext ?? {}).map(([field, value]) => [`kms:EncryptionContext:${field}`, value]);
    return {
      name,
      needs: [{ action: `kms:${name}`, resource: key.arn, context: { ...Object.fromEntries(context), 'kms:ViaService': undefined } }],
      answer: () => Response.json(carryOut(key, input), { headers: { 'content-type': 'application/x-amz-json-1.1' } }),
    };
  }

  const server = await listen(answerAws({ service: 'kms', record, clock, faults, operationOf }), port);
  return { ...server, inject: faults.inject };
}

/** Decrypt may leave the key out: the blob names it. Here all keys are symmetric and of one account, so the first that opens it is it. */
function keyOf(keys: readonly Key[], operation: string, { KeyId }: KmsRequest): Key {
  if (KeyId === undefined && operation !== 'Decrypt') throw invalid('1 validation error detected: keyId must not be null');
  const key = KeyId === undefined ? keys[0] : keys.find(({ arn }) => arn === KeyId || arn.endsWith(`:key/${KeyId}`));
  if (!key) throw new AwsError(400, 'NotFoundException', `Key '${KeyId}' does not exist`);
  return key;
}

function encrypted(key: Key, { Plaintext, EncryptionContext = {} }: KmsRequest): object {
  const plaintext = bytesOf(Plaintext);
  if (plaintext.length === 0 || plaintext.length > longestPlaintext)
    throw invalid(`Value at 'plaintext' failed to satisfy constraint: Member must have length between 1 and ${longestPlaintext}`);
  return { KeyId: key.arn, CiphertextBlob: base64(key.encrypt(plaintext, EncryptionContext)), EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' };
}

function decrypted(key: Key, { CiphertextBlob, EncryptionContext = {} }: KmsRequest): object {
  const plaintext = key.decrypt(bytesOf(CiphertextBlob), EncryptionContext);
  return { KeyId: key.arn, Plaintext: base64(plaintext), EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' };
}

function generated(key: Key, { KeySpec, NumberOfBytes, EncryptionContext = {} }: KmsRequest): object {
  const lengths: Readonly<Record<string, number>> = { AES_128: 16, AES_256: 32 };
  if ((KeySpec === undefined) === (NumberOfBytes === undefined)) throw invalid('Please specify either number of bytes or key spec.');
  const length = NumberOfBytes ?? lengths[KeySpec ?? ''];
  if (!length || length > 1_024) throw invalid('Value at keySpec or numberOfBytes failed to satisfy constraint');
  const plaintext = randomBytes(length);
  return { KeyId: key.arn, Plaintext: base64(plaintext), CiphertextBlob: base64(key.encrypt(plaintext, EncryptionContext)) };
}

function bytesOf(text: string | undefined): Buffer {
  return Buffer.from(text ?? '', 'base64');
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

function invalid(message: string): AwsError {
  return new AwsError(400, 'ValidationException', message);
}

type EncryptionContext = Readonly<Record<string, string>>;

/** A KMS key: what it encrypts names it, and opens only under the very context it was encrypted with. */
interface KeyMaterial {
  encrypt(plaintext: Uint8Array, context: EncryptionContext): Uint8Array;
  decrypt(blob: Uint8Array, context: EncryptionContext): Uint8Array;
}

const [ivLength, tagLength] = [12, 16];

/** Made of the key's ARN, so that what a folder kept can be opened after a restart. It keeps nothing secret. */
function keyMaterialOf(keyArn: string): KeyMaterial {
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

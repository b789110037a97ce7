import { createHmac, timingSafeEqual } from 'node:crypto';
import type * as z from 'zod/mini';

/** One kind of signed value. What was signed as one kind is refused as any other, though the key is the same. */
export interface SignedKind<Schema extends z.ZodMiniType> {
  /** Name and version, without a full stop: another shape gets another label. */
  readonly label: string;
  readonly schema: Schema;
  /** Characters; what is longer is not even hashed. */
  readonly longest: number;
}

/** `label.payload.signature`, the latter two base64url: fit for a URL and a cookie as it is. Signed, not encrypted. */
export function signValue<Schema extends z.ZodMiniType>(kind: SignedKind<Schema>, key: string, value: z.input<Schema>): string {
  return withSignature(kind.label, Buffer.from(JSON.stringify(kind.schema.parse(value))).toString('base64url'), key);
}

/** Undefined unless `text` is, character by character, what `signValue` gave for this kind and key. Never throws. */
export function readSignedValue<Schema extends z.ZodMiniType>(
  { label, schema, longest }: SignedKind<Schema>,
  key: string,
  text: string,
): z.output<Schema> | undefined {
  if (text.length > longest) return undefined;
  const [, payload = ''] = text.split('.');
  const given = Buffer.from(text);
  // Compared as text and not as decoded bytes: the last character of base64url has bits that decode to nothing.
  const expected = Buffer.from(withSignature(label, payload, key));
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  const parsed = schema.safeParse(parseJson(Buffer.from(payload, 'base64url').toString()));
  return parsed.success ? parsed.data : undefined;
}

function withSignature(label: string, payload: string, key: string): string {
  const signed = `${label}.${payload}`;
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const secretName = /token|secret|password|authorization|api[-_]?key|signature|cookie/i;
const secretText = /xox[a-z]-[\w-]+|xapp-[\w-]+|Bearer\s+[\w.~+/=-]+|AKIA[0-9A-Z]{16}|eyJ[\w-]+\.[\w-]+\.[\w-]+/g;
const deepest = 8;

/** A copy fit for a log: secrets are masked by field name and by form, errors become name, message and stack, cycles end. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return value.replace(secretText, '[redacted]');
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= deepest) return '[deeper]';
  if (value instanceof Error) return errorFields(value, depth);
  if (value instanceof Uint8Array) return `[${value.byteLength} bytes]`;
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, isSecret(name, item) ? '[redacted]' : redact(item, depth + 1)]),
  );
}

function isSecret(name: string, value: unknown): boolean {
  return secretName.test(name) && typeof value === 'string';
}

function errorFields(error: Error, depth: number): unknown {
  const fields: Record<string, unknown> = { name: error.name, message: redact(error.message), stack: redact(error.stack ?? '') };
  if ('code' in error) fields.code = error.code;
  if (error.cause !== undefined) fields.cause = redact(error.cause, depth + 1);
  return fields;
}

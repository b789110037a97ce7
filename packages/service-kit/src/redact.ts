const secretName = /token|secret|password|authorization|api[-_]?key|signature|cookie|response[-_]?url/i;
const secretText = /xox[a-z]-[\w-]+|xapp-[\w-]+|Bearer\s+[\w.~+/=-]+|AKIA[0-9A-Z]{16}|hooks\.slack\.com\/\S+/g;
/** `{"` in base64url: how the first of a web token's three parts begins. */
const tokenStart = 'eyJ';
const masked = '[redacted]';
const deepest = 8;

interface Place {
  readonly depth: number;
  /** Below a field whose name says that its text is secret; numbers stay, for they count tokens. */
  readonly isSecret: boolean;
  readonly seen: WeakSet<object>;
}

/**
 * A copy fit for a log: secrets are masked by field name and by form, errors become name, message and stack. Each object is shown
 * once, so that neither a cycle nor the tangle of sockets in a vendor's error makes a line endless.
 */
export function redact(value: unknown): unknown {
  return copyOf(value, { depth: 0, isSecret: false, seen: new WeakSet() });
}

function copyOf(value: unknown, place: Place): unknown {
  if (typeof value === 'string') return place.isSecret ? masked : textWithoutSecrets(value);
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Uint8Array) return `[${value.byteLength} bytes]`;
  if (place.seen.has(value)) return '[seen above]';
  if (place.depth >= deepest) return '[deeper]';
  place.seen.add(value);
  try {
    return copyOfObject(value, { ...place, depth: place.depth + 1 });
  } catch {
    // A getter threw.
    return '[unreadable]';
  }
}

function textWithoutSecrets(text: string): string {
  const shown = text.replace(secretText, masked);
  return shown.includes(tokenStart) ? shown.replace(/[\w.-]+/g, withoutWebTokens) : shown;
}

/** By runs and their parts: a pattern that begins anew at each start of a token would take the square of the text's length. */
function withoutWebTokens(run: string): string {
  const parts = run.split('.');
  const shown: string[] = [];
  for (let at = 0; at < parts.length; at += 1) {
    const part = parts[at] ?? '';
    const start = part.indexOf(tokenStart);
    const isToken = start !== -1 && part.length > start + tokenStart.length && parts[at + 1] && parts[at + 2];
    shown.push(isToken ? part.slice(0, start) + masked : part);
    if (isToken) at += 2;
  }
  return shown.join('.');
}

function copyOfObject(value: object, inside: Place): unknown {
  if (value instanceof Error) return copyOfError(value, inside);
  if (Array.isArray(value)) return value.map((item) => copyOf(item, inside));
  if ('toJSON' in value && typeof value.toJSON === 'function') return copyOf(value.toJSON(), inside);
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, copyOf(item, secretName.test(name) ? { ...inside, isSecret: true } : inside)]),
  );
}

function copyOfError(error: Error, inside: Place): unknown {
  const fields: Record<string, unknown> = {
    name: error.name,
    message: copyOf(error.message, inside),
    stack: copyOf(error.stack ?? '', inside),
  };
  if ('code' in error) fields.code = copyOf(error.code, inside);
  if (error.cause !== undefined) fields.cause = copyOf(error.cause, inside);
  if (error instanceof AggregateError) fields.errors = copyOf(error.errors, inside);
  return fields;
}

import { isLeftOut, masked, withoutAnySecret } from './secret-texts.ts';

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
  if (typeof value === 'string') return place.isSecret ? masked : withoutAnySecret(value);
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

function copyOfObject(value: object, inside: Place): unknown {
  if (value instanceof Error) return copyOfError(value, inside);
  if (Array.isArray(value)) return value.map((item, at) => copyOf(item, isNamed(value[at - 1]) ? { ...inside, isSecret: true } : inside));
  if ('toJSON' in value && typeof value.toJSON === 'function') return copyOf(value.toJSON(), inside);
  // A header or a variable may be listed by its name and its value.
  const entries = Object.entries(value);
  const isPair = entries.some(([key, item]) => /^(?:name|key|header)$/i.test(key) && isNamed(item));
  return Object.fromEntries(
    entries.map(([name, item]) => {
      const isSecret = isLeftOut(name) || (isPair && /^value$/i.test(name));
      return [name, copyOf(item, isSecret ? { ...inside, isSecret } : inside)];
    }),
  );
}

/** As in a list of raw headers, where each value follows its name. */
function isNamed(value: unknown): boolean {
  return typeof value === 'string' && /^[\w.-]{1,80}$/.test(value) && isLeftOut(value);
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

import { createHash } from 'node:crypto';

/** Bedrock's limit on a tool's name. */
const longest = 64;
const digits = 12;
const looksShortened = new RegExp(`_[0-9a-f]{${digits}}$`);

/**
 * The name under which the model knows a server's tool: the same for the same tool, whatever else is there, and never the same for
 * two. `server` holds no underscore. A name that Bedrock would refuse, or that looks like one of these, ends in a hash.
 */
export function toolAlias(server: string, tool: string): string {
  const plain = `${server}_${tool}`;
  if (/^[a-zA-Z0-9_-]+$/.test(plain) && plain.length <= longest && !looksShortened.test(plain)) return plain;
  const hash = createHash('sha256').update(`${server}\0${tool}`).digest('hex').slice(0, digits);
  return `${plain.replace(/[^a-zA-Z0-9_-]/g, '_').slice(0, longest - digits - 1)}_${hash}`;
}

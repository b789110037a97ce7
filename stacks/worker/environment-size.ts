import { Token } from 'cdktf';

/** AgentCore refuses more, names and values together (developer guide, "how it works", platform V1). */
const mostBytes = 4096;
/** What is known after apply only is an ARN or a URL. */
const bytesOfUnknown = 160;

/** Throws before a deployment would: AgentCore's own refusal comes after minutes, and does not name the variable. */
export function checkEnvironmentSize(environment: Readonly<Record<string, string>>): void {
  const sizes = Object.entries(environment).map(([name, value]) => {
    const bytes = Buffer.byteLength(name) + (Token.isUnresolved(value) ? bytesOfUnknown : Buffer.byteLength(value));
    return { name, bytes };
  });
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  if (total <= mostBytes) return;
  const largest = sizes.sort((a, b) => b.bytes - a.bytes).slice(0, 3);
  const named = largest.map(({ name, bytes }) => `${name} (${bytes})`).join(', ');
  throw new Error(`The worker's environment has ${total} bytes; AgentCore takes ${mostBytes}. The largest: ${named}.`);
}

/** What a server says, without the keys it was spoken to with: it knows them, and what it says goes to the model. */
export function withoutKeys<Said>(said: Said, keys: Iterable<string>): Said {
  const escaped = [...keys].map((key) => JSON.stringify(key).slice(1, -1)).filter((key) => key.length >= shortestKey);
  if (escaped.length === 0) return said;
  const json = JSON.stringify(said) ?? '';
  const told = escaped.filter((key) => json.includes(key));
  if (told.length === 0) return said;
  return JSON.parse(json.replace(strings, (text) => told.reduce((rest, key) => rest.replaceAll(key, '[redacted]'), text))) as Said;
}

/** A key of digits may also stand in a number, which stays one. */
const strings = /"[^"\\]*(?:\\.[^"\\]*)*"/g;

/** Less is no key, and stands in other words. */
const shortestKey = 6;

/** Tokens that were fetched meanwhile; so many, for a connection may live longer than they do. */
const mostKept = 20;
const secretHeaders = ['authorization', 'x-amz-security-token'];

/** The tokens among the headers that were sent, newest last. */
export class SentTokens {
  private readonly tokens = new Set<string>();

  note(headers: Readonly<Record<string, string>>): void {
    for (const name of secretHeaders) {
      const token = headers[name]?.replace(/^\S+ /, '') ?? '';
      this.tokens.delete(token);
      this.tokens.add(token);
    }
    for (const oldest of [...this.tokens].slice(0, -mostKept)) this.tokens.delete(oldest);
  }

  [Symbol.iterator](): Iterator<string> {
    return this.tokens.values();
  }
}

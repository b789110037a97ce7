import { looksRandom } from './looks-random.ts';

/** What is secret by how it looks, wherever it stands. */
const shapes =
  /(?<!\w)(?:xox[a-z]-|xapp-|gh[pousr]_|github_pat_|AKIA|ASIA|ATATT|ATCTT|glpat-|sk-|[sr]k_(?:live|test)_|npm_|pypi-|hf_|SG\.|AIza|ya29\.)[\w-]{8,}|eyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]*)?|-----BEGIN [A-Z ]*PRIVATE KEY-----(?:[\s\S]*?-----END [A-Z ]*PRIVATE KEY-----)?/g;

/** What is secret by what stands before it: a header, a field, a parameter, a user in an address. Group 1 is that, group 2 the secret. */
const named = [
  /((?:bearer|basic)\s+)([\w.~+/=-]{8,})/gi,
  /(cookie["']?\s*[:=]\s*["']?[\w.-]+=)([^;\s"'\\]+)/gi,
  /([?&](?:sig|signature|x-amz-signature|token|access_token|key|api_key|code|password|secret)=)([^&\s"'\\]+)/gi,
  /((?:password|passwd|secret|api[_-]?key|access[_-]?token|refresh[_-]?token|client[_-]?secret)\\?["']?\s*[:=]\s*\\?["']?)([^\s"'\\,;&}]{4,})/gi,
  /(:\/\/[^/\s:@]*:)([^/\s@]+)(?=@)/g,
];

/** Letters, digits and what base64 has beside them, long enough to be a key. */
const run = /[A-Za-z0-9+/_-]{16,}={0,2}/g;

export interface FoundSecret {
  readonly at: number;
  readonly length: number;
}

/** Where a text holds what looks like a secret: by form, by how hard it is to guess, and in what is written in base64. */
export function secretsIn(text: string): FoundSecret[] {
  const found: FoundSecret[] = [...text.matchAll(shapes)].map(({ 0: whole, index }) => ({ at: index, length: whole.length }));
  for (const form of named) {
    for (const { 1: before = '', 2: secret = '', index } of text.matchAll(form)) {
      if (!isScrubbed(secret)) found.push({ at: index + before.length, length: secret.length });
    }
  }
  for (const { 0: whole, index } of text.matchAll(run)) {
    if (looksRandom(whole) || hidesSecret(whole)) found.push({ at: index, length: whole.length });
  }
  return found;
}

/** The same text, as long as it was, with each of them crossed out. */
export function scrubbed(text: string): string {
  return secretsIn(text).reduce((kept, { at, length }) => kept.slice(0, at) + 'x'.repeat(length) + kept.slice(at + length), text);
}

function isScrubbed(text: string): boolean {
  return /^x+$/.test(text) || text.startsWith('{{');
}

function hidesSecret(text: string): boolean {
  const plain = Buffer.from(text, 'base64').toString('utf8');
  // What was no base64 comes out as signs that nobody writes.
  return /^[\t\n\r -~]{8,}$/.test(plain) && secretsIn(plain).length > 0;
}

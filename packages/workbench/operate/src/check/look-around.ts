import { ails, type Finding, lives } from './finding.ts';

const part = 'front';

/** Calls the functions by their own addresses, as somebody would who means to get around the front: they have to answer 403. */
export async function lookAround(urls: readonly (string | undefined)[], fetch: typeof globalThis.fetch): Promise<Finding> {
  const there = urls.flatMap((url) => (url === undefined ? [] : [url]));
  if (there.length < urls.length) return ails(part, 'a function behind it has no address', 'pnpm cdktf deploy auth-portal receiver front');
  for (const url of there) {
    const { status } = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(10_000) });
    if (status !== 403) return ails(part, `${url} answers without it (${status})`, 'pnpm cdktf deploy auth-portal receiver');
  }
  return lives(part, 'the functions behind it answer to nobody else');
}

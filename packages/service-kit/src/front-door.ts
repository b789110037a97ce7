import { createHash, timingSafeEqual } from 'node:crypto';

/** Whether a request came through what stands before the function's own URL, by the headers that it came with. */
export type IsThroughFront = (headers: Readonly<Record<string, string | undefined>> | undefined) => boolean;

/** Of `stacks/front`. CloudFront puts it there, in place of whatever a caller sent under that name. */
const header = 'x-vera-front';

/**
 * `digests` are SHA-256 in hex, parted by commas: of the secret that the front shows, and of the one before, while it is being changed. Without any
 * there is no front, and everybody may come.
 */
export function createFrontDoor(digests: string): IsThroughFront {
  if (digests === '') return () => true;
  const known = digests.split(',').map((digest) => Buffer.from(digest, 'hex'));
  return (headers) => {
    const shown = headers?.[header] ?? '';
    const digest = createHash('sha256').update(shown).digest();
    return shown !== '' && known.some((one) => one.length === digest.length && timingSafeEqual(one, digest));
  };
}

import { createHash } from 'node:crypto';
import { BaseImageError } from './base-image-error.ts';

/** What a registry tells of an image for arm64. */
export interface ImageFacts {
  /** Of the index over all platforms. */
  readonly digest: string;
  readonly node: string;
  /** The suite and the day of its packages: `bookworm of 2026-11-18`; undefined where the image does not say. */
  readonly debian: string | undefined;
  readonly layers: readonly { readonly digest: string; readonly size: number }[];
}

interface Index {
  readonly manifests?: readonly { readonly digest: string; readonly platform?: { readonly os: string; readonly architecture: string } }[];
}
interface Manifest {
  readonly config: { readonly digest: string };
  readonly layers: ImageFacts['layers'];
}
interface Configuration {
  readonly config?: { readonly Env?: readonly string[] };
  readonly history?: readonly { readonly created_by?: string }[];
}

const index = ['application/vnd.oci.image.index.v1+json', 'application/vnd.docker.distribution.manifest.list.v2+json'];
const manifest = ['application/vnd.oci.image.manifest.v1+json', 'application/vnd.docker.distribution.manifest.v2+json'];

/** Asks `registry` for node:`reference`, by the protocol that all registries speak. `reference` is a tag or a digest. */
export async function lookAtImage(registry: string, reference: string): Promise<ImageFacts> {
  const repository = new URL('/v2/library/node/', registry);
  const ask = await signedIn(new URL(`manifests/${reference}`, repository));
  const whole = await ask(new URL(`manifests/${reference}`, repository), index);
  const digest = `sha256:${createHash('sha256').update(whole).digest('hex')}`;
  if (reference.startsWith('sha256:') && reference !== digest)
    throw new BaseImageError(`what ${registry} gives as ${reference} is ${digest}`);
  const arm = (JSON.parse(whole) as Index).manifests?.find(({ platform }) => platform?.os === 'linux' && platform.architecture === 'arm64');
  if (!arm) throw new BaseImageError(`node:${reference} is not made for linux/arm64`);
  const { config, layers } = JSON.parse(await ask(new URL(`manifests/${arm.digest}`, repository), manifest)) as Manifest;
  const facts = JSON.parse(await ask(new URL(`blobs/${config.digest}`, repository), ['*/*'])) as Configuration;
  const [, node = 'unknown'] = /NODE_VERSION=(\S+)/.exec(facts.config?.Env?.join('\n') ?? '') ?? [];
  return { digest, node, debian: debianOf(facts), layers };
}

/** As Debian's own build says it: `debian.sh --arch 'arm64' out/ 'bookworm' '@1763424000'`. */
function debianOf({ history = [] }: Configuration): string | undefined {
  const [, suite, seconds] = /debian\.sh .*?'([a-z]+)' '@(\d+)'/.exec(history.map(({ created_by }) => created_by).join('\n')) ?? [];
  return suite && `${suite} of ${new Date(Number(seconds) * 1000).toISOString().slice(0, 10)}`;
}

type Ask = (url: URL, accept: readonly string[]) => Promise<string>;

/** Docker Hub lets nobody read without a token, and gives one to everybody. */
async function signedIn(url: URL): Promise<Ask> {
  const { headers } = await answered(url, {});
  const challenge = headers.get('www-authenticate') ?? '';
  const partOf = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(challenge)?.[1] ?? '';
  const realm = partOf('realm');
  if (!realm) return async (at, accept) => textOf(at, await answered(at, { accept: accept.join() }));
  const door = new URL(realm);
  for (const name of ['service', 'scope']) door.searchParams.set(name, partOf(name));
  const { token } = JSON.parse(await textOf(door, await answered(door, {}))) as { readonly token: string };
  return async (at, accept) => textOf(at, await answered(at, { accept: accept.join(), authorization: `Bearer ${token}` }));
}

async function answered(url: URL, headers: Readonly<Record<string, string>>): Promise<Response> {
  try {
    return await fetch(url, { headers, signal: AbortSignal.timeout(30_000) });
  } catch (cause) {
    throw new BaseImageError(`${url.origin} does not answer`, { cause });
  }
}

async function textOf(url: URL, response: Response): Promise<string> {
  if (response.ok) return response.text();
  const what = response.status === 404 ? 'there is no' : `${response.status} for`;
  throw new BaseImageError(`${url.origin} says ${what} ${url.pathname}`);
}

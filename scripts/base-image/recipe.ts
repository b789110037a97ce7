import { BaseImageError } from './base-image-error.ts';

/** The image of Node that the worker's is made of. */
export interface BaseImage {
  readonly version: string;
  /** Undefined: named by its version alone, which Docker Hub may come to build anew. */
  readonly digest?: string;
}

/** Entropy that earlier ones keep in snapshots: CVE-2026-106074. */
export const leastNode = '24.22.1';

/** Each stage that begins with it says so by itself, as Dependabot reads `FROM` and no `ARG` (dependabot/dependabot-core#2057). */
const named = /^(FROM (?:--platform=\$BUILDPLATFORM )?)node:(\d+\.\d+\.\d+)-slim(?:@(sha256:[0-9a-f]{64}))?(?= AS )/gm;

/** Of a Dockerfile. */
export function baseImageIn(recipe: string): BaseImage {
  const found = [...recipe.matchAll(named)].map(([, , version = '', digest]) => ({ version, ...(digest ? { digest } : {}) }));
  const [first] = found;
  if (!first || new Set(found.map((one) => JSON.stringify(one))).size > 1)
    throw new BaseImageError('the Dockerfile does not name one base image, node:24.x.y-slim, wherever it begins with it');
  return first;
}

export function withBaseImage(recipe: string, { version, digest }: Required<BaseImage>): string {
  return recipe.replaceAll(named, (_, from: string) => `${from}node:${version}-slim@${digest}`);
}

/** Why a version is none for the worker; undefined where it is one. */
export function faultOfVersion(version: string): string | undefined {
  if (!/^\d+\.\d+\.\d+$/.test(version)) return `'${version}' is no version of Node, such as ${leastNode}`;
  const [major, minor, patch] = version.split('.').map(Number) as [number, number, number];
  const [leastMajor, leastMinor, leastPatch] = leastNode.split('.').map(Number) as [number, number, number];
  if (major !== leastMajor) return `all of this repository is tested with Node ${leastMajor}, and ${version} is another one`;
  return minor > leastMinor || (minor === leastMinor && patch >= leastPatch)
    ? undefined
    : `the worker needs Node ${leastNode} or newer, not ${version}`;
}

// `pnpm base-image [24.x.y]`: names the worker's base image by the digest that Docker Hub has for it now. `--help` says more.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCommandLine } from '@vera/stacks/command-line';
import { BaseImageError } from './base-image/base-image-error.ts';
import { type ImageFacts, lookAtImage } from './base-image/look-at-image.ts';
import { type BaseImage, baseImageIn, faultOfVersion, leastNode, withBaseImage } from './base-image/recipe.ts';

const help = `Usage: pnpm base-image [24.x.y]

Asks Docker Hub which image node:24.x.y-slim is now, writes its digest into docker/worker.Dockerfile, and says what changed. Without a version the
one that stands there is looked up anew, for Debian's security updates. At least ${leastNode}. Commit the file; the next deployment builds with it.

  --recipe FILE    another Dockerfile
  --registry URL   a mirror of Docker Hub`;

const options = {
  recipe: { type: 'string', default: join(import.meta.dirname, '../docker/worker.Dockerfile') },
  registry: { type: 'string', default: 'https://registry-1.docker.io' },
} as const;
const { values, positionals } = readCommandLine({ help, options, words: 1 });

process.exitCode = await renew(positionals[0]);

async function renew(asked: string | undefined): Promise<number> {
  try {
    const recipe = readFileSync(values.recipe, 'utf8');
    const old = baseImageIn(recipe);
    const version = asked ?? old.version;
    const fault = faultOfVersion(version);
    if (fault) throw new BaseImageError(fault);
    const after = await lookAtImage(values.registry, `${version}-slim`);
    if (after.node !== version) throw new BaseImageError(`node:${version}-slim has Node ${after.node} in it`);
    const words = await told(old, version, after);
    writeFileSync(values.recipe, withBaseImage(recipe, { version, digest: after.digest }));
    console.log(words);
    return 0;
  } catch (error) {
    if (!(error instanceof BaseImageError)) throw error;
    console.error(`base-image: nothing changed: ${error.message}.`);
    return 1;
  }
}

async function told(old: BaseImage, version: string, after: ImageFacts): Promise<string> {
  const name = `node:${version}-slim@${after.digest}`;
  if (old.digest === after.digest) return `${name}: as before, nothing changed.`;
  const before = old.digest === undefined ? undefined : await lookAtImage(values.registry, old.digest);
  const known = new Set(before?.layers.map(({ digest }) => digest));
  const fresh = after.layers.filter(({ digest }) => !known.has(digest));
  const size = fresh.reduce((sum, layer) => sum + layer.size, 0) / 1e6;
  return [
    name,
    `  digest  ${moved(old.digest ?? '(none)', after.digest)}`,
    `  Node    ${moved(before?.node ?? old.version, after.node)}`,
    `  Debian  ${moved(before?.debian ?? '(not told)', after.debian ?? '(not told)')}`,
    `  layers  ${fresh.length} of ${after.layers.length} are new, ${size.toFixed(1)} MB compressed, for arm64`,
    'Written. The tag of the worker’s image moves with it.',
  ].join('\n');
}

function moved(old: string, next: string): string {
  return old === next ? `${next}, as before` : `${old} → ${next}`;
}

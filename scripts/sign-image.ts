// Says of an image who built it of what, and signs it; all of that lies beside it in the registry. `--help` says more.
import { spawnSync } from 'node:child_process';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { baseImageIn } from './base-image/recipe.ts';
import { refuse } from './release/refuse.ts';
import { listOfParts, type PartsList } from './sign-image/list-of-parts.ts';

const help = `Usage: node scripts/sign-image.ts --image REPOSITORY:TAG --target STAGE --source OWNER/NAME --commit SHA --workflow REF --run URL --work FOLDER --summary FILE

Attaches to an image in ECR its provenance (SLSA) and its list of parts (CycloneDX), and signs it, as the workflow that runs this: with Sigstore's
cosign and no key. Each refers to the image's digest from beside it, and the image stays one manifest. Looks at its own signature afterwards.

  --only-recipe   looks only whether it could be signed: whether the recipe names its base image by a digest`;

const title = 'Not signed';
const issuer = 'https://token.actions.githubusercontent.com';

const text = { type: 'string', default: '' } as const;
const { values } = parseArgs({
  options: {
    ...{ image: text, target: text, source: text, commit: text, workflow: text, run: text, work: text, summary: text },
    ...{ recipe: { type: 'string', default: join(import.meta.dirname, '../docker/worker.Dockerfile') }, help: { type: 'boolean' } },
    'only-recipe': { type: 'boolean' },
  },
});

/** What ends the run; its words are for the top of it. */
class SigningError extends Error {
  readonly code = 'signing';
}

if (values.help) console.log(help);
else process.exitCode = sign();

function sign(): number {
  try {
    const recipe = readFileSync(values.recipe, 'utf8');
    const { version, digest } = baseImageIn(recipe);
    if (!digest)
      throw new SigningError('nobody can tell what it stands on: name the base image by its digest first, with `pnpm base-image`.');
    if (values['only-recipe']) return 0;
    const base = `node:${version}-slim@${digest}`;
    const uri = `${values.image.replace(/:\w+$/, '')}@${digestOf(values.image)}`;
    attest(uri, 'cyclonedx', listOfParts(packagesOf(), recipe, { base, target: values.target }));
    attest(uri, 'slsaprovenance1', provenanceOf(base));
    cosign(['sign', '--yes', uri]);
    const identity = `https://github.com/${values.workflow}`;
    cosign(['verify', '--certificate-oidc-issuer', issuer, '--certificate-identity', identity, '--output', 'text', uri]);
    appendFileSync(values.summary, `Signed by \`${identity}\`. For the settings:\n\n\`\`\`ts\nimage: { uri: '${uri}' },\n\`\`\`\n`);
    return 0;
  } catch (error) {
    if (error instanceof SigningError) return refuse(title, error.message);
    throw error;
  }
}

/** What ECR has under the tag: one manifest, or nothing is signed. */
function digestOf(image: string): string {
  const [, region = '', repository = '', tag = ''] = /^\d{12}\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com\/([^:]+):(\w+)$/.exec(image) ?? [];
  const words = ['ecr', 'describe-images', '--region', region, '--repository-name', repository, '--image-ids', `imageTag=${tag}`];
  const query = ['--query', 'imageDetails[0].[imageDigest,imageManifestMediaType]', '--output', 'text'];
  const [digest = '', type = ''] = run('aws', [...words, ...query])
    .trim()
    .split('\t');
  if (!/^sha256:[0-9a-f]{64}$/.test(digest) || !/\.manifest\.v\d\+json$/.test(type))
    throw new SigningError(`${image} is ${type || 'not there'}, and one manifest is needed.`);
  return digest;
}

/** Of the lock file, what the bundle is made of. */
function packagesOf(): PartsList {
  const which = ['--filter-prod', '@vera/worker...', '--prod', '--lockfile-only'];
  const format = ['--sbom-format', 'cyclonedx', '--sbom-spec-version', '1.6', '--sbom-type', 'application'];
  return JSON.parse(run('npx', ['--yes', 'pnpm@12.21.0', '--silent', 'sbom', ...which, ...format])) as PartsList;
}

function provenanceOf(base: string): object {
  const [, baseDigest] = /@sha256:(\w+)$/.exec(base) ?? [];
  const source = `git+https://github.com/${values.source}`;
  return {
    buildDefinition: {
      buildType: 'https://actions.github.io/buildtypes/workflow/v1',
      externalParameters: { workflow: values.workflow, image: values.image, target: values.target, platform: 'linux/arm64' },
      resolvedDependencies: [
        { uri: `${source}@${values.commit}`, digest: { gitCommit: values.commit } },
        { uri: `docker://${base}`, digest: { sha256: baseDigest } },
      ],
    },
    runDetails: { builder: { id: `https://github.com/${values.workflow}` }, metadata: { invocationId: values.run } },
  };
}

function attest(uri: string, type: string, predicate: object): void {
  const file = join(values.work, `${type}.json`);
  writeFileSync(file, JSON.stringify(predicate));
  cosign(['attest', '--yes', '--type', type, '--predicate', file, uri]);
}

function cosign(words: readonly string[]): void {
  run('cosign', words);
}

function run(program: string, words: readonly string[]): string {
  const { status, error, stdout, stderr } = spawnSync(program, words, { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (error) throw new SigningError(`${program} is not installed.`);
  if (status !== 0) throw new SigningError(`${program} ${words.slice(0, 2).join(' ')} failed: ${stderr.trim()}`);
  return stdout;
}

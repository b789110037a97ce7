import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempDisposableSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const repository = join(import.meta.dirname, '../..');
const command = join(repository, 'scripts/sign-image.ts');
const ours = readFileSync(join(repository, 'docker/worker.Dockerfile'), 'utf8');
const base = `sha256:${'b'.repeat(64)}`;
const pinned = ours.replaceAll(/(node:[\d.]+-slim)\S*/g, `$1@${base}`);
const digest = `sha256:${'a'.repeat(64)}`;
const image = '444455556666.dkr.ecr.us-east-1.amazonaws.com/use1-prod-vera-worker';
const workflow = 'northwind/vera/.github/workflows/image.yml@refs/heads/main';
const oci = 'application/vnd.oci.image';

/** Runs it with programs that write down how they were called; cosign keeps what it is given. */
function signed({
  recipe = pinned,
  told = `${digest}\t${oci}.manifest.v1+json`,
  target = 'worker',
  fails = '',
  more = [] as string[],
} = {}) {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'vera-sign-'));
  const at = (name: string) => join(folder.path, name);
  mkdirSync(at('bin'));
  const programs = {
    aws: `echo "aws $*" >>"$CALLS"; printf '%s\\n' "$TOLD"`,
    npx: `echo "npx $*" >>"$CALLS"; echo '{"bomFormat":"CycloneDX","components":[{"name":"zod"}]}'`,
    cosign: `echo "cosign $*" >>"$CALLS"; [ "$1" != "$FAILS" ] || { echo 'no token' >&2; exit 1; }`,
  };
  for (const [name, lines] of Object.entries(programs)) writeFileSync(at(`bin/${name}`), `#!/bin/sh\n${lines}\n`, { mode: 0o755 });
  writeFileSync(at('Dockerfile'), recipe);
  for (const name of ['calls', 'summary']) writeFileSync(at(name), '');
  const run = 'https://github.com/northwind/vera/actions/runs/7';
  const facts = { image: `${image}:0123456789ab`, target, source: 'northwind/vera', commit: 'c'.repeat(40), workflow, run };
  const words = Object.entries({ ...facts, recipe: at('Dockerfile'), work: folder.path, summary: at('summary') });
  const env = { PATH: `${at('bin')}:/usr/bin:/bin`, CALLS: at('calls'), TOLD: told, FAILS: fails };
  const { status, stdout } = spawnSync(process.execPath, [command, ...words.flatMap(([name, value]) => [`--${name}`, value]), ...more], {
    env,
    encoding: 'utf8',
  });
  const predicate = (type: string) => JSON.parse(readFileSync(at(`${type}.json`), 'utf8'));
  const calls = readFileSync(at('calls'), 'utf8').replaceAll(folder.path, '').split('\n').slice(0, -1);
  return {
    status,
    stdout,
    calls,
    summary: readFileSync(at('summary'), 'utf8'),
    ...(status === 0 && more.length === 0 ? { parts: predicate('cyclonedx'), provenance: predicate('slsaprovenance1') } : {}),
  };
}

it('D24 hangs parts, provenance and signature on the digest that ECR has, by the name of the workflow, and looks at them', () => {
  const { status, stdout, calls, summary } = signed();
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  const uri = `${image}@${digest}`;
  expect(calls.filter((call) => call.startsWith('cosign'))).toEqual([
    `cosign attest --yes --type cyclonedx --predicate /cyclonedx.json ${uri}`,
    `cosign attest --yes --type slsaprovenance1 --predicate /slsaprovenance1.json ${uri}`,
    `cosign sign --yes ${uri}`,
    `cosign verify --certificate-oidc-issuer https://token.actions.githubusercontent.com --certificate-identity https://github.com/${workflow} --output text ${uri}`,
  ]);
  expect(summary).toContain(`image: { uri: '${uri}' },`);
});

it('lists the packages of the lock file, the image below them, and the program of the larger target', () => {
  const names = (parts: { components: { name: string; version?: string }[] }) =>
    parts.components.map(({ name, version }) => `${name} ${version ?? ''}`.trim());
  const [, node] = /node:([\d.]+-slim)/.exec(ours)!;
  expect(names(signed().parts)).toEqual(['zod', `node ${node}`]);
  const { parts } = signed({ target: 'with-local-servers' });
  expect(names(parts)).toEqual(['zod', `node ${node}`, expect.stringMatching(/^mcp-linux-arm64 \d+\.\d+\.\d+$/)]);
  expect(parts.components[1].hashes).toEqual([{ alg: 'SHA-256', content: base.slice(7) }]);
  const [pnpm] = /pnpm@[\d.]+/.exec(readFileSync(join(repository, '.ci/run'), 'utf8'))!;
  expect(signed().calls.find((call) => call.startsWith('npx'))).toContain(
    `npx --yes ${pnpm} --silent sbom --filter-prod @vera/worker... --prod`,
  );
});

it('tells by which run of which workflow it was made, of which commit and which base image', () => {
  const { provenance } = signed();
  expect(provenance.runDetails).toEqual({
    builder: { id: `https://github.com/${workflow}` },
    metadata: { invocationId: 'https://github.com/northwind/vera/actions/runs/7' },
  });
  expect(provenance.buildDefinition.resolvedDependencies.map(({ digest }: { digest: object }) => digest)).toEqual([
    { gitCommit: 'c'.repeat(40) },
    { sha256: base.slice(7) },
  ]);
});

it.each<[string, Parameters<typeof signed>[0], string]>([
  ['an index', { told: `${digest}\t${oci}.index.v1+json` }, `is ${oci}.index.v1+json, and one manifest is needed`],
  ['what is not there', { told: 'None' }, 'is not there, and one manifest is needed'],
  ['what stands on an image that may come to be another', { recipe: ours.replaceAll(/(-slim)@\S+/g, '$1') }, 'pnpm base-image'],
])('signs nothing of %s', (_, facts, words) => {
  const { status, stdout, calls, summary } = signed(facts);
  expect({ status, stdout, summary }).toEqual({ status: 1, stdout: expect.stringContaining(words), summary: '' });
  expect(calls.filter((call) => call.startsWith('cosign'))).toEqual([]);
});

it('tells by the recipe alone, before anything is built, whether it could be signed', () => {
  const more = ['--only-recipe'];
  expect(signed({ more })).toMatchObject({ status: 0, calls: [], summary: '' });
  const recipe = ours.replaceAll(/(-slim)@\S+/g, '$1');
  expect(signed({ more, recipe })).toMatchObject({ status: 1, stdout: expect.stringContaining('pnpm base-image'), calls: [] });
});

it.each(['attest', 'sign', 'verify'])('names no image for the settings where cosign does not %s', (fails) => {
  const { status, stdout, summary } = signed({ fails });
  expect({ status, stdout, summary }).toEqual({
    status: 1,
    stdout: expect.stringContaining(`::error title=Not signed::cosign ${fails}`),
    summary: '',
  });
});

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workflows } from '../workflow.ts';

const repository = join(import.meta.dirname, '../../..');

/**
 * A `terraform` with a state for each stack in $WORLD, which counts its applies as Terraform does its serial. Its plan is what `planned.json` beside
 * the stack says, and the serial it was made against; it refuses one that is stale, as Terraform does.
 */
const terraform = `#!/bin/sh
stack=$(basename "$PWD")
echo "terraform $stack $*" >>"$WORLD/calls"
serial=$(cat "$WORLD/$stack.serial" 2>/dev/null || echo 0)
case "$1 $2" in
  'version -json') echo "{\\"terraform_version\\":\\"1.11.4\\",\\"platform\\":\\"$(cat "$WORLD/platform")\\"}" ;;
  'init '*) if [ -e "$WORLD/no-provider" ]; then echo 'Error: another checksum' >&2; exit 1; fi; mkdir -p .terraform; touch .terraform/provider .terraform.lock.hcl ;;
  'plan '*)
    if [ -e fails ]; then echo 'Error: no such subnet' >&2; exit 1; fi
    upstream=$(cat needs 2>/dev/null)
    if [ -n "$upstream" ] && [ ! -e "$WORLD/$upstream.serial" ]; then
      echo "Error: Unable to find remote state with data.terraform_remote_state.cross-stack-reference-input-$upstream" >&2; exit 1; fi
    { echo "$serial"; cat planned.json; } >plan.bin; echo 'Plan: 1 to add, 0 to change, 0 to destroy.' ;;
  'show -json') tail -n +2 plan.bin ;;
  'state pull') [ "$serial" = 0 ] || echo "{\\"lineage\\":\\"$stack\\",\\"serial\\":$serial,\\"outputs\\":{\\"key\\":\\"horse-battery-7\\"}}" ;;
  'apply '*)
    if [ "$(head -n 1 plan.bin)" != "$serial" ]; then echo 'Error: Saved plan is stale' >&2; exit 1; fi
    if [ -e "$WORLD/$stack.breaks" ]; then echo 'Error: throttled' >&2; exit 1; fi
    echo $((serial + 1)) >"$WORLD/$stack.serial"; sha256sum plan.bin | cut -c 1-64 >"$WORLD/$stack.applied" ;;
esac
`;
/** An \`aws\` whose bucket is a folder. */
const aws = `#!/bin/sh
echo "aws $*" >>"$WORLD/calls"
verb=$2
while [ $# -gt 0 ]; do case "$1" in --key) key=$2 ;; --body) body=$2 ;; esac; last=$1; shift; done
mkdir -p "$WORLD/bucket/$(dirname "$key")"
case "$verb" in
  list-objects-v2) cat "$WORLD/listed" 2>/dev/null || echo null ;;
  cp) cat "$WORLD/left.state" ;;
  put-object) cp "$body" "$WORLD/bucket/$key" ;;
  get-object) if [ ! -e "$WORLD/bucket/$key" ]; then echo 'An error occurred (NoSuchKey)' >&2; exit 254; fi; cp "$WORLD/bucket/$key" "$last" ;;
esac
`;

interface StackOf {
  /** What `terraform show -json` says of its plan, but for what all plans say. */
  readonly plan?: object;
  /** Its files, by path. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  readonly dependencies?: readonly string[];
  /** What of others it reads: `storage.key_arn`. */
  readonly reads?: readonly string[];
  /** For a real Terraform: the stack itself, given where the states lie. */
  readonly code?: (states: string) => object;
}

/** Runs the steps of round.yml as GitHub does, each job on a machine of its own, with programs that write down how they were called. */
export function recordedDeployment(stacks: Readonly<Record<string, StackOf>>, realTerraform?: string) {
  const root = mkdtempSync(join(tmpdir(), 'deployment-'));
  const world = join(root, 'world');
  const bin = join(root, 'bin');
  for (const folder of [world, bin]) mkdirSync(folder);
  writeFileSync(join(world, 'platform'), 'linux_arm64');
  for (const [name, text] of Object.entries({ terraform, aws })) {
    writeFileSync(join(bin, name), text);
    chmodSync(join(bin, name), 0o755);
  }
  if (realTerraform) {
    rmSync(join(bin, 'terraform'));
    symlinkSync(realTerraform, join(bin, 'terraform'));
  }
  let machines = 0;
  const textOf = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : '');
  /** A clean checkout. */
  const machine = () => {
    machines += 1;
    const checkout = join(root, `machine-${machines}`);
    mkdirSync(join(checkout, 'temp'), { recursive: true });
    for (const name of ['scripts', 'packages', 'stacks', 'node_modules']) symlinkSync(join(repository, name), join(checkout, name));
    return checkout;
  };
  const runStep = (checkout: string, job: string, step: string, env: Readonly<Record<string, string>>) => {
    const script = stepNamed(job, step);
    const temp = join(checkout, 'temp');
    const github = { GITHUB_OUTPUT: join(temp, 'output'), GITHUB_STEP_SUMMARY: join(temp, 'summary'), RUNNER_TEMP: temp };
    const run = { GITHUB_SHA: 'c0ffee', GITHUB_RUN_ID: '7', GITHUB_RUN_ATTEMPT: '1', VERA_ENVIRONMENT: 'production', WORLD: world };
    const all = { ...github, ...run, PATH: `${bin}:/usr/bin:/bin`, ...env };
    const { status, stdout, stderr } = spawnSync('bash', ['-e', '-c', script], { cwd: checkout, env: all, encoding: 'utf8' });
    const outputs = Object.fromEntries(
      textOf(github.GITHUB_OUTPUT)
        .trim()
        .split('\n')
        .map((line) => line.split(/=(.*)/s)),
    );
    return {
      status,
      log: stdout + stderr,
      summary: textOf(github.GITHUB_STEP_SUMMARY),
      outputs: outputs as Record<string, string>,
      checkout,
    };
  };
  return {
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
    world,
    plan(env: Readonly<Record<string, string>> = {}) {
      const checkout = machine();
      synthesise(join(checkout, 'cdktf.out'), stacks, world);
      return runStep(checkout, 'round.yml plan', 'Plan, review, hand over', { LOSS: '', ...env });
    },
    drift() {
      const checkout = machine();
      synthesise(join(checkout, 'cdktf.out'), stacks, world);
      return runStep(checkout, 'drift.yml drift', 'Compare', {});
    },
    apply({ release = '', sha256 = '' }: Readonly<Record<string, string>>, env: Readonly<Record<string, string>> = {}) {
      return runStep(machine(), 'round.yml apply', 'Apply what was reviewed', { RELEASE: release, SHA256: sha256, ...env });
    },
    happens: (name: string, text = '') => writeFileSync(join(world, name), text),
    calls: () => textOf(join(world, 'calls')).trim().split('\n'),
    applied: () =>
      globSync('*.applied', { cwd: world })
        .map((file) => file.replace('.applied', ''))
        .sort(),
    /** The one release that lies in the bucket. */
    released: () => join(world, 'bucket', globSync('**/*.tgz', { cwd: join(world, 'bucket') })[0] ?? 'none'),
    /** The release with another file of the receiver, or without it, under its own hash. */
    repack(path: string, text: string | undefined) {
      const archive = join(world, 'bucket', globSync('**/*.tgz', { cwd: join(world, 'bucket') })[0] ?? 'none');
      const folder = mkdtempSync(join(root, 'repacked-'));
      spawnSync('tar', ['-xzf', archive, '-C', folder]);
      const file = join(folder, 'stacks/receiver', path);
      if (text === undefined) rmSync(file);
      else writeFileSync(file, text);
      spawnSync('tar', ['-czf', archive, '-C', folder, '.']);
      return createHash('sha256').update(readFileSync(archive)).digest('hex');
    },
    change: (file: string, text: string) => appendFileSync(file, text),
  };
}

function stepNamed(job: string, step: string): string {
  const jobs = workflows().flatMap(({ file, jobs: own }) =>
    Object.entries(own).map(([name, { steps }]) => [`${file} ${name}`, steps] as const),
  );
  return jobs.find(([name]) => name === job)?.[1]?.find(({ name }) => name === step)?.run ?? 'exit 99';
}

function synthesise(out: string, stacks: Readonly<Record<string, StackOf>>, world: string): void {
  const dependencies = Object.entries(stacks).map(([name, stack]) => [name, { dependencies: stack.dependencies ?? [] }]);
  mkdirSync(out);
  writeFileSync(join(out, 'manifest.json'), JSON.stringify({ stacks: Object.fromEntries(dependencies) }));
  for (const [name, { plan = {}, files = {}, reads = [], code }] of Object.entries(stacks)) {
    const s3 = { bucket: 'states', region: 'eu-central-1', key: `use1-prod-vera/production/${name}.tfstate` };
    const references = reads.map((read) => `\${data.terraform_remote_state.cross-stack-reference-input-${read.replace('.', '.outputs.')}}`);
    const folder = join(out, 'stacks', name);
    const all = {
      'cdk.tf.json': JSON.stringify({ terraform: { backend: { s3 } }, ...(code?.(world) ?? { locals: references }) }),
      ...(code ? { 'here_override.tf.json': JSON.stringify(localBackend(join(world, `${name}.tfstate`))) } : {}),
      'planned.json': JSON.stringify({ format_version: '1.2', resource_changes: [], ...plan }),
      ...files,
    };
    for (const [path, content] of Object.entries(all)) {
      mkdirSync(join(folder, path, '..'), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
  }
}

/** There is no bucket here. */
function localBackend(path: string) {
  return { terraform: { backend: { local: { path } } } };
}

/** A function whose archive is in the plan, as `stacks/constructs/node-lambda.ts` makes it. */
export function lambdaPlan(archive: string, planned = archive): object {
  const after = { filename: 'assets/code/receiver.zip', source_code_hash: createHash('sha256').update(planned).digest('base64') };
  return { resource_changes: [change('aws_lambda_function', { actions: ['create'], before: null, after })] };
}

/** One change of a plan, as far as a review needs it. */
export function change(
  type: string,
  given: { readonly actions: readonly string[]; readonly before?: unknown; readonly after?: unknown },
): object {
  const known = { before: null, after: null, after_unknown: {}, before_sensitive: {}, after_sensitive: {} };
  return { address: `${type}.one`, mode: 'managed', type, name: 'one', provider_name: 'aws', change: { ...known, ...given } };
}

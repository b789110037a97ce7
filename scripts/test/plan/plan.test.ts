import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deployOrderOf } from '@vera/plan-review/deploy-order';
import { describe, expect, it } from 'vitest';

const command = join(import.meta.dirname, '../../plan.ts');
const reviewer = join(import.meta.dirname, '../../../packages/plan-review/src/main.ts');

/** What Terraform 1.11 prints when a stack it reads from has no state yet. */
const noUpstream = `
Error: Unable to find remote state

  with data.terraform_remote_state.cross-stack-reference-input-storage,
  on cdk.tf.json line 23, in data.terraform_remote_state.cross-stack-reference-input-storage:
  23:       }

No stored state was found for the given workspace in the given backend.`;

/** Three stacks, and a `terraform` that answers as the files `<stack>.fails` say. */
function project(failures: Readonly<Record<string, string>> = {}) {
  const root = mkdtempSync(join(tmpdir(), 'plan-'));
  const stacks = {
    worker: { dependencies: ['storage', 'gateway'] },
    gateway: { dependencies: ['storage'] },
    storage: { dependencies: [] },
  };
  for (const name of Object.keys(stacks)) {
    const s3 = { bucket: 'states', region: 'eu-central-1', key: `use1-prod-vera/production/${name}.tfstate` };
    mkdirSync(join(root, 'cdktf.out/stacks', name), { recursive: true });
    writeFileSync(join(root, 'cdktf.out/stacks', name, 'cdk.tf.json'), JSON.stringify({ terraform: { backend: { s3 } } }));
  }
  for (const [name, words] of Object.entries(failures)) writeFileSync(join(root, 'cdktf.out/stacks', name, 'fails'), words);
  writeFileSync(join(root, 'cdktf.out/manifest.json'), JSON.stringify({ version: '0.21.0', stacks }));
  mkdirSync(join(root, 'bin'));
  const terraform = `#!/bin/sh
case $1 in
  plan) if [ -f fails ]; then cat fails >&2; exit 1; fi; echo 'Plan: 1 to add, 0 to change, 0 to destroy.';;
  show) echo '{"format_version":"1.2"}';;
esac
`;
  // A bucket with a state of each, and of a stack `front`, which is what the file `front.state` says, and gone where there is none.
  const aws = `#!/bin/sh
case "$*" in
  *states*) ;;
  *) exit 2;;
esac
if [ -f denied ]; then cat denied >&2; exit 254; fi
case $2 in
  list-objects-v2) echo '["use1-prod-vera/production/storage.tfstate","use1-prod-vera/production/front.tfstate"]';;
  cp) cat front.state 2>/dev/null || echo '{"resources":[]}';;
esac
`;
  for (const [name, text] of Object.entries({ terraform, aws })) {
    writeFileSync(join(root, 'bin', name), text);
    chmodSync(join(root, 'bin', name), 0o755);
  }
  const run = (args: readonly string[], path = `${join(root, 'bin')}:/usr/bin:/bin`) =>
    spawnSync(process.execPath, [command, ...args], { cwd: root, env: { PATH: path }, encoding: 'utf8' });
  return { root, run };
}

describe('pnpm plan', () => {
  it('plans stacks in the order they are deployed and keeps each as JSON', () => {
    const { root, run } = project();
    const { status, stdout } = run(['out']);
    expect(stdout.trim().split('\n')).toEqual(
      ['storage', 'gateway', 'worker'].map((name) => `${name}: Plan: 1 to add, 0 to change, 0 to destroy.`),
    );
    expect(status).toBe(0);
    expect(JSON.parse(readFileSync(join(root, 'out/worker.json'), 'utf8'))).toEqual({ format_version: '1.2' });
  });

  it('says which stack has to be deployed first, and goes on', () => {
    const { status, stdout } = project({ gateway: noUpstream }).run([]);
    expect(stdout).toContain('gateway: not planned yet, for storage is not deployed with what it needs; deploy that first.');
    expect(stdout).toContain('worker: Plan: 1 to add');
    expect(status).toBe(0);
  });

  it('fails with Terraform’s own words when a plan fails', () => {
    const { status, stderr } = project({ gateway: 'Error: no credentials' }).run([]);
    expect(stderr).toContain('gateway: not planned.\n    Error: no credentials');
    expect(status).toBe(1);
  });

  it('tells what ails all stacks once, a registry that is out of reach with what helps', () => {
    const words = 'Error: Failed to query available provider packages\n\nCould not retrieve the list of available versions';
    const { status, stderr } = project({ storage: words, gateway: words, worker: 'Error: no credentials' }).run([]);
    expect(stderr.match(/Failed to query/g)).toHaveLength(1);
    expect(stderr).toMatch(/The registry is out of reach: a mirror of yours, by TF_CLI_CONFIG_FILE/);
    expect(stderr).toContain('gateway: not planned, for the same reason as storage.\n');
    expect(stderr).toContain('worker: not planned.\n    Error: no credentials');
    expect(status).toBe(1);
  });

  it('plans the others when one fails, and keeps for the review what Terraform said of it, until it is planned again', () => {
    const { root, run } = project({ gateway: 'Error: no credentials\n  api_key = "horse-battery-7"' });
    const { status, stdout, stderr } = run(['out']);
    expect({ status, planned: stdout.match(/^\w+(?=: Plan)/gm) }).toEqual({ status: 1, planned: ['storage', 'worker'] });
    expect(readFileSync(join(root, 'out/gateway.error.txt'), 'utf8')).toContain('Error: no credentials');
    expect(existsSync(join(root, 'out/gateway.json'))).toBe(false);
    expect(stderr).not.toContain('horse-battery');
    rmSync(join(root, 'cdktf.out/stacks/gateway/fails'));
    expect(run(['out']).status).toBe(0);
    expect(existsSync(join(root, 'out/gateway.error.txt'))).toBe(false);
  });

  it('tells stacks that are deployed and that the settings name no longer, until they are destroyed, and fails where it cannot look', () => {
    const { root, run } = project();
    const review = () => spawnSync(process.execPath, [reviewer, 'out'], { cwd: root, encoding: 'utf8' }).stdout;
    writeFileSync(join(root, 'front.state'), '{"resources":[{"type":"aws_cloudfront_distribution"}]}');
    const { status, stdout } = run(['out']);
    expect({ status, told: stdout.trim().split('\n').at(-1) }).toEqual({
      status: 0,
      told: 'front: deployed, and the settings name it no longer.',
    });
    expect(review()).toContain('**front** is deployed, and the settings name it no longer: it stays as it is, and is paid for');
    rmSync(join(root, 'front.state'));
    expect(run(['out']).status).toBe(0);
    expect(review()).not.toContain('front');
    writeFileSync(join(root, 'denied'), 'An error occurred (AccessDenied)');
    expect(run(['out'])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining(
        'Nobody could look for stacks that the settings name no longer: aws s3api list-objects-v2 failed: An error',
      ),
    });
    expect(run(['out', '--stack', 'storage']).status).toBe(0);
  });

  it('tells what is missing before it begins', () => {
    expect(project().run(['--out', 'elsewhere']).stderr).toBe('plan: elsewhere/manifest.json is not there: run `pnpm synth` first.\n');
    expect(project().run([], '/nowhere').stderr).toContain('terraform is not installed');
    expect(project().run(['--stack', 'wroker']).stderr).toBe('plan: no stack wroker; there are storage, gateway, worker.\n');
    expect(project().run(['--help']).stdout).toContain('Usage: pnpm plan');
  });

  it('orders stacks that are given in any order', () => {
    const stacks = { c: { dependencies: ['b'] }, a: { dependencies: [] }, b: { dependencies: ['a'] } };
    expect(deployOrderOf(stacks)).toEqual(['a', 'b', 'c']);
  });

  it('end where stacks depend on each other', () => {
    const circle = { a: { dependencies: ['b'] }, b: { dependencies: ['a'] } };
    expect(() => deployOrderOf(circle)).toThrow('The stacks depend on each other in a circle: a → b → a');
  });
});

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { change, lambdaPlan, recordedDeployment } from './recorded-deployment.ts';

const topic = { resource_changes: [change('aws_sns_topic', { actions: ['create'], after: { name: 'alarms' } })] };
const quiet = { applyable: false, resource_changes: [] };
const three = {
  storage: { plan: topic },
  worker: { plan: topic, dependencies: ['storage'], reads: ['storage.key_arn'] },
  invoker: { plan: quiet, dependencies: ['worker'] },
};
const hashOf = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');
const applies = (calls: readonly string[]) => calls.filter((call) => / apply /.test(call));

describe('a deployment', () => {
  it('applies exactly the plans that were reviewed, in order, on a clean machine; what does not change is left alone', () => {
    using deployment = recordedDeployment(three);
    const planned = deployment.plan();
    expect(planned).toMatchObject({ status: 0, outputs: { changes: 'true', waiting: '' } });
    expect(deployment.applied()).toEqual([]);
    expect(planned.summary).toContain('2 to add');
    expect(planned.summary).toContain(String(planned.outputs.sha256));
    expect(planned.outputs.sha256).toBe(hashOf(deployment.released()));
    const plans = ['storage', 'worker'].map((name) => hashOf(join(planned.checkout, `cdktf.out/stacks/${name}/plan.bin`)));
    expect(deployment.apply(planned.outputs)).toMatchObject({ status: 0 });
    expect(deployment.applied()).toEqual(['storage', 'worker']);
    expect(['storage', 'worker'].map((name) => readFileSync(join(deployment.world, `${name}.applied`), 'utf8').trim())).toEqual(plans);
    expect(applies(deployment.calls())).toEqual(
      ['storage', 'worker'].map((name) => `terraform ${name} apply -input=false -no-color plan.bin`),
    );
    // Planned once, before the approval.
    expect(deployment.calls().filter((call) => / plan /.test(call))).toHaveLength(3);
  });

  it('D19 hands plans over encrypted and by their hash, and leaves nothing of them in the log or the summary', () => {
    using deployment = recordedDeployment({
      storage: { plan: { ...topic, planned_values: { password: 'horse-battery-7' } }, files: { 'assets/secret': 'horse-battery-7' } },
    });
    deployment.happens('storage.serial', '3');
    const { outputs, log, summary } = deployment.plan();
    const key = `plans/use1-prod-vera/production/7-1/${outputs.sha256}.tgz`;
    expect(outputs.release).toBe(`s3://states/${key}?region=eu-central-1`);
    const put = deployment.calls().find((call) => call.startsWith('aws s3api put-object'));
    expect(put).toContain(`--region eu-central-1 --bucket states --key ${key} --body`);
    expect(put).toContain('--server-side-encryption AES256');
    expect(`${log}${summary}${JSON.stringify(outputs)}`).not.toContain('horse-battery');
  });

  it('D19 is stopped by one changed byte of what was reviewed', () => {
    using deployment = recordedDeployment(three);
    const { outputs } = deployment.plan();
    deployment.change(deployment.released(), 'x');
    const { status, log } = deployment.apply(outputs);
    expect(status).toBe(1);
    expect(log).toMatch(/nothing was applied: the archive has the SHA-256 [0-9a-f]{64}, and [0-9a-f]{64} was reviewed/);
    expect(applies(deployment.calls())).toEqual([]);
  });

  it('D19 is stopped by another release in its place, however whole that is', () => {
    using deployment = recordedDeployment(three);
    const first = deployment.plan().outputs;
    deployment.happens('storage.serial', '1');
    const second = deployment.plan().outputs;
    expect(deployment.apply({ release: second.release ?? '', sha256: first.sha256 ?? '' })).toMatchObject({ status: 1 });
    expect(deployment.apply({ ...first, release: first.release?.replace('7-1', '6-1') ?? '' }).log).toContain('NoSuchKey');
    expect(applies(deployment.calls())).toEqual([]);
  });

  it('is stopped before its first stack by a deployment in between, whichever stack that was of', () => {
    using deployment = recordedDeployment(three);
    const { outputs } = deployment.plan();
    deployment.happens('worker.serial', '4');
    const { status, log } = deployment.apply(outputs);
    expect(status).toBe(1);
    expect(log).toContain('worker was deployed since it was planned (its state is worker/4, and was none)');
    expect(applies(deployment.calls())).toEqual([]);
  });

  it('is stopped as well by a deployment of what a stack in it only reads, and of nothing else', () => {
    using deployment = recordedDeployment({
      storage: { plan: quiet, files: { 'assets/code.zip': 'code' } },
      portal: { plan: quiet },
      worker: { plan: topic, dependencies: ['storage'], reads: ['storage.key_arn'] },
    });
    deployment.happens('storage.serial', '3');
    const { outputs } = deployment.plan();
    const inside = spawnSync('tar', ['-tzf', deployment.released()], { encoding: 'utf8' }).stdout;
    expect(inside).not.toMatch(/portal|storage.*(?:code\.zip|plan\.bin)/);
    deployment.happens('storage.serial', '4');
    expect(deployment.apply(outputs)).toMatchObject({
      status: 1,
      log: expect.stringContaining(
        'nothing was applied: storage was deployed since it was planned (its state is storage/4, and was storage/3)',
      ),
    });
    deployment.happens('storage.serial', '3');
    deployment.happens('portal.serial', '9');
    expect(deployment.apply(outputs)).toMatchObject({ status: 0 });
    expect(deployment.applied()).toEqual(['worker']);
  });

  it('is stopped by another commit, and another environment, than was reviewed', () => {
    using deployment = recordedDeployment(three);
    const { outputs } = deployment.plan();
    expect(deployment.apply(outputs, { GITHUB_SHA: 'decade', VERA_ENVIRONMENT: 'trial' })).toMatchObject({
      status: 1,
      log: expect.stringContaining('The commit is decade, and c0ffee was planned. The environment is trial, and production was planned.'),
    });
    expect(deployment.applied()).toEqual([]);
  });

  it('D21 is stopped on another kind of machine, and by a provider that the lock file does not have', () => {
    using deployment = recordedDeployment(three);
    const { outputs } = deployment.plan();
    deployment.happens('platform', 'linux_amd64');
    expect(deployment.apply(outputs).log).toContain('The platform is linux_amd64, and linux_arm64 was planned.');
    deployment.happens('platform', 'linux_arm64');
    deployment.happens('no-provider');
    expect(deployment.apply(outputs)).toMatchObject({ status: 1, log: expect.stringContaining('Error: another checksum') });
    expect(deployment.calls()).toContain('terraform storage init -input=false -no-color -lockfile=readonly');
    expect(deployment.applied()).toEqual([]);
  });

  it('is not skipped unseen where GitHub kept back an output', () => {
    using deployment = recordedDeployment(three);
    const { release = '', sha256 = '' } = deployment.plan().outputs;
    for (const told of [{ release }, { sha256 }])
      expect(deployment.apply(told)).toMatchObject({ status: 1, log: expect.stringContaining('GitHub kept back where the release lies') });
  });

  it('says what was applied and what was not begun when a stack fails', () => {
    using deployment = recordedDeployment({ ...three, invoker: { plan: topic, dependencies: ['worker'] } });
    const { outputs } = deployment.plan();
    deployment.happens('worker.breaks');
    const { status, log } = deployment.apply(outputs);
    expect(status).toBe(1);
    expect(log).toContain('worker failed; its own words are above. Applied before it: storage. Not begun: invoker.');
    expect(deployment.applied()).toEqual(['storage']);
  });

  it('of which nothing changes hands nothing over, and no approval is asked for', () => {
    using deployment = recordedDeployment({ storage: { plan: quiet } });
    expect(deployment.plan()).toMatchObject({ status: 0, outputs: { changes: 'false', release: '', sha256: '', waiting: '' } });
    expect(deployment.calls().some((call) => call.startsWith('aws'))).toBe(false);
  });
});

describe('what nobody can approve', () => {
  const lost = {
    storage: { plan: { resource_changes: [change('aws_dynamodb_table', { actions: ['delete'], before: { name: 'ledger' } })] } },
  };

  it('is the loss of data, unless the run was started with it', () => {
    using deployment = recordedDeployment(lost);
    const { status, outputs, summary } = deployment.plan();
    expect({ status, release: outputs.release }).toEqual({ status: 1, release: undefined });
    expect(summary).toContain('start the workflow by hand with `allow-data-loss`');
    expect(deployment.plan({ LOSS: 'allowed' })).toMatchObject({
      status: 0,
      summary: expect.stringContaining('so an approval applies it'),
    });
    expect(deployment.applied()).toEqual([]);
  });

  it('is a stack that cannot be planned: the review tells why, and shows the others', () => {
    using deployment = recordedDeployment({ storage: { plan: topic }, worker: { files: { fails: '' } } });
    const { status, summary, outputs } = deployment.plan();
    expect({ status, release: outputs.release }).toEqual({ status: 1, release: undefined });
    expect(summary).toContain('Error: no such subnet');
    expect(summary).toContain('### storage');
  });

  it('is a change of the workflows’ own roles: a person makes it first', () => {
    using deployment = recordedDeployment({ delivery: { plan: topic }, storage: { plan: topic } });
    const { status, log } = deployment.plan();
    expect(status).toBe(1);
    expect(log).toContain('pnpm cdktf deploy delivery');
    expect(deployment.calls().some((call) => call.startsWith('aws'))).toBe(false);
  });
});

describe('a stack that reads what another one changes', () => {
  const moving = {
    output_changes: { runtime_id: { actions: ['update'], before: 'a', after: 'b' }, version: { actions: ['no-op'], before: 1, after: 1 } },
  };
  const reading = (output: string, worker: object = { ...topic, ...moving }) => ({
    worker: { plan: worker },
    invoker: { plan: topic, dependencies: ['worker'], reads: [`worker.${output}`] },
    observability: { plan: topic, dependencies: ['invoker'], reads: ['invoker.invoker_name'] },
  });

  it('waits for that one, and so does who reads it: planned, reviewed and approved after it', () => {
    using deployment = recordedDeployment(reading('runtime_id'));
    const { outputs, summary } = deployment.plan();
    expect(outputs.waiting).toBe('invoker observability');
    expect(summary).toContain('**invoker** reads what worker changes');
    deployment.apply(outputs);
    expect(deployment.applied()).toEqual(['worker']);
  });

  it('is planned and applied with it where what it reads stays', () => {
    using deployment = recordedDeployment(reading('version'));
    const { outputs } = deployment.plan();
    expect(outputs.waiting).toBe('');
    deployment.apply(outputs);
    expect(deployment.applied()).toEqual(['invoker', 'observability', 'worker']);
  });

  it('waits where the other one was never deployed', () => {
    using deployment = recordedDeployment({
      ...reading('runtime_id', topic),
      invoker: { plan: topic, dependencies: ['worker'], files: { needs: 'worker' } },
    });
    expect(deployment.plan().outputs.waiting).toBe('invoker observability');
  });
});

describe('D20 what is planned with its files', () => {
  const zip = 'assets/code/receiver.zip';
  const withArchive = (archive: string, planned = archive) => ({
    storage: { plan: topic },
    receiver: { plan: lambdaPlan(archive, planned), files: { [zip]: archive } },
  });

  it('D20 takes archives along: a clean machine finds each at its path with its hash', () => {
    using deployment = recordedDeployment(withArchive('code'));
    const { outputs } = deployment.plan();
    const inside = spawnSync('tar', ['-tzf', deployment.released()], { encoding: 'utf8' }).stdout.split('\n');
    expect(inside).toContain('./stacks/receiver/.terraform.lock.hcl');
    expect(inside.filter((path) => path.includes('/.terraform/'))).toEqual([]);
    const { checkout, status } = deployment.apply(outputs);
    expect(status).toBe(0);
    expect(readFileSync(join(checkout, 'temp/release/stacks/receiver', zip), 'utf8')).toBe('code');
    expect(deployment.applied()).toEqual(['receiver', 'storage']);
  });

  it('D20 stops before the first stack where one is missing or another one, even in a release that was reviewed so', () => {
    using deployment = recordedDeployment(withArchive('code'));
    const { outputs } = deployment.plan();
    expect(deployment.apply({ ...outputs, sha256: deployment.repack(zip, 'other code') }).log).toContain(
      'nothing was applied: receiver: aws_lambda_function.one: the archive assets/code/receiver.zip is another one than was planned.',
    );
    expect(deployment.apply({ ...outputs, sha256: deployment.repack(zip, undefined) }).log).toContain(
      'nothing was applied: receiver: aws_lambda_function.one: the file assets/code/receiver.zip is not there.',
    );
    expect(applies(deployment.calls())).toEqual([]);
  });

  it('D20 cannot be approved where an archive is another one than was planned', () => {
    using deployment = recordedDeployment(withArchive('code', 'other code'));
    const { status, log } = deployment.plan();
    expect(status).toBe(1);
    expect(log).toContain('the archive assets/code/receiver.zip is another one than was planned');
    expect(deployment.calls().some((call) => call.startsWith('aws'))).toBe(false);
  });

  it('D24 stops before the first stack where the image that the settings name is not there', () => {
    const checker = 'assets/image-script/1/scripts/check-image';
    const resource = change('null_resource', { actions: ['create'], after: { triggers: { uri: 'gone' } } });
    const resources = [{ address: 'null_resource.one', provisioners: [{ expressions: { command: { constant_value: `sh ${checker}` } } }] }];
    const plan = { resource_changes: [resource], configuration: { root_module: { resources } } };
    using deployment = recordedDeployment({
      storage: { plan: topic },
      worker: { plan, files: { [checker]: 'echo "$IMAGE_URI is not there." >&2; exit 1' } },
    });
    expect(deployment.apply(deployment.plan().outputs).log).toContain('nothing was applied: worker: null_resource.one: gone is not there.');
    expect(deployment.applied()).toEqual([]);
  });
});

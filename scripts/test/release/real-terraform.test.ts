import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { toolNamed } from '../recorded-build.ts';
import { recordedDeployment } from './recorded-deployment.ts';

const terraform = toolNamed('terraform');
const input = 'cross-stack-reference-input-storage';
const read = `\${data.terraform_remote_state.${input}.outputs.key_arn}`;

/** Two stacks of what is built into Terraform: the second one reads the first, and runs a script that lies beside it. */
const stacks = {
  storage: {
    code: () => ({
      resource: { terraform_data: { key: { input: 'a key' } } },
      output: { key_arn: { value: '${terraform_data.key.output}' } },
    }),
  },
  worker: {
    dependencies: ['storage'],
    files: { 'assets/image/build': 'printf "%s" "$BUILT" >"$WORLD/built"' },
    code: (states: string) => ({
      data: { terraform_remote_state: { [input]: { backend: 'local', config: { path: join(states, 'storage.tfstate') } } } },
      resource: {
        terraform_data: {
          image: { input: read, provisioner: [{ 'local-exec': { command: 'sh assets/image/build', environment: { BUILT: read } } }] },
        },
      },
    }),
  },
};

it.skipIf(terraform === '')('real Terraform plans, hands over and applies round by round, and refuses what was applied already', () => {
  using deployment = recordedDeployment(stacks, terraform);
  const first = deployment.plan();
  expect(first).toMatchObject({ status: 0, outputs: { waiting: 'worker' }, summary: expect.stringContaining('1 to add') });
  expect(deployment.apply(first.outputs).status).toBe(0);
  const second = deployment.plan();
  expect(second).toMatchObject({ status: 0, outputs: { waiting: '' } });
  expect(deployment.apply(second.outputs).status).toBe(0);
  expect(readFileSync(join(deployment.world, 'built'), 'utf8')).toBe('a key');
  expect(deployment.apply(second.outputs)).toMatchObject({ status: 1, log: expect.stringContaining('was deployed since it was planned') });
  expect(deployment.plan().outputs).toEqual({ changes: 'false', release: '', sha256: '', waiting: '' });
});

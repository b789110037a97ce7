import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { resourcesOfType, stacksOf } from '../../permissions/stacks-json.ts';
import { loadSettings } from '../../settings/load-settings.ts';

const command = join(import.meta.dirname, '../../delivery/print-place.ts');

it('the workflows find region, roles and images of an environment in its settings, as the stacks make them', async () => {
  const settings = await loadSettings('production');
  const { status, stdout } = spawnSync(process.execPath, [command], { encoding: 'utf8', env: { VERA_ENVIRONMENT: 'production' } });
  expect(status).toBe(0);
  const stacks = stacksOf(settings);
  const roles = resourcesOfType(stacks, 'aws_iam_role');
  const arnOf = (id: string) => `arn:aws:iam::${settings.account}:role/${roles.find((role) => role.id === id)?.resource.name}`;
  const [repository] = resourcesOfType(stacks, 'aws_ecr_repository');
  expect(stdout.split('\n')).toEqual([
    `region=${settings.region}`,
    ...['propose', 'deploy', 'publish'].map((id) => `${id}-role=${arnOf(id)}`),
    `repository=${settings.account}.dkr.ecr.${settings.region}.amazonaws.com/${repository?.resource.name}`,
    'target=worker',
    '',
  ]);
});

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { resourcesOfType, stacksOf } from '../../permissions/stacks-json.ts';
import { loadSettings } from '../../settings/load-settings.ts';

const command = join(import.meta.dirname, '../../delivery/print-place.ts');

it('the workflows find region and roles of an environment in its settings, as the stack makes them', async () => {
  const settings = await loadSettings('production');
  const { status, stdout } = spawnSync(process.execPath, [command], { encoding: 'utf8', env: { VERA_ENVIRONMENT: 'production' } });
  expect(status).toBe(0);
  const roles = resourcesOfType(stacksOf(settings), 'aws_iam_role');
  const arnOf = (id: string) => `arn:aws:iam::${settings.account}:role/${roles.find((role) => role.id === id)?.resource.name}`;
  expect(stdout).toBe(`region=${settings.region}\npropose-role=${arnOf('propose')}\ndeploy-role=${arnOf('deploy')}\n`);
});

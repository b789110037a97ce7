// For the workflows: region, roles and image of an environment, as lines of a step's output. One with an account of its own needs no variable so.
import { withSettings } from '../settings/load-settings.ts';
import { nameOf } from '../settings/names.ts';
import { SettingsError } from '../settings/settings.ts';
import { imageTargetOf } from '../worker/image-target.ts';

await withSettings(process.env.VERA_ENVIRONMENT, (settings) => {
  const { github, account, region, environment } = settings;
  if (!github) throw new SettingsError(`stacks/environments/${environment}.ts names no github: nobody may deploy from there.`);
  const roleOf = (id: string) => `arn:aws:iam::${account}:role/${nameOf(settings, id)}`;
  const roles = ['propose', 'deploy', 'publish'].map((id) => `${id}-role=${roleOf(id)}\n`).join('');
  const repository = `${account}.dkr.ecr.${region}.amazonaws.com/${nameOf(settings, 'worker')}`;
  process.stdout.write(`region=${region}\n${roles}repository=${repository}\ntarget=${imageTargetOf(settings.mcpServers)}\n`);
});

// For the workflows: region and roles of an environment, as lines of a step's output. One with an account of its own needs no variable so.
import { withSettings } from '../settings/load-settings.ts';
import { nameOf } from '../settings/names.ts';
import { SettingsError } from '../settings/settings.ts';

await withSettings(process.env.VERA_ENVIRONMENT, (settings) => {
  const { github, account, region, environment } = settings;
  if (!github) throw new SettingsError(`stacks/environments/${environment}.ts names no github: nobody may deploy from there.`);
  const roleOf = (id: string) => `arn:aws:iam::${account}:role/${nameOf(settings, id)}`;
  process.stdout.write(`region=${region}\npropose-role=${roleOf('propose')}\ndeploy-role=${roleOf('deploy')}\n`);
});

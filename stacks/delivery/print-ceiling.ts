// `pnpm ceiling`: the policy for `permissionsBoundary` of the settings, where a company has none of its own; docs/deploy.md says how to make it.
import { sizedPolicyOf } from '../constructs/service-role.ts';
import { withSettings } from '../settings/load-settings.ts';
import { SettingsError } from '../settings/settings.ts';
import { ceilingGrantsOf } from './ceiling-grants.ts';

await withSettings(process.env.VERA_ENVIRONMENT, (settings) => {
  const { permissionsBoundary, environment } = settings;
  if (!permissionsBoundary)
    throw new SettingsError(
      `stacks/environments/${environment}.ts has no permissionsBoundary: name it first, for the policy names itself.`,
    );
  process.stdout.write(`${sizedPolicyOf(ceilingGrantsOf(settings, permissionsBoundary), 'managed', 'the ceiling')}\n`);
});

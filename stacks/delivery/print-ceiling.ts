// `pnpm ceiling`: the policy for `permissionsBoundary` of the settings, where a company has none of its own; docs/deploy.md says how to make it.
import { readCommandLine } from '../command-line.ts';
import { sizedPolicyOf } from '../constructs/service-role.ts';
import { withSettings } from '../settings/load-settings.ts';
import { SettingsError } from '../settings/settings.ts';
import { ceilingGrantsOf } from './ceiling-grants.ts';

readCommandLine({
  help: `Usage: pnpm --silent ceiling

Prints the policy for permissionsBoundary of the settings, where a company has none of its own. docs/deploy.md says how it is put in place, and
when again. Calls nobody. VERA_ENVIRONMENT names the file of stacks/environments; trial otherwise.`,
});

await withSettings(process.env.VERA_ENVIRONMENT, (settings) => {
  const { permissionsBoundary, environment } = settings;
  if (!permissionsBoundary)
    throw new SettingsError(
      `stacks/environments/${environment}.ts has no permissionsBoundary: name it first, for the policy names itself.`,
    );
  process.stdout.write(`${sizedPolicyOf(ceilingGrantsOf(settings, permissionsBoundary), 'managed', 'the ceiling')}\n`);
});

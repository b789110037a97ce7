// `pnpm roles`: trust and policy of each role that the settings name, for whoever makes them; docs/deploy.md says how.
import { readCommandLine } from '../command-line.ts';
import { withSettings } from '../settings/load-settings.ts';
import { SettingsError } from '../settings/settings.ts';
import { roleDocumentsOf } from './role-documents.ts';

readCommandLine({
  help: `Usage: pnpm --silent roles > roles.json

Prints trust and policy of each role that roles of the settings names, for whoever makes them; again after each change of docs/permissions.md.
Calls nobody. VERA_ENVIRONMENT names the file of stacks/environments; trial otherwise.`,
});

await withSettings(process.env.VERA_ENVIRONMENT, (settings) => {
  const documents = roleDocumentsOf(settings);
  if (Object.keys(documents).length === 0)
    throw new SettingsError(`stacks/environments/${settings.environment}.ts names no role in roles: all of them are made.`);
  const printed = Object.entries(documents).map(([arn, { trust, policy }]) => [arn, { trust, policy }]);
  process.stdout.write(`${JSON.stringify(Object.fromEntries(printed), undefined, 2)}\n`);
});

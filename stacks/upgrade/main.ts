// For `scripts/check-upgrade.ts`: synthesises this version's stacks of settings that the last version had, from what is kept of it.
// node stacks/upgrade/main.ts KEPT-FILE ENVIRONMENT FOLDER
import { readFileSync } from 'node:fs';
import { App } from 'cdktf';
import { createStacks } from '../create-stacks.ts';
import { parseSettings } from '../settings/settings.ts';

const [kept = '', environment = '', outdir = ''] = process.argv.slice(2);
const { environments } = JSON.parse(readFileSync(kept, 'utf8')) as {
  readonly environments: Record<string, { readonly settings: unknown }>;
};
const app = new App({ outdir });
createStacks(app, parseSettings(environment, environments[environment]?.settings));
app.synth();

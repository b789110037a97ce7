// `pnpm locks [--mirror FOLDER]`: asks the registry for the hashes of every provider of every stack, and keeps them beside the settings.
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readCommandLine } from '../command-line.ts';
import { stacksOf } from '../permissions/stacks-json.ts';
import { withSettings } from '../settings/load-settings.ts';
import { locksMadeByTerraform } from './made-by-terraform.ts';
import { lockFile, type RequiredProviders } from './provider-locks.ts';

const help = `Usage: pnpm locks [--mirror FOLDER]

Asks Terraform's registry for the hashes of every provider of every stack, for three platforms, and keeps them in
stacks/environments/provider-locks.json: some 2 GB, and a few minutes. Commit the file. VERA_ENVIRONMENT names the file of stacks/environments;
trial otherwise.

  --mirror FOLDER   asks a mirror on disk instead (terraform providers mirror)`;

const { values } = readCommandLine({ help, options: { mirror: { type: 'string' } } });

await withSettings(process.env.VERA_ENVIRONMENT, (settings) => {
  const stacks = [...stacksOf(settings).values()] as { readonly terraform?: { readonly required_providers?: RequiredProviders } }[];
  const required: RequiredProviders = Object.assign({}, ...stacks.map(({ terraform }) => terraform?.required_providers));
  const locks = locksMadeByTerraform(required, values.mirror && resolve(values.mirror));
  writeFileSync(lockFile, `${JSON.stringify(locks, undefined, 2)}\n`);
  process.stdout.write(`Locked: ${Object.keys(locks).join(', ')}. Commit the file.\n`);
});

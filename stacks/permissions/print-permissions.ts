// `pnpm print-permissions`: renews docs/permissions.md. With `--json <environment>`, prints the roles of that environment, as AWS will have them.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { withSettings } from '../settings/with-settings.ts';
import { deploymentOf } from './deployment-of.ts';
import { documentedEnvironments } from './documented-environments.ts';
import { permissionsDocumentOf } from './permissions-document.ts';
import { stacksOf } from './stacks-of.ts';

const { json } = parseArgs({ args: process.argv.slice(2).filter((arg) => arg !== '--'), options: { json: { type: 'string' } } }).values;

if (json === undefined) {
  const path = fileURLToPath(new URL('../../docs/permissions.md', import.meta.url));
  writeFileSync(path, permissionsDocumentOf(await documentedEnvironments()));
} else {
  await withSettings(json, (settings) => process.stdout.write(`${JSON.stringify(deploymentOf(stacksOf(settings)))}\n`));
}

// `pnpm settings`: what a settings file comes to, defaults and names included. Prints no secret: settings hold none.
import { readFileSync } from 'node:fs';
import { readCommandLine } from '../command-line.ts';
import { gatewayVariablesOf } from '../gateway/servers-behind-gateway.ts';
import { logsUsingKey } from '../storage/key-access.ts';
import { encryptsLogsIn } from '../storage/log-key.ts';
import { secretKeysOf } from '../storage/secret-keys.ts';
import { withSettings } from './load-settings.ts';
import { nameOf, runtimeNameOf } from './names.ts';
import type { Settings } from './settings.ts';
import { toldBudgets } from './told-budgets.ts';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { readonly version: string };

readCommandLine({
  help: `Usage: pnpm settings

Prints what a settings file comes to: every setting with its default, names, keys of the secret, budgets. A mistake is told by name, and ends it
with 1. Calls nobody, prints no secret. VERA_ENVIRONMENT names the file of stacks/environments; trial otherwise.`,
});

await withSettings(process.env.VERA_ENVIRONMENT, (settings) => {
  const names = { functions: nameOf(settings, '…'), ...workerNameOf(settings), ...secretsOf(settings) };
  const secrets = { 'keys of the secret': secretKeysOf(settings), 'variables of the gateway': gatewayVariablesOf(settings) };
  const forKey = settings.keyArn && encryptsLogsIn(settings) ? { 'statement for the policy of the key': logsUsingKey(settings) } : {};
  const told = { version, settings, names, ...secrets, ...forKey, budgets: toldBudgets(settings) };
  process.stdout.write(`${JSON.stringify(told, undefined, 2)}\n`);
});

/** The one that people fill in, and where there is a front, what CloudFront shows to the functions behind it. */
function secretsOf(settings: Settings) {
  return { secret: nameOf(settings, 'secrets'), ...(settings.front ? { 'secret of the front': nameOf(settings, 'front') } : {}) };
}

/** The functions are named above. */
function workerNameOf(settings: Settings) {
  return settings.worker.on === 'lambda' ? {} : { runtime: runtimeNameOf(settings) };
}

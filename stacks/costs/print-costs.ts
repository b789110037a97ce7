// `pnpm costs`: what runs the worker costs, on AgentCore and on Lambda, with the settings as they are.
import { readCommandLine } from '../command-line.ts';
import { withSettings } from '../settings/load-settings.ts';
import { breakEvenIdleSeconds, costsTable } from './running-costs.ts';

readCommandLine({
  help: `Usage: pnpm costs

Prints what runs the worker costs, on AgentCore and on Lambda, with the settings as they are. Calls nobody. VERA_ENVIRONMENT names the file of stacks/environments; trial otherwise.`,
});

await withSettings(process.env.VERA_ENVIRONMENT, (settings) => {
  const seconds = Math.round(breakEvenIdleSeconds(settings));
  process.stdout.write(`${costsTable(settings)}\n\nLambda is cheaper where a session idles more than ${seconds} s for each question.\n`);
});

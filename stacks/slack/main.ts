// `pnpm slack-manifest`
import { withSettings } from '../settings/load-settings.ts';
import { printSlackManifest } from './print-slack-manifest.ts';

await withSettings(process.env.VERA_ENVIRONMENT, (settings) => {
  process.exitCode = printSlackManifest({
    settings,
    args: process.argv.slice(2),
    print: (text) => process.stdout.write(`${text}\n`),
    hint: (text) => process.stderr.write(`${text}\n`),
  });
});

import { fileURLToPath } from 'node:url';
import { App } from 'cdktf';
import { createStacks } from './create-stacks.ts';
import { loadSettings } from './settings/load-settings.ts';
import { SettingsError } from './settings/settings.ts';

try {
  const settings = await loadSettings(process.env.VERA_ENVIRONMENT ?? 'trial');
  // The CLI says where it wants the output; without it, beside cdktf.json, wherever the command was run.
  const app = new App({ outdir: process.env.CDKTF_OUTDIR ?? fileURLToPath(new URL('../cdktf.out', import.meta.url)) });
  createStacks(app, settings);
  app.synth();
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

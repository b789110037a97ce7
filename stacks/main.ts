import { fileURLToPath } from 'node:url';
import { App } from 'cdktf';
import { createStacks } from './create-stacks.ts';
import { withSettings } from './settings/load-settings.ts';

await withSettings(process.env.VERA_ENVIRONMENT, (settings) => {
  // The CLI says where it wants the output; without it, beside cdktf.json, wherever the command was run.
  const app = new App({ outdir: process.env.CDKTF_OUTDIR ?? fileURLToPath(new URL('../cdktf.out', import.meta.url)) });
  createStacks(app, settings);
  app.synth();
});

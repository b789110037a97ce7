import { fileURLToPath } from 'node:url';
import { App } from 'cdktf';
import { createStacks } from './create-stacks.ts';
import { writeLockFiles } from './locks/provider-locks.ts';
import { withSettings } from './settings/load-settings.ts';

await withSettings(process.env.VERA_ENVIRONMENT, (settings) => {
  // The CLI says where it wants the output; without it, beside cdktf.json, wherever the command was run.
  const outdir = process.env.CDKTF_OUTDIR ?? fileURLToPath(new URL('../cdktf.out', import.meta.url));
  const app = new App({ outdir });
  createStacks(app, settings);
  app.synth();
  writeLockFiles(outdir);
});

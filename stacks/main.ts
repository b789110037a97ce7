import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { App } from 'cdktf';
import { readCommandLine } from './command-line.ts';
import { createStacks } from './create-stacks.ts';
import { writeLockFiles } from './locks/provider-locks.ts';
import { recordNeeds } from './permissions/record-needs.ts';
import { withSettings } from './settings/load-settings.ts';

readCommandLine({
  help: `Usage: pnpm synth

Writes Terraform to cdktf.out, one stack a folder. Says nothing where all is well. Calls nobody. VERA_ENVIRONMENT names the file of stacks/environments; trial otherwise.`,
});

await withSettings(process.env.VERA_ENVIRONMENT, (settings) => {
  // The CLI says where it wants the output; without it, beside cdktf.json, wherever the command was run.
  const outdir = process.env.CDKTF_OUTDIR ?? fileURLToPath(new URL('../cdktf.out', import.meta.url));
  const app = new App({ outdir });
  createStacks(app, settings);
  recordNeeds(app, settings);
  app.synth();
  removeOthers(outdir);
  writeLockFiles(outdir);
});

/** Stacks of an environment that was synthesised before: their folders lead to another state. State itself is never in there. */
function removeOthers(outdir: string): void {
  const { stacks } = JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8')) as {
    readonly stacks: Readonly<Record<string, unknown>>;
  };
  const others = readdirSync(join(outdir, 'stacks')).filter((name) => !Object.hasOwn(stacks, name));
  for (const name of others) rmSync(join(outdir, 'stacks', name), { recursive: true });
}

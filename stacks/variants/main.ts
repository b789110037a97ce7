// `node stacks/variants/main.ts`: what each variant is about, as JSON by name. `… NAME FOLDER`: synthesises the stacks of one into a folder.
import { mkdirSync } from 'node:fs';
import { App } from 'cdktf';
import { createStacks } from '../create-stacks.ts';
import { recordNeeds } from '../permissions/record-needs.ts';
import { variants } from './variants.ts';

const [name, outdir] = process.argv.slice(2);

if (name === undefined || outdir === undefined) {
  const told = Object.entries(variants).map(([variant, { about }]) => [variant, about]);
  process.stdout.write(`${JSON.stringify(Object.fromEntries(told))}\n`);
} else {
  const variant = variants[name];
  if (!variant) throw new Error(`There is no variant ${name}; there are ${Object.keys(variants).join(', ')}.`);
  mkdirSync(outdir, { recursive: true });
  const app = new App({ outdir });
  const settings = await variant.settings();
  createStacks(app, settings);
  recordNeeds(app, settings);
  app.synth();
}

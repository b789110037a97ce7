import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdktf';
import { createStacks } from '../create-stacks.ts';
import type { Settings } from '../settings/settings.ts';
import type { StackJson, StacksJson } from './stacks-json.ts';

/** Synthesises the stacks of some settings, and gives what Terraform would read. Leaves nothing behind. */
export function stacksOf(settings: Settings): StacksJson {
  const outdir = mkdtempSync(join(tmpdir(), 'vera-stacks-'));
  try {
    const app = new App({ outdir });
    createStacks(app, settings);
    app.synth();
    const folder = join(outdir, 'stacks');
    return new Map(
      readdirSync(folder).map((name) => [name, JSON.parse(readFileSync(join(folder, name, 'cdk.tf.json'), 'utf8')) as StackJson]),
    );
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

import { spawnSync } from 'node:child_process';
import { mkdtempDisposableSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdktf';
import { describe, expect, it } from 'vitest';
import { createStacks } from '../create-stacks.ts';
import { parseSettings } from '../settings/settings.ts';
import { variants } from '../variants/variants.ts';
import { codebuild, company } from './example-settings.ts';
import { longest } from './longest-settings.ts';

const checker = join(import.meta.dirname, '../../scripts/check-synthesised.ts');
const examples = { company, codebuild, longest };

describe('the guard before the plan of a pull request knows all that synth writes', () => {
  it.each([
    ...Object.entries(variants).map(([name, { settings }]) => [name, settings] as const),
    ...Object.entries(examples).map(
      ([name, input]) => [name, () => parseSettings(input.github?.deployFrom.environment ?? 'production', input)] as const,
    ),
  ])('of %s', async (_, settings) => {
    using folder = mkdtempDisposableSync(join(tmpdir(), 'guarded-'));
    const app = new App({ outdir: folder.path });
    createStacks(app, await settings());
    app.synth();
    expect(spawnSync(process.execPath, [checker, folder.path], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
  });
});

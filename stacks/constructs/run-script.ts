import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Resource } from '@cdktf/provider-null/lib/resource/index.js';
import { type ITerraformDependable, TerraformAsset } from 'cdktf';
import type { Construct } from 'constructs';
import { createStagingFolder } from './staging-folder.ts';

interface ScriptRun {
  /** Of `scripts`. */
  readonly script: string;
  /** It is run when one of them is new. */
  readonly triggers: Record<string, string>;
  readonly environment: Record<string, string>;
  readonly dependsOn: ITerraformDependable[];
}

/** Runs a script where the stack is applied, in a copy that travels with it. */
export function runScript(scope: Construct, id: string, { script, triggers, environment, dependsOn }: ScriptRun): void {
  const folder = createStagingFolder();
  cpSync(fileURLToPath(new URL(`../../scripts/${script}`, import.meta.url)), join(folder, script));
  const { path } = new TerraformAsset(scope, `${id}-script`, { path: folder });
  new Resource(scope, id, {
    triggers,
    provisioners: [{ type: 'local-exec', command: `sh ${path}/${script}`, environment }],
    dependsOn,
  });
}

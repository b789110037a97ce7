import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdktf';
import { createStacks } from '../create-stacks.ts';
import type { Settings } from '../settings/settings.ts';

/** What Terraform is given of one resource. */
export type ResourceJson = Readonly<Record<string, unknown>>;

/** What Terraform is given of one stack, as far as permissions are concerned: `resource.<type>.<id>`. */
export interface StackJson {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, ResourceJson>>>>;
  readonly output?: Readonly<Record<string, { readonly value: unknown }>>;
  readonly provider: Readonly<Record<string, readonly ResourceJson[]>>;
}

export type StacksJson = ReadonlyMap<string, StackJson>;

/** Every resource of a type, with the stack it is in. */
export function resourcesOfType(stacks: StacksJson, type: string): { stack: string; id: string; resource: ResourceJson }[] {
  return [...stacks].flatMap(([stack, json]) =>
    Object.entries(json.resource?.[type] ?? {}).map(([id, resource]) => ({ stack, id, resource })),
  );
}

/** Where the construct is that made the resource: `worker/access/role`. */
export function pathOf(resource: ResourceJson): string {
  return (resource['//'] as { readonly metadata: { readonly path: string } }).metadata.path;
}

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

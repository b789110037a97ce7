import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdktf';
import { createStacks } from '../create-stacks.ts';
import { parseSettings } from '../settings/settings.ts';
import type { SettingsInput } from '../settings/settings-schema.ts';

/** A synthesised stack, as Terraform reads it: `resource.<type>.<id>`. */
export interface SynthesisedStack {
  readonly resource: Readonly<Record<string, Readonly<Record<string, Record<string, unknown>>>>>;
  readonly provider: Readonly<Record<string, readonly Record<string, unknown>[]>>;
  readonly terraform: { readonly backend: Readonly<Record<string, unknown>> };
  readonly output?: Readonly<Record<string, { readonly value: unknown }>>;
}

/** The smallest settings; each test adds what it is about. */
export const leastSettings: SettingsInput = {
  account: '111122223333',
  accountCode: 'dev',
  region: 'us-east-1',
  botName: 'vera',
  company: 'Northwind Clinic Systems',
  model: { id: 'us.anthropic.claude-sonnet-5-5' },
};

const made = new Map<string, ReturnType<typeof synthesiseAnew>>();

/** What comes of some settings, made once in a process. */
export function synthesise(input: SettingsInput, environment = environmentOf(input)) {
  const key = JSON.stringify([environment, input]);
  const known = made.get(key) ?? synthesiseAnew(input, environment);
  made.set(key, known);
  return known;
}

/** Synthesises all stacks of some settings, in this process, and gives them by name; `files` are all that was written, by path. */
export function synthesiseAnew(input: SettingsInput, environment = environmentOf(input)) {
  const folder = mkdtempSync(join(tmpdir(), 'synthesised-'));
  try {
    const app = new App({ outdir: folder });
    createStacks(app, parseSettings(environment, input));
    app.synth();
    const paths = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const files = new Map(
      paths.map(({ parentPath, name }) => {
        const path = join(parentPath, name);
        return [path.slice(folder.length + 1), keptOnce(path.slice(folder.length), readFileSync(path))];
      }),
    );
    const names = [...files.keys()].flatMap((path) => /^stacks\/([^/]+)\/cdk\.tf\.json$/.exec(path)?.[1] ?? []);
    const stacks = new Map(names.map((name) => [name, JSON.parse(String(files.get(`stacks/${name}/cdk.tf.json`))) as SynthesisedStack]));
    return { stacks, files };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The settings' file is called like what the workflows deploy from. */
function environmentOf({ github }: SettingsInput): string {
  return github?.deployFrom.environment ?? 'trial';
}

const kept = new Map<string, Buffer>();

/** The bundles are megabytes, and the same whatever the settings. */
function keptOnce(path: string, bytes: Buffer): Buffer {
  const known = kept.get(path);
  if (known?.equals(bytes)) return known;
  kept.set(path, bytes);
  return bytes;
}

/** Every resource of a type, in any stack. */
export function resourcesOf(stacks: ReadonlyMap<string, SynthesisedStack>, type: string): Record<string, unknown>[] {
  return [...stacks.values()].flatMap((stack) => Object.values(stack.resource[type] ?? {}));
}

/** What CloudFormation is told of the agent's runtime. */
export function runtimeIn(stacks: ReadonlyMap<string, SynthesisedStack>): Readonly<Record<string, unknown>> {
  const [runtime] = Object.values(stacks.get('worker')?.resource.aws_cloudformation_stack ?? {});
  const { Resources } = JSON.parse(String(runtime?.template_body)) as { Resources: { Runtime: { Properties: Record<string, unknown> } } };
  return Resources.Runtime.Properties;
}

import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { SettingsError } from '../settings/settings.ts';

/** Where Vera is planned and applied: GitHub's machines of both kinds, and a Mac. */
export const platforms = ['linux_amd64', 'linux_arm64', 'darwin_arm64'] as const;

const hash = z.string().regex(/^h1:[A-Za-z0-9+/]{43}=$/, 'a hash of a provider reads h1: and 44 characters');
const archive = z.string().regex(/^zh:[0-9a-f]{64}$/, 'a hash of an archive reads zh: and 64 hex digits');
const providerLock = z.strictObject({
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  /** Of what is installed, by platform: Terraform's own file does not say which is which. */
  hashes: z.strictObject({ linux_amd64: hash, linux_arm64: hash, darwin_arm64: hash }),
  /** Of what is downloaded, as its publisher signed it, for every platform there is. */
  archives: z.array(archive),
});
const providerLocks = z.record(z.string().regex(/^[\w.-]+\/[\w-]+\/[\w-]+$/), providerLock);

export type ProviderLocks = z.infer<typeof providerLocks>;

export const lockFile = new URL('../environments/provider-locks.json', import.meta.url);
const named = 'stacks/environments/provider-locks.json';

/** Undefined where nobody has made them yet: Terraform then takes what the registry signs. */
export function readProviderLocks(file = lockFile): ProviderLocks | undefined {
  const text = textIn(file);
  if (text === undefined) return undefined;
  const parsed = providerLocks.safeParse(jsonIn(text));
  if (!parsed.success) throw new SettingsError(`${named} cannot be used, make it anew: pnpm locks.\n${z.prettifyError(parsed.error)}`);
  for (const [source, { hashes }] of Object.entries(parsed.data))
    if (new Set(Object.values(hashes)).size < platforms.length)
      throw new SettingsError(`${named} has one hash of ${source} for several platforms: no two are alike. Make it anew: pnpm locks.`);
  return parsed.data;
}

/** Writes Terraform's lock file beside each synthesised stack, where Terraform looks for it. */
export function writeLockFiles(outdir: string, locks: ProviderLocks | undefined = readProviderLocks()): void {
  if (!locks) return;
  for (const stack of globSync('stacks/*/cdk.tf.json', { cwd: outdir })) {
    const { terraform } = JSON.parse(readFileSync(join(outdir, stack), 'utf8')) as { terraform: { required_providers: RequiredProviders } };
    writeFileSync(join(outdir, dirname(stack), '.terraform.lock.hcl'), lockFileOf(locks, terraform.required_providers));
  }
}

/** Terraform's lock file for a stack with these providers, to the letter as Terraform writes it. */
export function lockFileOf(locks: ProviderLocks, required: RequiredProviders): string {
  const blocks = Object.entries(required)
    .map(([name, { source, version }]) => [addressOf(source ?? name), version] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([address, version]) => blockOf(address, version, locks[address]));
  return `${heading}${blocks.join('')}`;
}

/** As a synthesised stack names them. */
export type RequiredProviders = Readonly<Record<string, { readonly source?: string; readonly version: string }>>;

/** `aws` and `hashicorp/aws` are short for it. */
export function addressOf(source: string): string {
  const parts = source.split('/');
  return [...['registry.terraform.io', 'hashicorp'].slice(0, 3 - parts.length), ...parts].join('/');
}

const heading = '# This file is maintained automatically by "terraform init".\n# Manual edits may be lost in future updates.\n';

function blockOf(address: string, version: string, lock: ProviderLocks[string] | undefined): string {
  if (lock?.version !== version)
    throw new SettingsError(`${named} has ${lock ? lock.version : 'nothing'} of ${address}, and the stacks use ${version}: pnpm locks.`);
  const hashes = [...Object.values(lock.hashes).toSorted(), ...lock.archives.toSorted()].map((one) => `    "${one}",\n`).join('');
  return `\nprovider "${address}" {\n  version     = "${version}"\n  constraints = "${version}"\n  hashes = [\n${hashes}  ]\n}\n`;
}

function textIn(file: URL): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import { spawnSync } from 'node:child_process';
import { mkdtempDisposableSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SettingsError } from '../settings/settings.ts';
import { addressOf, type ProviderLocks, platforms, type RequiredProviders } from './provider-locks.ts';

/** Asks Terraform for the hashes of each provider, one platform after the other, as it does not tell which hash is whose. */
export function locksMadeByTerraform(required: RequiredProviders, mirror: string | undefined): ProviderLocks {
  const told = platforms.map((platform) => [platform, hashesFor(platform, required, mirror)] as const);
  return Object.fromEntries(
    Object.entries(required).map(([name, { source, version }]) => {
      const address = addressOf(source ?? name);
      const of = (kind: string) => told.map(([platform, all]) => [platform, (all[address] ?? []).filter((one) => one.startsWith(kind))]);
      const hashes = Object.fromEntries(of('h1:').map(([platform, all]) => [platform, onlyOne(all as string[], address)]));
      const archives = [...new Set(of('zh:').flatMap(([, all]) => all as string[]))].sort();
      return [address, { version, hashes, archives }];
    }),
  ) as ProviderLocks;
}

function onlyOne(hashes: readonly string[], address: string): string {
  const [hash, ...others] = hashes;
  if (hash === undefined || others.length > 0) throw new SettingsError(`Terraform tells ${hashes.length} hashes of ${address}, not one.`);
  return hash;
}

function hashesFor(platform: string, required: RequiredProviders, mirror: string | undefined): Readonly<Record<string, string[]>> {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'vera-locks-'));
  writeFileSync(join(folder.path, 'providers.tf.json'), JSON.stringify({ terraform: { required_providers: required } }));
  const words = ['providers', 'lock', '-no-color', `-platform=${platform}`, ...(mirror ? [`-fs-mirror=${mirror}`] : [])];
  const { status, error, stderr } = spawnSync('terraform', words, { cwd: folder.path, encoding: 'utf8' });
  if (error) throw new SettingsError('terraform is not installed: https://developer.hashicorp.com/terraform/install');
  if (status !== 0) throw new SettingsError(`terraform ${words.join(' ')} failed:\n${stderr.trim()}`);
  const text = readFileSync(join(folder.path, '.terraform.lock.hcl'), 'utf8');
  const blocks = [...text.matchAll(/^provider "([^"]+)" \{$(.*?)^\}$/gms)];
  return Object.fromEntries(blocks.map(([, address = '', body = '']) => [address, body.match(/(?:h1|zh):[\w+/=]+/g) ?? []]));
}

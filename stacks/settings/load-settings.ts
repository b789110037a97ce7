import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseSettings, type Settings, SettingsError } from './settings.ts';

const folder = new URL('../environments/', import.meta.url);

/** Reads `environments/<name>.ts`. Throws SettingsError when it is not there or wrong. */
export async function loadSettings(name: string): Promise<Settings> {
  const file = new URL(`${name}.ts`, folder);
  if (!/^\w+$/.test(name) || !existsSync(file)) {
    const there = readdirSync(fileURLToPath(folder)).map((entry) => entry.replace(/\.ts$/, ''));
    throw new SettingsError(`There is no stacks/environments/${name}.ts. VERA_ENVIRONMENT takes one of: ${there.join(', ')}.`);
  }
  const { settings } = (await import(file.href)) as { readonly settings?: unknown };
  if (settings === undefined) throw new SettingsError(`stacks/environments/${name}.ts exports no \`settings\`.`);
  return parseSettings(name, settings);
}

/** For commands: settings that cannot be used are told in words, and the command fails. `trial` where no environment is named. */
export async function withSettings(environment: string | undefined, use: (settings: Settings) => void): Promise<void> {
  try {
    use(await loadSettings(environment ?? 'trial'));
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

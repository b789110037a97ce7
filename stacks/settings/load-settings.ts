import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { nearestOf } from './nearest-of.ts';
import { parseSettings, type Settings, SettingsError } from './settings.ts';

const environments = new URL('../environments/', import.meta.url);

/** Reads `<name>.ts` of the folder. Throws SettingsError when it is not there, cannot be read, or is wrong. */
export async function loadSettings(name: string, folder = environments): Promise<Settings> {
  const files = readdirSync(fileURLToPath(folder)).flatMap((entry) => /^(.+)\.ts$/.exec(entry)?.[1] ?? []);
  if (!files.includes(name)) throw new SettingsError(wordsOfMissing(name, files));
  const twin = files.find((other) => other !== name && other.toLowerCase() === name.toLowerCase());
  if (twin) throw new SettingsError(`stacks/environments/${name}.ts and ${twin}.ts are one file on some machines: choose another name.`);
  const settings = await settingsIn(name, folder);
  // Those of others that cannot be read are a matter of theirs.
  const others = await Promise.all(
    files.filter((other) => other !== name).map(async (other) => [other, await settingsIn(other, folder).catch(() => ({}))] as const),
  );
  return parseSettings(name, settings, new Map(others));
}

function wordsOfMissing(name: string, files: readonly string[]): string {
  const meant = nearestOf(name.replace(/^.*\/|\.ts$/g, ''), files);
  const hint = meant ? ` Did you mean ${meant}?` : '';
  return `There is no stacks/environments/${name}.ts.${hint} VERA_ENVIRONMENT takes one of: ${files.join(', ')}.`;
}

async function settingsIn(name: string, folder: URL): Promise<unknown> {
  const file = `stacks/environments/${name}.ts`;
  const exported: Readonly<Record<string, unknown>> = await import(new URL(`${name}.ts`, folder).href).catch((cause: unknown) => {
    throw new SettingsError(`${file} cannot be read${lineIn(cause, name)}: ${messageOf(cause)}.`, { cause });
  });
  if (exported.settings === undefined)
    throw new SettingsError(`${file} exports no \`settings\`: export const settings: SettingsInput = { … }.`);
  return exported.settings;
}

/** Node names the place in the stack only. */
function lineIn(cause: unknown, name: string): string {
  const [, line] = (cause instanceof Error && cause.stack?.match(new RegExp(`/${name}\\.ts:(\\d+)`))) || [];
  return line ? `, at line ${line}` : '';
}

function messageOf(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).split('\n')[0]?.replace(/\.$/, '') ?? '';
}

/** For commands: settings that cannot be used are told in words, and the command fails. `trial` where no environment is named. */
export async function withSettings(environment: string | undefined, use: (settings: Settings) => void): Promise<void> {
  try {
    // Empty is what CI makes of a variable that is not set.
    use(await loadSettings(environment || 'trial'));
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

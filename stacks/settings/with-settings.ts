import { loadSettings } from './load-settings.ts';
import { type Settings, SettingsError } from './settings.ts';

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

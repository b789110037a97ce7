import type * as z from 'zod';
import { settingsSchema } from './settings-schema.ts';

/** Checked settings with every default in place. */
export type Settings = z.output<typeof settingsSchema> & {
  /** The file's name: `production`. */
  readonly environment: string;
};

/** A settings file that cannot be used; the message names every problem and where it is. */
export class SettingsError extends Error {
  readonly code = 'settings';
}

/** Throws SettingsError with all problems at once. */
export function parseSettings(environment: string, input: unknown): Settings {
  if (!/^[a-zA-Z][a-zA-Z0-9]{0,19}$/.test(environment)) {
    throw new SettingsError(`The environment '${environment}' names AgentCore's endpoint: letters and digits, a letter first, at most 20.`);
  }
  const parsed = settingsSchema.safeParse(input);
  if (parsed.success) return { ...parsed.data, environment };
  const problems = parsed.error.issues.map(({ path, message }) => `  ${path.join('.') || '(the whole)'}: ${message}`);
  const count = problems.length === 1 ? 'one problem' : `${problems.length} problems`;
  throw new SettingsError(`stacks/environments/${environment}.ts has ${count}:\n${problems.join('\n')}`);
}

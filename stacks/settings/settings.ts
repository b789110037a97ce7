import type * as z from 'zod';
import { type Fields, findFaults } from './find-faults.ts';
import { findOnceOnly } from './find-once-only.ts';
import { nameOf } from './names.ts';
import { type Problem, problemsOf } from './problem.ts';
import { settingsSchema } from './settings-schema.ts';
import { withoutUnknownKeys } from './unknown-keys.ts';

/** Checked settings with every default in place. */
export type Settings = Fields & {
  /** The file's name: `production`. */
  readonly environment: string;
};

/** A settings file that cannot be used; the message names every problem and where it is. */
export class SettingsError extends Error {
  readonly code = 'settings';
}

/** What the other files of the folder export, by their names. */
type Others = ReadonlyMap<string, unknown>;

/** Throws SettingsError with all problems at once. */
export function parseSettings(environment: string, input: unknown, others: Others = new Map()): Settings {
  const file = `stacks/environments/${environment}.ts`;
  if (!/^[a-zA-Z][a-zA-Z0-9]{0,19}$/.test(environment) || environment === 'DEFAULT') {
    const rule = 'letters and digits, a letter first, at most 20, and not DEFAULT, which AgentCore makes itself';
    throw new SettingsError(`The environment '${environment}' names AgentCore's endpoint: ${rule}. Give ${file} such a name.`);
  }
  const { fields, problems } = checked(input);
  const beside = [...twinsOf(environment, fields, others), ...findOnceOnly(environment, fields, others)];
  const found = [...problems, ...findFaults(fields), ...misnamed(environment, fields), ...beside];
  if (found.length === 0) return { ...(fields as Fields), environment };
  const told = found.map(({ path, message }) => `  ${path.join('.') || '(the whole)'}: ${message}`);
  throw new SettingsError(`${file} has ${told.length === 1 ? 'one problem' : `${told.length} problems`}:\n${told.join('\n')}`);
}

/** Setting by setting, so that one that is wrong does not hide what is wrong with others. */
function checked(input: unknown): { readonly fields: Partial<Fields>; readonly problems: readonly Problem[] } {
  if (typeof input !== 'object' || input === null)
    return { fields: {}, problems: [{ path: [], message: 'an object with settings is needed' }] };
  const { value, problems } = withoutUnknownKeys(settingsSchema, input);
  const parsed = Object.entries(settingsSchema.shape).map(([key, schema]) => {
    const given = (value as Readonly<Record<string, unknown>>)[key];
    return { key, result: (schema as z.ZodType).safeParse(given, { reportInput: true }) };
  });
  return {
    fields: Object.fromEntries(parsed.flatMap(({ key, result }) => (result.success ? [[key, result.data]] : []))),
    problems: [...problems, ...parsed.flatMap(({ key, result }) => (result.success ? [] : problemsOf(result.error.issues, [key])))],
  };
}

/** A workflow is told one name, by which it finds the file, and under which GitHub asks the reviewers. */
function misnamed(environment: string, { github }: Partial<Fields>): Problem[] {
  if (!github || github.deployFrom.environment === environment) return [];
  const message = `the workflows deploy ${environment}.ts from the environment '${environment}' of GitHub, and no other: name that one`;
  return [{ path: ['github', 'deployFrom', 'environment'], message }];
}

/** Environments whose resources would have the same names in the same account. Whatever else is wrong with them, these four they must have. */
function twinsOf(environment: string, { account, region, accountCode, botName }: Partial<Fields>, others: Others): Problem[] {
  if (account === undefined || region === undefined || accountCode === undefined || botName === undefined) return [];
  const name = nameOf({ region, accountCode, botName });
  return [...others].flatMap(([other, input]) => {
    const { account: itsAccount, ...place } = (input ?? {}) as Partial<Record<keyof Fields, unknown>>;
    const itsName = nameOf({ region: String(place.region), accountCode: String(place.accountCode), botName: String(place.botName) });
    const isTwin = other !== environment && itsAccount === account && itsName === name;
    const message = `all of it would be called ${name}-…, like what ${other}.ts makes in account ${account}: choose another name`;
    return isTwin ? [{ path: ['botName'], message }] : [];
  });
}

import { withoutSecrets } from '@vera/service-kit/secret-texts';
import type * as z from 'zod';
import { type Fields, findFaults } from './find-faults.ts';
import { findOnceOnly } from './find-once-only.ts';
import { nameOf } from './names.ts';
import type { Problem } from './problem.ts';
import { rightPartsOf } from './right-parts.ts';
import { settingsSchema } from './settings-schema.ts';
import { withoutUnknownKeys } from './unknown-keys.ts';

/** Checked settings with every default in place. */
export type Settings = Fields & {
  /** The file's name: `production`. */
  readonly environment: string;
};

/** A settings file that cannot be used; the message names every problem and where it is, and repeats nothing that has the form of a key. */
export class SettingsError extends Error {
  readonly code = 'settings';

  constructor(message: string, options?: ErrorOptions) {
    super(withoutSecrets(message), options);
  }
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
  const { fields, refused, places, problems } = checked(input);
  const whole = Object.fromEntries(Object.entries(fields).filter(([key]) => !refused.some(([first]) => first === key)));
  const beside = [...twinsOf(environment, fields, others), ...findOnceOnly(environment, whole, others)];
  const faults = findFaults(fields, refused).map(({ path, message }) => ({ path: placed(path, places), message }));
  const found = [...problems, ...faults, ...misnamed(environment, fields), ...beside];
  if (found.length === 0) return { ...(fields as Fields), environment };
  const told = found.map(({ path, message }) => `  ${path.join('.') || '(the whole)'}: ${message}`);
  throw new SettingsError(`${file} has ${told.length === 1 ? 'one problem' : `${told.length} problems`}:\n${told.join('\n')}`);
}

interface Checked {
  /** What is right of each setting. */
  readonly fields: Partial<Fields>;
  readonly refused: readonly Problem['path'][];
  /** Of lists that lack entries, the places of those that are left. */
  readonly places: ReadonlyMap<unknown, readonly number[]>;
  readonly problems: readonly Problem[];
}

/** Setting by setting and part by part, so that one that is wrong does not hide what is wrong with others. */
function checked(input: unknown): Checked {
  const none = { fields: {}, refused: [], places: new Map() };
  if (typeof input !== 'object' || input === null)
    return { ...none, problems: [{ path: [], message: 'an object with settings is needed' }] };
  const { value, problems } = withoutUnknownKeys(settingsSchema, input);
  const parsed = Object.entries(settingsSchema.shape).map(([key, schema]) => {
    const given = (value as Readonly<Record<string, unknown>>)[key];
    return { key, ...rightPartsOf(schema as z.ZodType, given) };
  });
  return {
    fields: Object.fromEntries(parsed.flatMap(({ key, part }) => (part ? [[key, part.value]] : []))),
    refused: parsed.flatMap(({ key, refused }) => refused.map((path) => [key, ...path])),
    places: new Map(parsed.flatMap(({ key, places }) => (places ? [[key, places] as const] : []))),
    problems: [
      ...problems,
      ...parsed.flatMap(({ key, problems: its }) => its.map(({ path, message }) => ({ path: [key, ...path], message }))),
    ],
  };
}

function placed(path: Problem['path'], places: Checked['places']): Problem['path'] {
  const [key = '', index, ...rest] = path;
  const place = places.get(key)?.[Number(index)];
  return place === undefined ? path : [key, place, ...rest];
}

/** A workflow is told one name, by which it finds the file, and under which GitHub asks the reviewers. */
function misnamed(environment: string, { github }: Partial<Fields>): Problem[] {
  // Where it is missing that is told already.
  const named = github?.deployFrom?.environment;
  if (named === undefined || named === environment) return [];
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

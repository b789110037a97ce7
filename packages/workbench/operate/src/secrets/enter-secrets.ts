import { randomBytes } from 'node:crypto';
import { nearestOf } from '@vera/stacks/nearest-of';
import { UsageError } from '../usage-error.ts';
import { cleanSecret } from './clean-secret.ts';
import type { Prompt } from './create-prompt.ts';
import type { Judgement } from './judge-secrets.ts';
import { placeOf } from './kinds-of-secrets.ts';
import type { SecretStore } from './secret-store.ts';

type Keys = Readonly<Record<string, string>>;

export interface EnterParams {
  readonly prompt: Prompt;
  readonly store: SecretStore;
  readonly judge: (keys: Keys) => Promise<Judgement | undefined>;
  /** A line that everybody may read. */
  readonly tell: (line: string) => void;
  /** Those that the secret of these settings may hold. */
  readonly names: readonly string[];
  /** Only these are asked for; all where it is empty. */
  readonly wanted: readonly string[];
  /** Where who issued a key cannot be reached, it is written nonetheless. */
  readonly unchecked: boolean;
}

/** Vera does not start without these. */
export const neededSecrets = ['SLACK_SIGNING_SECRET', 'SLACK_BOT_TOKEN', 'PORTAL_TICKET_KEY'];
const pairs = ['SLACK', 'ATLASSIAN', 'GITHUB'].map((app) => [`${app}_CLIENT_ID`, `${app}_CLIENT_SECRET`]);
const mostTries = 3;

/** Asks for keys, has them judged by who issued them, writes what is right, and reads back that it is what was entered. True: all is well. */
export async function enterSecrets(params: EnterParams): Promise<boolean> {
  const { store, tell, names, wanted, prompt } = params;
  const at = wanted.findIndex((name) => !names.includes(name));
  if (at !== -1) throw strangerAt(at, wanted[at] ?? '', names);
  const before = await store.read();
  if (prompt.isPerson) tell('Paste each, then Enter; nothing of it is shown. Enter alone leaves it as it is.\n');
  const entered: Record<string, string> = {};
  if (before.PORTAL_TICKET_KEY === undefined) entered.PORTAL_TICKET_KEY = randomBytes(32).toString('base64');
  for (const group of groupsOf(names, wanted)) Object.assign(entered, await enterGroup(params, group, { ...before, ...entered }));
  const after = { ...before, ...entered };
  const missing = neededSecrets.filter((name) => after[name] === undefined);
  await written(params, entered, after);
  for (const name of missing) tell(`${name} is missing, and Vera does not start without it. Remedy: pnpm vera secrets ${name}`);
  return missing.length === 0;
}

/** What was typed is not repeated: many paste the key itself there. */
function strangerAt(at: number, word: string, names: readonly string[]): UsageError {
  const meant = nearestOf(word, names);
  if (meant !== undefined) return new UsageError(`Word ${at + 1} is no key of these settings. Did you mean ${meant}?`);
  const ifToken = 'if it was a key, it is in your shell’s history now: make another one, and name here what it is for';
  return new UsageError(`Word ${at + 1} is no key of these settings, which have ${names.join(', ')}; ${ifToken}.`);
}

async function written({ store, tell }: EnterParams, entered: Keys, after: Keys): Promise<void> {
  const names = Object.keys(entered);
  if (names.length === 0) return tell('Nothing was entered, so nothing was written.');
  await store.write(after);
  const kept = await store.read();
  const lost = names.filter((name) => kept[name] !== entered[name]);
  if (lost.length > 0) throw new UsageError(`What is stored is not what was entered: ${lost.join(', ')}. Somebody else writes there, too?`);
  tell(`Written, and read back as entered: ${names.join(', ')}.`);
  tell('What runs already has read the old ones: functions start anew within some minutes, or at once with a deployment.');
}

/** Those of one app are judged together. */
function groupsOf(names: readonly string[], wanted: readonly string[]): readonly (readonly string[])[] {
  const asked = wanted.length > 0 ? wanted : names.filter((name) => name !== 'PORTAL_TICKET_KEY');
  const single = asked.filter((name) => !pairs.flat().includes(name)).map((name) => [name]);
  single.sort(([a = ''], [b = '']) => Number(neededSecrets.includes(b)) - Number(neededSecrets.includes(a)));
  return [...single, ...pairs.map((pair) => pair.filter((name) => asked.includes(name))).filter((pair) => pair.length > 0)];
}

/** A person is asked again; what came from a pipe is refused as a whole. */
async function enterGroup(params: EnterParams, group: readonly string[], known: Keys): Promise<Keys> {
  const { tell, prompt } = params;
  for (let tries = 1; ; tries += 1) {
    const answer = await askGroup(params, group, known);
    if (answer.kind === 'entered') return answer.keys;
    for (const fault of answer.faults) tell(`  refused, and not written: ${fault}`);
    if (!prompt.isPerson || tries === mostTries) throw new UsageError('Nothing was written.');
  }
}

type GroupAnswer = { readonly kind: 'entered'; readonly keys: Keys } | { readonly kind: 'refused'; readonly faults: readonly string[] };

async function askGroup(params: EnterParams, group: readonly string[], known: Keys): Promise<GroupAnswer> {
  const { judge, tell, unchecked } = params;
  const { keys, faults } = await pastedOf(params, group, known);
  const all = { ...known, ...keys };
  if (faults.length === 0) faults.push(...lonelyOf(group, all, keys));
  if (faults.length > 0) return { kind: 'refused', faults };
  if (Object.keys(keys).length === 0) return { kind: 'entered', keys };
  const judged = await judge(partsOf(group, all));
  const refused = (why: string): GroupAnswer => ({ kind: 'refused', faults: [`${group.join(', ')}: ${why}`] });
  if (judged?.kind === 'wrong') return refused(judged.words);
  if (judged?.kind === 'unknown' && !unchecked) return refused(`could not be checked: ${judged.words}. Remedy: try again, or --unchecked`);
  tell(`  ${group.join(', ')}: ${judged?.words ?? 'looks right; nobody can be asked whether it is'}`);
  return { kind: 'entered', keys };
}

async function pastedOf({ prompt }: EnterParams, group: readonly string[], known: Keys) {
  const keys: Record<string, string> = {};
  const faults: string[] = [];
  for (const name of group) {
    const pasted = await prompt.ask(`${name} (${placeOf(name)}${known[name] === undefined ? '' : '; there is one'})`);
    if (pasted === undefined || pasted.trim() === '') continue;
    const cleaned = cleanSecret(name, pasted);
    const twin = cleaned.kind === 'clean' && twinOf(name, cleaned.value, { ...known, ...keys });
    if (cleaned.kind === 'refused') faults.push(`${name}: ${cleaned.why}`);
    else if (twin) faults.push(`${name}: it is the very same as ${twin}, and one of them is wrong`);
    else keys[name] = cleaned.value;
  }
  return { keys, faults };
}

function twinOf(name: string, value: string, known: Keys): string | undefined {
  return Object.keys(known).find((other) => other !== name && known[other] === value);
}

/** One half of a pair is as good as none. */
function lonelyOf(group: readonly string[], all: Keys, entered: Keys): string[] {
  const pair = pairs.find(([id = '']) => group[0]?.split('_')[0] === id.split('_')[0] && group.some((name) => pairs.flat().includes(name)));
  if (!pair || Object.keys(entered).length === 0) return [];
  return pair.filter((name) => all[name] === undefined).map((name) => `${name} is missing: the other one alone is good for nothing`);
}

/** What is judged together, whichever of it was entered now. */
function partsOf(group: readonly string[], all: Keys): Keys {
  const together = pairs.find((pair) => group.some((name) => pair.includes(name))) ?? group;
  return Object.fromEntries(together.flatMap((name) => (all[name] === undefined ? [] : [[name, all[name]]])));
}

import type { Plan } from '../plan/plan.ts';
import type { References } from '../plan/references.ts';
import { Unknown } from '../secrets/masked-value.ts';
import type { Home } from '../words/arn-words.ts';
import { code, counted, firstOf } from '../words/markdown.ts';
import { labelled, nameOf, nameWords, nounOf } from '../words/resource-words.ts';
import { holderOf } from './data-holders.ts';
import { expiryLooks } from './expiry-looks.ts';
import { firewallLooks } from './firewall-looks.ts';
import { guardrailLooks } from './guardrail-looks.ts';
import { openingLooks } from './opening-looks.ts';
import { ruleLooks } from './rule-looks.ts';
import { at, type Seen, seenIn } from './seen.ts';
import { silenceLooks } from './silence-looks.ts';
import { strangerLooks } from './stranger-looks.ts';
import { switchLooks } from './switch-looks.ts';
import { goneLooks, wholeLooks } from './whole-looks.ts';

/** Changes that delete nothing today, but take away what would have saved it, or open what was closed; each as one sentence. */
export function weakenings(plan: Plan, references: References, home?: Home): string[] {
  const isNewHere = createdNames(plan);
  const told = seenIn(plan, references).flatMap((seen) => {
    const own = isNewHere(seen) ? [] : looks.flatMap((look) => look(seen, references, home)).map((words) => `: ${words}`);
    const part = seen.part === undefined ? '' : `: ${nounOf(seen.type)} ${code(seen.part)} of its template`;
    return [...new Set([...goneLooks(seen), ...own])].map((sentence) => ({
      sentence: `${part}${sentence}`,
      noun: nounOf(seen.change.type),
      name: nameWords(seen.change, references),
    }));
  });
  return [...Map.groupBy(told, ({ noun, sentence }) => `${noun}\n${sentence}`).values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const names = [...new Set(group.map(({ name }) => name))];
    const who =
      names.length === 1 ? labelled(first.noun, first.name) : `${counted(names.length, '×', '×')} ${first.noun} (${firstOf(names, 10)})`;
    return [`${who}${first.sentence}.`];
  });
}

const looks: readonly ((seen: Seen, references: References, home: Home | undefined) => readonly string[])[] = [
  unfamiliarLooks,
  ruleLooks,
  guardrailLooks,
  firewallLooks,
  wholeLooks,
  expiryLooks,
  openingLooks,
  strangerLooks,
  silenceLooks,
  switchLooks,
];

/** Of what holds data that is a loss, and told as one. */
function unfamiliarLooks({ change, part }: Seen): string[] {
  const isTold = change.action !== 'unfamiliar' || part !== undefined || holderOf(change.type) !== undefined;
  return isTold ? [] : ['something is done to it that this review does not know'];
}

/** What keeps or deletes in something that this plan makes has nothing to delete yet. */
function createdNames({ changes }: Plan): (seen: Seen) => boolean {
  const created = changes.filter(({ action }) => action === 'create');
  return ({ type, action, after }) => {
    const [attribute, holder] = (Object.hasOwn(holders, type) && holders[type]) || [];
    if (action !== 'create' || attribute === undefined) return false;
    const name = at(after, attribute);
    return name instanceof Unknown || created.some((change) => change.type === holder && nameOf(change) === name);
  };
}

const holders: Readonly<Record<string, readonly [attribute: string, type: string]>> = {
  aws_ecr_lifecycle_policy: ['repository', 'aws_ecr_repository'],
  aws_s3_bucket_lifecycle_configuration: ['bucket', 'aws_s3_bucket'],
};

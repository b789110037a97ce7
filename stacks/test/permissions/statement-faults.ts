import type { Statement } from '../../permissions/deployment-of.ts';
import { type ActionFacts, actionsMatching } from './iam-facts.ts';
import { patternsMeet } from './patterns-meet.ts';

/** The account and the regions a stack may touch. */
export interface Place {
  readonly account: string;
  readonly regions: readonly string[];
  /** Whose image the settings name. */
  readonly imagesOf?: string;
}

/** What is wrong with a statement of a role's policy, in words. */
export async function statementFaults(statement: Statement, place: Place): Promise<string[]> {
  const { Action, Resource, because } = statement;
  if (statement.Effect === 'Deny') return denialFaults(statement);
  const unknownParts = Object.keys(statement).filter((key) => /^Not/.test(key));
  const wild = [...Action, ...Resource].filter((text) => text.includes('*'));
  const facts = new Map(await Promise.all(Action.map(async (action) => [action, await actionsMatching(action)] as const)));
  const granted = [...facts.values()].flat();
  return [
    ...unknownParts.map((part) => `${part} allows whatever it does not name`),
    ...(wild.length > 0 && !because ? [`${wild.join(', ')} without a written reason`] : []),
    ...[...facts].filter(([, matching]) => matching.length === 0).map(([action]) => `there is no action ${action}`),
    ...Resource.filter((resource) => resource !== '*').flatMap((resource) => resourceFaults(resource, granted, place)),
    ...(looksAtTheAccount(statement, granted, place)
      ? []
      : [...facts].flatMap(([action, matching]) => targetFaults(action, matching, Resource))),
    ...[...facts].flatMap(([action, matching]) => conditionFaults(action, matching, statement)),
  ];
}

/** A denial may be as wide as it likes, and must not miss what it means. */
async function denialFaults({ Action, because }: Statement): Promise<string[]> {
  const named = Action.filter((action) => action !== '*');
  const matching = await Promise.all(named.map(async (action) => ((await actionsMatching(action)).length > 0 ? [] : [action])));
  return [...matching.flat().map((action) => `there is no action ${action}`), ...(because ? [] : ['it denies without a written reason'])];
}

/** Reads, of whatever there is in our account, are meant to name no resource. */
function looksAtTheAccount({ Condition }: Statement, granted: readonly ActionFacts[], { account }: Place): boolean {
  return Condition?.StringEquals?.['aws:ResourceAccount'] === account && granted.every(({ onlyReads }) => onlyReads);
}

/** Of one ARN: no action of the statement knows its kind, or it is not ours. */
function resourceFaults(resource: string, granted: readonly ActionFacts[], { account, regions, imagesOf }: Place): string[] {
  const forms = granted.flatMap(({ arns }) => arns).filter((form) => patternsMeet(resource, form));
  if (forms.length === 0) return [`no action here can be granted on ${resource}`];
  const [, , , region = '', owner = ''] = resource.split(':');
  // What has no account in its ARN (buckets, foundation models) has none here either.
  const owners = new Set(forms.map((form) => form.split(':')[4] ?? '').map((part) => (part.startsWith('$') ? account : part)));
  const isOurRegion = regions.includes(region) || region === '' || (region === '*' && owner === '');
  return [
    ...(owners.has(owner) || (owner === imagesOf && resource.startsWith('arn:aws:ecr:')) ? [] : [`the account of ${resource} is not ours`]),
    ...(isOurRegion ? [] : [`the region of ${resource} is not ours`]),
  ];
}

/** Of one action: it is granted where it has no effect, or on everything though it knows resources. */
function targetFaults(action: string, matching: readonly ActionFacts[], resources: readonly string[]): string[] {
  if (matching.length === 0) return [];
  if (resources.includes('*')) {
    const narrowable = matching.filter(({ namesResource }) => namesResource);
    return narrowable.map(({ name }) => `${name} on * could name what it is for`);
  }
  const fits = matching.some(({ arns }) => arns.some((form) => resources.some((resource) => patternsMeet(resource, form))));
  return fits ? [] : [`${action} has no effect on ${resources.join(', ')}`];
}

/** A key that AWS does not know of an action is never there, so that the statement never allows it. */
function conditionFaults(action: string, matching: readonly ActionFacts[], { Condition = {} }: Statement): string[] {
  const keys = Object.values(Condition).flatMap((one) => Object.keys(one));
  const unknown = matching.length === 0 ? [] : keys.filter((key) => !matching.some((facts) => knows(facts, key)));
  return unknown.map((key) => `AWS does not know ${key} of ${action}`);
}

/** What AWS knows of every call, and so lists with none. */
const ofEveryCall = ['aws:ViaAWSMCPService', 'aws:ResourceAccount'];

function knows({ conditionKeys }: ActionFacts, key: string): boolean {
  if (ofEveryCall.includes(key)) return true;
  return conditionKeys.some((known) => new RegExp(`^${known.replaceAll(/\$\{\w+\}/g, '.+')}$`, 'i').test(key));
}

import type { Conditions } from '../constructs/grant.ts';
import { nameOf, roleArnOf, underscoredNameOf } from '../settings/names.ts';
import type { Settings } from '../settings/settings.ts';

/** Things of one kind that the stacks contain. */
export interface Part {
  readonly resources: readonly string[];
  /** Where AWS makes up the ids, so that a name cannot tell ours apart. */
  readonly conditions?: Conditions;
  /** Why the resources are not named to the letter. */
  readonly because: string;
  /** What a plan reads of them: how they are set up, not what is in them. */
  readonly look: readonly string[];
  /** What a deployment does to them beyond that. */
  readonly make: readonly string[];
}

export type Parts = Readonly<Record<string, Part>>;

/** ARNs of an environment, and the names its resources carry. */
export function placeOf(settings: Settings) {
  const { region, account, botName, environment } = settings;
  return {
    name: nameOf(settings),
    underscored: underscoredNameOf(settings),
    account,
    arn: (service: string, resource: string, where = region) => `arn:aws:${service}:${where}:${account}:${resource}`,
    /** All stacks tag what they make so. */
    tagged: { StringEquals: { 'aws:ResourceTag/vera:bot': botName, 'aws:ResourceTag/vera:environment': environment } },
    /** All roles but those of the workflows, which only a person changes. */
    roles: roleArnOf(settings, '*'),
  };
}

/** `actionsOf('sns', 'CreateTopic DeleteTopic')`. */
export function actionsOf(service: string, names: string): string[] {
  return names.split(' ').map((name) => `${service}:${name}`);
}

export const idsAreMadeUp = 'AWS makes up the ids; our tag tells ours apart';

import { regionCodeOf } from './regions.ts';

/** What tells an environment's resources from another's. */
interface Place {
  readonly region: string;
  /** A short name of the account. */
  readonly accountCode: string;
  readonly botName: string;
}

/** `use1-prod-vera-receiver`: region, account, bot, role. */
export function nameOf(settings: Place, role?: string): string {
  return [regionCodeOf(settings.region), settings.accountCode, settings.botName, ...(role ? [role] : [])].join('-');
}

/** The same where AgentCore allows no hyphen: memory and runtime, 48 characters at most. */
export function underscoredNameOf(settings: Place, role?: string): string {
  return nameOf(settings, role).replaceAll('-', '_');
}

/** Where roles under a ceiling are, and none without: whoever deploys can make no other there, and a path never changes. */
export function rolePathOf(settings: Place & Ceiling): string {
  return settings.permissionsBoundary === undefined ? '/' : `/${nameOf(settings)}/`;
}

export function roleArnOf(settings: Place & Ceiling & { readonly account: string }, role: string): string {
  return `arn:aws:iam::${settings.account}:role${rolePathOf(settings)}${nameOf(settings, role)}`;
}

interface Ceiling {
  readonly permissionsBoundary?: string | undefined;
}

/** Those that the company made itself, by what they are for. */
export function existingRolesOf(roles: Readonly<Record<string, string | undefined>>): readonly (readonly [role: string, arn: string])[] {
  return Object.entries(roles).flatMap(([role, arn]) => (arn === undefined ? [] : [[role, arn] as const]));
}

/** The agent's. It ends in another word than the worker's other parts: what takes an earlier runtime's place needs a name of its own. */
export function runtimeNameOf(settings: Place): string {
  return underscoredNameOf(settings, 'runtime');
}

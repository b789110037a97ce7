import { regionCodeOf } from './regions.ts';
import type { Settings } from './settings.ts';

type Place = Pick<Settings, 'region' | 'accountCode' | 'botName'>;

/** `use1-prod-vera-receiver`: region, account, bot, role. */
export function nameOf(settings: Place, role?: string): string {
  return [regionCodeOf(settings.region), settings.accountCode, settings.botName, ...(role ? [role] : [])].join('-');
}

/** The same where AgentCore allows no hyphen: memory and runtime, 48 characters at most. */
export function underscoredNameOf(settings: Place, role?: string): string {
  return nameOf(settings, role).replaceAll('-', '_');
}

import type { DeployedSettings } from '../deployment.ts';
import type { Patient } from './check.ts';

/** What runs on Lambda. */
export function functionRolesOf({ settings }: Pick<Patient, 'settings'>): readonly string[] {
  return ['receiver', 'invoker', 'sweeper', 'auth-portal', ...(settings?.worker.on === 'lambda' ? ['worker'] : [])];
}

/** What the settings say of one. */
export function functionSettingsOf(role: string, settings: DeployedSettings | undefined) {
  if (role === 'worker') return settings && { timeoutSeconds: 900, ...settings.worker };
  return settings?.[role === 'auth-portal' ? 'authPortal' : (role as 'receiver' | 'invoker' | 'sweeper')];
}

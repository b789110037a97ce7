import { loadSettings } from '../settings/load-settings.ts';
import { deploymentOf } from './deployment-of.ts';
import type { Environments } from './permissions-document.ts';
import { stacksOf } from './stacks-of.ts';

/** Those whose roles `docs/permissions.md` lists. */
export async function documentedEnvironments(): Promise<Environments> {
  const names = ['trial', 'production'];
  return Promise.all(names.map(async (name) => [name, deploymentOf(stacksOf(await loadSettings(name)))] as const));
}

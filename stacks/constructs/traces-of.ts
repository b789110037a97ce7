import type { Settings } from '../settings/settings.ts';
import type { Target } from './grant.ts';

/** Where a component may leave spans. */
export function tracesOf({ tracing }: Settings): Target | readonly Target[] {
  return tracing === 'off' ? [] : { resources: ['*'], because: 'X-Ray knows no resource for this action' };
}

import type { Settings } from '../settings/settings.ts';
import type { Parts } from './part.ts';
import { agentPartsOf } from './parts/agent-parts.ts';
import { dataPartsOf } from './parts/data-parts.ts';
import { knowledgeBasePartsOf } from './parts/knowledge-base-parts.ts';
import { machineryPartsOf } from './parts/machinery-parts.ts';
import { roleAndLogPartsOf } from './parts/role-and-log-parts.ts';
import { taggedPartsOf } from './parts/tagged-parts.ts';

/**
 * All that the stacks contain, or would contain with other settings: what a change of settings takes away must still be taken down, after
 * the roles were changed.
 */
export function partsOf(settings: Settings): Parts {
  return {
    ...dataPartsOf(settings),
    ...machineryPartsOf(settings),
    ...roleAndLogPartsOf(settings),
    ...agentPartsOf(settings),
    ...taggedPartsOf(settings),
    ...knowledgeBasePartsOf(settings),
  };
}

import type { Check } from './check.ts';
import { functionsCheck } from './checks/functions.ts';
import { guardrailCheck } from './checks/guardrail.ts';
import { memoryCheck } from './checks/memory.ts';
import { secretKeysCheck } from './checks/secret-keys.ts';
import { tablesCheck } from './checks/tables.ts';
import { workerCheck } from './checks/worker-state.ts';

/** In the order in which a fault of one makes faults of the next. */
export const checks: readonly Check[] = [secretKeysCheck, functionsCheck, workerCheck, tablesCheck, guardrailCheck, memoryCheck];

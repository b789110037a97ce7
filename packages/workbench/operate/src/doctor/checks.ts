import type { Check } from './check.ts';
import { accountCheck } from './checks/account.ts';
import { clockCheck } from './checks/clock.ts';
import { concurrencyCheck } from './checks/concurrency.ts';
import { frontCheck, portalCheck, receiverCheck } from './checks/doors.ts';
import { functionsCheck } from './checks/functions.ts';
import { gatewayCheck } from './checks/gateway.ts';
import { guardrailCheck } from './checks/guardrail.ts';
import { keyCheck } from './checks/key.ts';
import { knowledgeBasesCheck } from './checks/knowledge-bases.ts';
import { liveSessionsCheck } from './checks/live-sessions.ts';
import { loadCheck } from './checks/load.ts';
import { logsCheck } from './checks/logs.ts';
import { mcpServersCheck } from './checks/mcp-servers.ts';
import { memoryCheck } from './checks/memory.ts';
import { modelsCheck } from './checks/models.ts';
import { nodeVersionCheck } from './checks/node-version.ts';
import { overdueCheck } from './checks/overdue.ts';
import { queuesCheck } from './checks/queues.ts';
import { rolesCheck } from './checks/roles.ts';
import { secretKeysCheck } from './checks/secret-keys.ts';
import { sessionCheck } from './checks/session.ts';
import { slackManifestCheck } from './checks/slack-manifest.ts';
import { slackScopesCheck } from './checks/slack-scopes.ts';
import { tablesCheck } from './checks/tables.ts';
import { workerCheck } from './checks/worker-state.ts';

/** In the order in which a fault of one makes faults of the next. */
export const checks: readonly Check[] = [
  ...[accountCheck, clockCheck, keyCheck, secretKeysCheck],
  ...[slackScopesCheck, slackManifestCheck, functionsCheck, rolesCheck, receiverCheck, portalCheck, frontCheck],
  ...[workerCheck, nodeVersionCheck, sessionCheck, modelsCheck, guardrailCheck, memoryCheck, knowledgeBasesCheck],
  ...[gatewayCheck, mcpServersCheck, tablesCheck, logsCheck, concurrencyCheck, liveSessionsCheck],
  ...[loadCheck, queuesCheck, overdueCheck],
];

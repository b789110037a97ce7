import { workerEnv } from '@vera/worker/env';
import { environmentOf } from '../constructs/environment-of.ts';
import { checkEnvironmentSize } from './environment-size.ts';
import type { WorkerStackProps } from './worker-stack.ts';

export function workerEnvironmentOf({ settings, storage, gateway, authPortal }: WorkerStackProps): Record<string, string> {
  const { knowledgeBase, limits, mcpServers, approvers } = settings;
  const environment = environmentOf(workerEnv, {
    SECRET_ID: storage.secretArn,
    LEDGER_TABLE: storage.tables.ledger.name,
    COMPANY_NAME: settings.company,
    MODEL_ID: settings.model.id,
    MODEL_MAX_TOKENS: String(settings.model.maxTokens),
    GUARDRAIL_ID: storage.safeguard.id,
    GUARDRAIL_VERSION: storage.safeguard.version,
    KNOWLEDGE_BASE_ID: knowledgeBase?.id,
    KNOWLEDGE_BASE_REGION: knowledgeBase?.region,
    TURN_LIMIT: String(limits.turns),
    TOKEN_LIMIT: String(limits.tokens),
    ANSWER_SECONDS: String(limits.seconds),
    GATEWAY_URL: gateway?.url,
    GATEWAY_CLIENT_SECRET_ID: gateway?.clientSecretArn,
    MCP_SERVERS: mcpServers.length > 0 ? mcpServers.join(',') : undefined,
    ACCOUNTS_TABLE: storage.tables.accounts.name,
    ACCOUNTS_KEY: storage.keyArn,
    PORTAL_URL: authPortal.url,
    CHANGE_APPROVERS: approvers.length > 0 ? approvers.join(',') : undefined,
  });
  checkEnvironmentSize(environment);
  return environment;
}

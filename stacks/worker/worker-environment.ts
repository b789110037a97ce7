import { type ServerEntry, workerEnv } from '@vera/worker/env';
import { Token } from 'cdktf';
import type { AuthPortalStack } from '../auth-portal/auth-portal-stack.ts';
import { environmentOf } from '../constructs/environment-of.ts';
import type { GatewayStack } from '../gateway/gateway-stack.ts';
import { limitedIn } from '../settings/budgets-schema.ts';
import { nameOf } from '../settings/names.ts';
import { type Settings, SettingsError } from '../settings/settings.ts';
import type { StorageStack } from '../storage/storage-stack.ts';
import { awsReaderArnOf } from './aws-reader.ts';

/** What the worker is made of: its environment and its rights name these. */
export interface WorkerParts {
  readonly settings: Settings;
  readonly storage: StorageStack;
  readonly gateway: GatewayStack | undefined;
  readonly authPortal: AuthPortalStack;
}

export function workerEnvironmentOf({ settings, storage, gateway, authPortal }: WorkerParts): Record<string, string> {
  const { knowledgeBases, limits, mcpServers, approvers } = settings;
  const environment = environmentOf(workerEnv, {
    DEPLOYMENT: nameOf(settings),
    SECRET_ID: storage.secretArn,
    LEDGER_TABLE: storage.tables.ledger.name,
    AUDIT_TABLE: storage.tables.audit.name,
    AUDIT_DAYS: String(settings.audit.days),
    AUDIT_CONTENT: settings.audit.content === 'full' ? 'full' : undefined,
    COMPANY_NAME: settings.company,
    MODEL_ID: settings.model.id,
    MODEL_MAX_TOKENS: String(settings.model.maxTokens),
    HELPER_MODELS: toldPairs(settings.model.helpers),
    PROFILE_MODELS: toldPairs(settings.model.profiles),
    GUARDRAIL_ID: storage.safeguard.id,
    GUARDRAIL_VERSION: storage.safeguard.version,
    MEMORY_ID: storage.memory?.id,
    KNOWLEDGE_BASES: knowledgeBases.length > 0 ? JSON.stringify(knowledgeBases) : undefined,
    TURN_LIMIT: String(limits.turns),
    TOKEN_LIMIT: String(limits.tokens),
    TOOL_LIMIT: String(limits.toolCalls),
    SAME_CALL_LIMIT: String(limits.sameCalls),
    TRACING: settings.tracing === 'off' ? undefined : settings.tracing,
    SHOWS_COST: settings.showsCost ? 'true' : undefined,
    OVERLAP: settings.overlap === 'fold' ? undefined : settings.overlap,
    BUDGETS: JSON.stringify(limitedIn(settings.budgets)),
    ANSWER_SECONDS: String(limits.seconds),
    GATEWAY_URL: gateway?.url,
    GATEWAY_CLIENT_SECRET_ID: gateway?.clientSecretArn,
    MCP_SERVERS: mcpServers.length > 0 ? JSON.stringify(mcpServers.map(toldToTheWorker)) : undefined,
    AWS_READER_ROLE: awsReaderArnOf(settings),
    ACCOUNTS_TABLE: storage.tables.accounts.name,
    ACCOUNTS_KEY: storage.keyArn,
    PORTAL_URL: authPortal.url,
    ...platformOf(settings),
    DEBUG_ENABLED: settings.debug ? 'true' : undefined,
    READS_SLACK: settings.readsSlack ? undefined : 'false',
    CHANGE_APPROVERS: approvers.length > 0 ? approvers.join(',') : undefined,
  });
  checkEnvironmentSize(environment, settings.worker.on === 'lambda' ? 'Lambda' : 'AgentCore');
  return environment;
}

/** On Lambda nobody brings a stop to the very process that answers: it is noticed as often as a lease is renewed. */
function platformOf({ worker, platform }: Settings) {
  return worker.on === 'lambda' ? { PLATFORM: 'lambda', HEARTBEAT_SECONDS: '1' } : { PLATFORM: platform };
}

function toldPairs(pairs: Readonly<Record<string, string>>): string | undefined {
  const told = Object.entries(pairs).map(([name, value]) => `${name}=${value}`);
  return told.length === 0 ? undefined : told.join(',');
}

/** What the gateway shows to a server behind it stays there: neither the key's name nor its place is the worker's business. */
function toldToTheWorker(entry: ServerEntry): ServerEntry {
  if (typeof entry === 'string' || entry.via !== 'gateway') return entry;
  const { headers: _, oauth: __, keyVersion: ___, ...told } = entry;
  return told as ServerEntry;
}

/** AgentCore (developer guide, "how it works", platform V1) and Lambda refuse more, names and values together. */
const mostBytes = 4096;
const fewerBytes: Readonly<Record<string, string>> = {
  MCP_SERVERS:
    ' Servers take less as "annotated" than with long lists of reads, without what is the default anyway, and as several tools of one server.',
  KNOWLEDGE_BASES: ' Knowledge bases take less with a shorter "about" and without what is the default anyway.',
};
/** What is known after apply only is an ARN or a URL. */
const bytesOfUnknown = 160;

/** Throws before a deployment would: the refusal of who runs it comes after minutes, and does not name the variable. */
export function checkEnvironmentSize(environment: Readonly<Record<string, string>>, who = 'AgentCore'): void {
  const sizes = Object.entries(environment).map(([name, value]) => {
    const bytes = Buffer.byteLength(name) + (Token.isUnresolved(value) ? bytesOfUnknown : Buffer.byteLength(value));
    return { name, bytes };
  });
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  if (total <= mostBytes) return;
  const largest = sizes.sort((a, b) => b.bytes - a.bytes).slice(0, 3);
  const named = largest.map(({ name, bytes }) => `${name} (${bytes})`).join(', ');
  const shorter = largest[0] ? (fewerBytes[largest[0].name] ?? '') : '';
  throw new SettingsError(`The worker's environment has ${total} bytes; ${who} takes ${mostBytes}. The largest: ${named}.${shorter}`);
}

import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { KnowledgeBaseData, ServerEntry } from '@vera/worker/env';
import { UsageError } from './usage-error.ts';

/** What commands need to know of a deployment: as its settings have it, and what things are called in AWS. */
export interface Deployment {
  readonly account: string;
  readonly region: string;
  readonly mcpServers: readonly ServerEntry[];
  readonly knowledgeBases: readonly KnowledgeBaseData[];
  /** The bucket of Terraform's state; undefined: beside the code. */
  readonly state: { readonly bucket: string; readonly region: string } | undefined;
  /** Where people see the auth portal, when it is not the function's own address. */
  readonly portalUrl: string | undefined;
  /** Names under which CloudFront stands before receiver and portal; undefined where the functions' own addresses are told. */
  readonly front: { readonly receiver: string; readonly portal: string } | undefined;
  /** The file's name, as `VERA_ENVIRONMENT` has it. */
  readonly environment: string;
  readonly botName: string;
  readonly secret: string;
  /** The keys that the secret may hold. */
  readonly secretKeys: readonly string[];
  /** Variables of Terraform that carry the keys of the gateway's targets. */
  readonly gatewayVariables: readonly string[];
  readonly functionNameOf: (role: string) => string;
  /** AgentCore's runtime, whose id begins with it; empty where the worker runs on Lambda. */
  readonly runtime: string;
  /** All of them, defaults included; here typed as far as somebody looks. */
  readonly settings: DeployedSettings;
}

/** Settings by which what is deployed is judged. */
export interface DeployedSettings {
  readonly account: string;
  readonly memory: 'on' | 'off';
  readonly worker: { readonly on: 'agentcore' | 'lambda'; readonly reservedConcurrency?: number };
  readonly platform: 'v1' | 'v2';
  readonly rollBackTo?: number;
  readonly image: { readonly build: string } | { readonly uri: string };
  readonly model: { readonly id: string; readonly helpers: Readonly<Record<string, string>> };
  readonly mcpServers: readonly ServerEntry[];
  readonly knowledgeBases: readonly KnowledgeBaseData[];
  readonly guardrail: { readonly existing?: { readonly id: string; readonly version: string } };
  readonly gateway?: { readonly targets: Readonly<Record<string, unknown>> };
  readonly keyArn?: string;
  readonly budgets: Readonly<Partial<Record<'person' | 'channel' | 'workspace', DayLimit>>>;
  /** Those that the company keeps itself. */
  readonly roles: Readonly<Record<string, string>>;
  readonly logDays: number;
  readonly deletionProtection: boolean;
  readonly readsSlack: boolean;
  readonly approvers: readonly string[];
  readonly receiver: FunctionSettings;
  readonly invoker: FunctionSettings;
  readonly sweeper: FunctionSettings;
  readonly authPortal: FunctionSettings;
}

/** What may be used in a day. */
export interface DayLimit {
  readonly tokensPerDay?: number | 'off';
  readonly dollarsPerDay?: number | 'off';
}

interface FunctionSettings {
  readonly timeoutSeconds: number;
  readonly reservedConcurrency?: number;
}

interface Printed {
  readonly settings: DeployedSettings &
    Pick<Deployment, 'account' | 'region' | 'mcpServers' | 'knowledgeBases' | 'environment' | 'botName'> &
    Partial<Pick<Deployment, 'state' | 'portalUrl' | 'front'>>;
  readonly names: { readonly functions: string; readonly secret: string; readonly runtime?: string };
  readonly 'keys of the secret': readonly string[];
  readonly 'variables of the gateway': readonly string[];
}

const settingsPrinter = fileURLToPath(new URL('../../../../stacks/settings/print-settings.ts', import.meta.url));

let known: Deployment | undefined;

/** Of the settings that `VERA_ENVIRONMENT` names, read once in a process. What checks them says what is wrong with them. */
export function deployment(): Deployment {
  known ??= readDeployment();
  return known;
}

function readDeployment(): Deployment {
  try {
    const printed = execFileSync(process.execPath, [settingsPrinter], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
    const told = JSON.parse(printed) as Printed;
    const { settings, names, 'keys of the secret': secretKeys, 'variables of the gateway': gatewayVariables } = told;
    const { state, portalUrl, front, ...rest } = settings;
    return {
      ...rest,
      state,
      portalUrl,
      front,
      secret: names.secret,
      secretKeys,
      gatewayVariables,
      runtime: names.runtime ?? '',
      settings,
      functionNameOf: (role) => names.functions.replace('…', role),
    };
  } catch (cause) {
    throw new UsageError('The settings cannot be used.', { cause });
  }
}

import { auditEnv } from '@vera/audit/env';
import * as z from 'zod/mini';
import { type BudgetData, budgetData, usualBudgets } from './budget/day-budgets.ts';
import { type ProfileModels, priceOf, pricesAsOf } from './budget/prices.ts';
import { runtimeDollars } from './budget/runtime-use.ts';
import { type KnowledgeBaseData, knowledgeBaseList } from './knowledge/knowledge-base-data.ts';
import { apiTargets, type GatewayCredential, gatewayCredentialOf, gatewayKeysOf } from './mcp/behind-gateway.ts';
import { keysOf, type ServerData } from './mcp/server-data.ts';
import { type ServerEntry, serverEntries, serversOf } from './mcp/server-entries.ts';

/** What the stacks need of knowledge bases, MCP servers and budgets, which are data of theirs as well. */
export {
  type BudgetData,
  budgetData,
  type GatewayCredential,
  gatewayCredentialOf,
  gatewayKeysOf,
  type KnowledgeBaseData,
  knowledgeBaseList,
  priceOf,
  pricesAsOf,
  runtimeDollars,
  type ServerData,
  type ServerEntry,
  serverEntries,
  serversOf,
  usualBudgets,
};

const wholeNumber = (smallest: number, otherwise: number) => z._default(z.coerce.number().check(z.int(), z.minimum(smallest)), otherwise);
const text = () => z.string().check(z.minLength(1));
const json = z.pipe(
  z.string(),
  z.transform((value: string, context) => {
    try {
      return JSON.parse(value) as unknown;
    } catch {
      context.issues.push({ code: 'custom', message: 'it must be JSON', input: value });
      return z.NEVER;
    }
  }),
);

const pairs = (form: RegExp) =>
  z.pipe(
    z._default(z.string().check(z.regex(form)), ''),
    z.transform((value: string) =>
      value.split(',').flatMap((entry) => (entry === '' ? [] : [entry.split('=') as [name: string, value: string]])),
    ),
  );

export const workerEnv = z.object({
  /** Which of the deployments in an account this is: what it counts is told apart by it. */
  DEPLOYMENT: text(),
  /** AgentCore's platform version, or Lambda. As on V1 it is right on both of AgentCore, and merely slower on V2, so that is what it is where nobody says. */
  PLATFORM: z._default(z.enum(['v1', 'v2', 'lambda']), 'v1'),
  /** Lambda's own, in megabytes: what it bills, used or not. */
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: z.optional(z.coerce.number()),
  /** AgentCore calls port 8080. */
  PORT: wholeNumber(1, 8080),
  /** AgentCore calls from outside the container; on a laptop nobody but itself may. */
  HOST: z._default(z.union([z.ipv4(), z.ipv6()]), '0.0.0.0'),
  /** Name or ARN of the secret with the keys of `secrets.ts`. */
  SECRET_ID: text(),
  LEDGER_TABLE: text(),
  ...auditEnv,
  /** `full`: the audit log also shows what tools are given, secrets redacted. */
  AUDIT_CONTENT: z._default(z.enum(['metadata', 'full']), 'metadata'),
  COMPANY_NAME: text(),
  /** An inference profile, such as `us.anthropic.claude-sonnet-5-5`, or the ARN of one. */
  MODEL_ID: text(),
  MODEL_MAX_TOKENS: wholeNumber(1, 8192),
  /** Other models that helpers may use: `fast=us.anthropic.…,deep=…`. */
  HELPER_MODELS: pairs(/^(?:[a-z]{1,16}=[^=,]+(?:,(?=.)|$))*$/),
  /** What application inference profiles were made of, for their prices: `arn:…=us.anthropic.…`. */
  PROFILE_MODELS: z.pipe(
    pairs(/^(?:arn:[^=,]+=[^=,]+(?:,(?=.)|$))*$/),
    z.transform((models): ProfileModels => new Map(models)),
  ),
  /** Guards what the model is asked and what it says; both or neither. */
  GUARDRAIL_ID: z.optional(text()),
  /** A published version, a number. */
  GUARDRAIL_VERSION: z.optional(z.string().check(z.regex(/^[1-9]\d*$/))),
  /** AgentCore's memory of people; nobody is remembered without. */
  MEMORY_ID: z.optional(text()),
  /** Knowledge bases, as JSON: what the settings say of them, unchanged. */
  KNOWLEDGE_BASES: z.pipe(z.prefault(json, '[]'), knowledgeBaseList),
  /** The MCP gateway in front of the company's tools. */
  GATEWAY_URL: z.optional(z.url()),
  /** Name or ARN of the secret with the gateway's client; left out where the gateway takes the worker's own signature. */
  GATEWAY_CLIENT_SECRET_ID: z.optional(text()),
  /** MCP servers that are switched on, as JSON: what the settings say of them, unchanged. */
  MCP_SERVERS: z.pipe(
    z.pipe(z.prefault(json, '[]'), serverEntries),
    z.transform((entries: ServerEntry[]) => serversOf(entries)),
  ),
  /** Where programs of MCP servers are looked for, after the image's own folders. */
  PATH: z._default(z.string(), ''),
  /** ARN of the role that AWS's MCP server acts with, which may only read; needed where `aws` is switched on. */
  AWS_READER_ROLE: z.optional(z.string().check(z.regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/))),
  /** Where people's connected accounts are, what seals them, and the page that connects them: all three or none. */
  ACCOUNTS_TABLE: z.optional(text()),
  ACCOUNTS_KEY: z.optional(text()),
  PORTAL_URL: z.optional(z.url()),
  /** Slack ids, parted by commas, of those who approve changes; the one who asks where it is empty. */
  CHANGE_APPROVERS: z._default(z.string(), ''),
  /** Other origins of the providers. */
  ATLASSIAN_AUTH_URL: z.optional(z.url()),
  ATLASSIAN_API_URL: z.optional(z.url()),
  GITHUB_URL: z.optional(z.url()),
  GITHUB_API_URL: z.optional(z.url()),
  /** Model calls one question may take, those of its helpers included. */
  TURN_LIMIT: wholeNumber(1, 60),
  /** Tokens one question may use, its helpers included, input and output together. */
  TOKEN_LIMIT: wholeNumber(1, 600000),
  /** Calls of tools one question may make, its helpers included. */
  TOOL_LIMIT: wholeNumber(1, 200),
  /** Calls of one tool with the very same input in one run. */
  SAME_CALL_LIMIT: wholeNumber(1, 5),
  /** Budgets for a day and more, as JSON: what the settings say of them, unchanged. */
  BUDGETS: z.pipe(z.prefault(json, '{}'), budgetData),
  /** `true`: under each answer stands what it came to. */
  SHOWS_COST: z._default(z.enum(['true', 'false']), 'false'),
  /** `queue`: what somebody writes while their question is answered is the next one, instead of part of it. */
  OVERLAP: z._default(z.enum(['fold', 'queue']), 'fold'),
  /** The longest a question may take. */
  ANSWER_SECONDS: wholeNumber(1, 600),
  /** How long a question stays with a worker that no longer renews its lease. */
  LEASE_SECONDS: wholeNumber(1, 20),
  /** Between two renewals of a lease; a stop is noticed as often. */
  HEARTBEAT_SECONDS: wholeNumber(1, 5),
  /** `off`: nothing is traced. */
  TRACING: z._default(z.enum(['off', 'vera']), 'off'),
  /** Another origin of X-Ray, which takes traces. */
  AWS_ENDPOINT_URL_XRAY: z.optional(z.url()),
  /** `false`: no other channels are read and no messages searched. */
  READS_SLACK: z._default(z.enum(['true', 'false']), 'true'),
  /** Another origin of Slack's Web API. */
  SLACK_API_URL: z.optional(z.url()),
  /** Where Slack's response URLs are; another origin for GovSlack. */
  SLACK_HOOKS_URL: z._default(z.url(), 'https://hooks.slack.com'),
  /** `true` logs whole model requests and answers, and what tools were given and gave, secrets redacted. */
  DEBUG_ENABLED: z._default(z.enum(['true', 'false']), 'false'),
});

/** What Lambda puts into the environment of a container: where its program asks for events. */
export const lambdaEnv = z.object({ AWS_LAMBDA_RUNTIME_API: text() });

/** The keys of the worker's secret that these servers need. */
export function toolKeysOf(servers: readonly ServerData[]): readonly string[] {
  return [...new Set(servers.flatMap(keysOf))];
}

/** Whose tools there are, by the names that errors of tools are counted under. */
export function toolServersOf(servers: readonly Pick<ServerData, 'name'>[], hasGateway: boolean): string[] {
  return [...servers.map(({ name }) => name), ...(hasGateway ? ['gateway', ...Object.keys(apiTargets)] : [])];
}

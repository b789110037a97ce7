import { ledgerTable } from '@vera/ledger/table';
import { names } from '../../src/names.ts';
import type { Place } from './deployment.ts';

/** Whatever has an account's own key, by its ARN. */
type KeyOf = (arn: string) => string | undefined;

const modelRegions = ['us-east-1', 'us-east-2', 'us-west-2'];

/**
 * The ARNs of what a component's variables name, each under the name of what it is. On the laptop and in AWS alike: so a call that was seen
 * here is known there, and a policy for another table than the one in the environment is found.
 */
export function resourcesNamedBy(
  environment: Readonly<Record<string, string>>,
  place: Place,
  keyOf: KeyOf,
): Readonly<Record<string, string>> {
  const arn = (service: string, resource: string, { region, account }: Place = place) =>
    `arn:aws:${service}:${region}:${account}:${resource}`;
  const {
    SECRET_ID,
    LEDGER_TABLE,
    AUDIT_TABLE,
    AUDIT_HEADS_TABLE,
    INVOKER_FUNCTION,
    AGENT_RUNTIME_ARN,
    AGENT_RUNTIME_QUALIFIER = 'DEFAULT',
    WORKER_FUNCTION,
  } = environment;
  const { ACCOUNTS_TABLE, ACCOUNTS_KEY, GATEWAY_URL, GATEWAY_CLIENT_SECRET_ID, AWS_READER_ROLE } = environment;
  const { MODEL_ID, GUARDRAIL_ID, MEMORY_ID, KNOWLEDGE_BASES = '[]' } = environment;
  const bases = JSON.parse(KNOWLEDGE_BASES) as readonly { readonly id: string; readonly region?: string }[];
  // By name on the laptop, whose Secrets Manager makes the same six characters every time.
  const secretArn = (id: string | undefined) => (id?.startsWith('arn:') || !id ? id : arn('secretsmanager', `secret:${id}-Ver4xA`));
  const secret = secretArn(SECRET_ID);
  const gatewayClient = secretArn(GATEWAY_CLIENT_SECRET_ID);
  const ledger = LEDGER_TABLE && arn('dynamodb', `table/${LEDGER_TABLE}`);
  const audit = AUDIT_TABLE && arn('dynamodb', `table/${AUDIT_TABLE}`);
  const heads = AUDIT_HEADS_TABLE && arn('dynamodb', `table/${AUDIT_HEADS_TABLE}`);
  const accounts = ACCOUNTS_TABLE && arn('dynamodb', `table/${ACCOUNTS_TABLE}`);
  const model = MODEL_ID?.replace(/^[a-z-]+\./, '');
  return present({
    secret,
    'key of the secret': secret && keyOf(secret),
    'secret of the gateway’s client': gatewayClient,
    'key of that secret': gatewayClient && keyOf(gatewayClient),
    gateway: GATEWAY_URL && arn('bedrock-agentcore', `gateway/${gatewayIdOf(GATEWAY_URL)}`),
    ledger,
    'index of the ledger': ledger && `${ledger}/index/${ledgerTable.index.name}`,
    'key of the ledger': ledger && keyOf(ledger),
    audit,
    'key of the audit log': audit && keyOf(audit),
    'heads of the audit log': heads,
    accounts,
    'key of the accounts': accounts && keyOf(accounts),
    'key of what is sealed': ACCOUNTS_KEY,
    'reader of AWS': AWS_READER_ROLE,
    invoker: INVOKER_FUNCTION && arn('lambda', `function:${INVOKER_FUNCTION}`),
    'worker function': WORKER_FUNCTION && arn('lambda', `function:${WORKER_FUNCTION}`),
    runtime: AGENT_RUNTIME_ARN,
    endpoint: AGENT_RUNTIME_ARN && `${AGENT_RUNTIME_ARN}/runtime-endpoint/${AGENT_RUNTIME_QUALIFIER}`,
    profile: MODEL_ID && arn('bedrock', `inference-profile/${MODEL_ID}`),
    ...Object.fromEntries(
      modelRegions.map((region) => [`model in ${region}`, model && arn('bedrock', `foundation-model/${model}`, { region, account: '' })]),
    ),
    guardrail: GUARDRAIL_ID && arn('bedrock', `guardrail/${GUARDRAIL_ID}`),
    memory: MEMORY_ID && arn('bedrock-agentcore', `memory/${MEMORY_ID}`),
    ...Object.fromEntries(
      bases.map(({ id, region = place.region }) => [`knowledge base ${id}`, arn('bedrock', `knowledge-base/${id}`, { ...place, region })]),
    ),
  });
}

/** In AWS the id is the first part of the host; the laptop's gateway has a port instead. */
function gatewayIdOf(url: string): string {
  const [, first = '', rest] = /^https?:\/\/([^./:]+)([.:]?)/.exec(url) ?? [];
  return rest === '.' && first !== '127' ? first : names.gatewayId;
}

function present(named: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(named).flatMap(([name, arn]) => (arn ? [[name, arn]] : [])));
}

import { type Identity, mayDo } from '../iam/identity.ts';

/** What a call of an API gives, as boto3 would: `DescribeInstances` of `ec2` and so on. */
export type ApiAnswers = Readonly<Record<string, unknown>>;

export interface ScriptParts {
  readonly identity: Identity;
  /** Where calls go that name no region. */
  readonly region: string;
  readonly account: string;
  readonly answers: ApiAnswers;
}

interface ApiCall {
  readonly service: string;
  readonly operation: string;
  readonly region: string;
  readonly status: 'success' | 'error';
}

export interface ScriptResult {
  readonly status: 'success' | 'error';
  readonly return_value?: unknown;
  readonly error?: string;
  readonly api_calls: readonly ApiCall[];
}

/**
 * What the sandbox makes of a script, as far as it can be told without Python: each `call_boto3` in it is carried out, in order, until one
 * is refused; the answer of the last is what the script gives back. The real sandbox has no network but `call_boto3`, which wants operations
 * as the API spells them (the tool's own description; awslabs/mcp#4584).
 */
export function runScript(code: string, { identity, region: usual, account, answers }: ScriptParts): ScriptResult {
  const done: ApiCall[] = [];
  let value: unknown = null;
  if (/\bimport\s+(boto3|requests|socket|urllib)\b/.test(code)) {
    return { status: 'error', error: 'ModuleNotFoundError: there is no network here but call_boto3', api_calls: [] };
  }
  for (const [, inside = ''] of code.matchAll(/call_boto3\(((?:[^()]|\([^()]*\))*)\)/g)) {
    const argument = (name: string) => new RegExp(`\\b${name}\\s*=\\s*(['"])(.*?)\\1`).exec(inside)?.[2];
    const call = {
      service: argument('service_name') ?? '',
      operation: argument('operation_name') ?? '',
      region: argument('region_name') ?? usual,
    };
    const action = actionOf(call.service, call.operation);
    const refusal = !/^[A-Z]/.test(call.operation)
      ? `Unknown operation ${call.operation}: operation_name must be the PascalCase AWS API operation name`
      : refusalOf(action, call.operation, identity, account);
    done.push({ ...call, status: refusal ? 'error' : 'success' });
    if (refusal) return { status: 'error', error: refusal, api_calls: done };
    value = answers[`${call.service}:${call.operation}`] ?? {};
  }
  return { status: 'success', return_value: value, api_calls: done };
}

/** AWS words a refusal so whatever the service; calls carry the keys of the server that they come through. */
function refusalOf(action: string, operation: string, identity: Identity, account: string): string | undefined {
  const context = { 'aws:ViaAWSMCPService': 'true', 'aws:CalledViaAWSMCP': 'aws-mcp.amazonaws.com', 'aws:ResourceAccount': account };
  if (mayDo(identity, { action, resource: '*', context })) return undefined;
  const why = `User: ${identity.arn} is not authorized to perform: ${action}`;
  return `An error occurred (AccessDenied) when calling the ${operation} operation: ${why}`;
}

/** Where IAM calls it otherwise than the API does. */
const prefixes: Readonly<Record<string, string>> = {
  elbv2: 'elasticloadbalancing',
  elb: 'elasticloadbalancing',
  stepfunctions: 'states',
  resourcegroupstaggingapi: 'tag',
  'service-quotas': 'servicequotas',
};
const actions: Readonly<Record<string, string>> = {
  's3:ListBuckets': 's3:ListAllMyBuckets',
  's3:ListObjectsV2': 's3:ListBucket',
};

function actionOf(service: string, operation: string): string {
  const action = `${prefixes[service] ?? service}:${operation}`;
  return actions[action] ?? action;
}

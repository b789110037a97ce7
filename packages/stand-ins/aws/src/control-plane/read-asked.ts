import { unknownOperation } from '../answer-aws.ts';

/** What somebody wants to know. */
export interface Asked {
  /** As IAM knows it. */
  readonly action: string;
  /** What stands in the path, in order. */
  readonly ids: readonly string[];
  readonly query: URLSearchParams;
  /** Of the JSON protocols, and of lists that are asked for by POST. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly isXml: boolean;
}

/** By the service's own signature name where `x-amz-target` names the operation; IAM's name of the service is another one for some. */
const targets: Readonly<Record<string, string>> = { monitoring: 'cloudwatch' };

const routes: readonly (readonly [method: string, path: RegExp, action: string])[] = [
  ['GET', /^\/runtimes\/([^/]+)\/$/, 'bedrock-agentcore:GetAgentRuntime'],
  ['POST', /^\/runtimes\/([^/]+)\/versions\/$/, 'bedrock-agentcore:ListAgentRuntimeVersions'],
  ['GET', /^\/runtimes\/([^/]+)\/runtime-endpoints\/([^/]+)\/$/, 'bedrock-agentcore:GetAgentRuntimeEndpoint'],
  ['GET', /^\/gateways\/([^/]+)\/$/, 'bedrock-agentcore:GetGateway'],
  ['GET', /^\/gateways\/([^/]+)\/targets\/$/, 'bedrock-agentcore:ListGatewayTargets'],
  ['GET', /^\/memories\/([^/]+)\/details$/, 'bedrock-agentcore:GetMemory'],
  ['GET', /^\/guardrails\/([^/]+)$/, 'bedrock:GetGuardrail'],
  ['GET', /^\/inference-profiles\/([^/]+)$/, 'bedrock:GetInferenceProfile'],
  ['GET', /^\/foundation-model-availability\/([^/]+)$/, 'bedrock:GetFoundationModelAvailability'],
  ['GET', /^\/knowledgebases\/([^/]+)$/, 'bedrock:GetKnowledgeBase'],
  ['POST', /^\/knowledgebases\/([^/]+)\/datasources\/$/, 'bedrock:ListDataSources'],
  ['POST', /^\/knowledgebases\/([^/]+)\/datasources\/([^/]+)\/ingestionjobs\/$/, 'bedrock:ListIngestionJobs'],
  ['GET', /^\/2015-03-31\/functions\/([^/]+)\/configuration$/, 'lambda:GetFunctionConfiguration'],
  ['GET', /^\/2021-10-31\/functions\/([^/]+)\/url$/, 'lambda:GetFunctionUrlConfig'],
  ['GET', /^\/2019-09-30\/functions\/([^/]+)\/concurrency$/, 'lambda:GetFunctionConcurrency'],
  ['GET', /^\/2016-08-19\/account-settings$/, 'lambda:GetAccountSettings'],
];

/** The protocol of forms and XML. */
export function speaksQuery(service: string): boolean {
  return service === 'sts' || service === 'iam';
}

/** Throws an `AwsError` for what AWS has no such door for. */
export async function readAsked(request: Request): Promise<Asked> {
  const { pathname, searchParams: query } = new URL(request.url);
  const service = /\/([a-z-]+)\/aws4_request/.exec(request.headers.get('authorization') ?? '')?.[1] ?? '';
  const text = await request.text();
  const target = request.headers.get('x-amz-target')?.split('.').at(-1);
  if (target !== undefined)
    return { action: `${targets[service] ?? service}:${target}`, ids: [], query, body: JSON.parse(text || '{}'), isXml: false };
  if (speaksQuery(service)) {
    const { Action, ...body } = Object.fromEntries(new URLSearchParams(text));
    return { action: `${service}:${Action}`, ids: [], query, body, isXml: true };
  }
  for (const [method, path, action] of routes) {
    const found = method === request.method ? path.exec(pathname) : null;
    if (found) return { action, ids: found.slice(1).map(decodeURIComponent), query, body: JSON.parse(text || '{}'), isXml: false };
  }
  throw unknownOperation(request);
}

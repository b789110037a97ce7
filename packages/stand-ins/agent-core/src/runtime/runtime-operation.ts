import { type AwsOperation, unknownOperation } from '@vera/aws-stand-in/answer-aws';
import { AwsError } from '@vera/aws-stand-in/aws-error';
import type { RuntimeDefinition } from './runtime-definition.ts';
import { operationInProgress } from './session.ts';
import type { SessionRegistry } from './session-registry.ts';

const path = /^\/runtimes\/([^/]+)\/(invocations|stopruntimesession)$/;
const sessionHeader = 'x-amzn-bedrock-agentcore-runtime-session-id';
const userHeader = 'x-amzn-bedrock-agentcore-runtime-user-id';
const largestPayload = 100_000_000;

/** InvokeAgentRuntime and StopRuntimeSession. */
export function runtimeOperationOf(request: Request, runtimes: readonly RuntimeDefinition[], registry: SessionRegistry): AwsOperation {
  const { pathname, searchParams } = new URL(request.url);
  const [, runtime = '', operation] = path.exec(pathname) ?? [];
  if (request.method !== 'POST' || !operation) throw unknownOperation(request);
  const arn = decodeURIComponent(runtime);
  const qualifier = searchParams.get('qualifier') ?? 'DEFAULT';
  const definition = () => definitionOf(runtimes, arn, qualifier);
  // AWS checks both, and refuses whoever was granted the runtime alone.
  const needsOf = (action: string) =>
    [arn, `${arn}/runtime-endpoint/${qualifier}`].map((resource) => ({ action: `bedrock-agentcore:${action}`, resource }));
  if (operation === 'stopruntimesession') {
    const answer = () => stopped(request, definition(), registry);
    return { name: 'StopRuntimeSession', needs: needsOf('StopRuntimeSession'), answer };
  }
  const actions = ['InvokeAgentRuntime', ...(request.headers.has(userHeader) ? ['InvokeAgentRuntimeForUser'] : [])];
  return { name: 'InvokeAgentRuntime', needs: actions.flatMap(needsOf), answer: () => invoked(request, definition(), registry) };
}

async function invoked(request: Request, definition: RuntimeDefinition, registry: SessionRegistry): Promise<Response> {
  const id = request.headers.get(sessionHeader) ?? crypto.randomUUID();
  refuseBadSessionId(id);
  const body = new Uint8Array(await request.arrayBuffer());
  if (body.length > largestPayload) {
    throw new AwsError(400, 'ValidationException', `Payload is larger than ${largestPayload} bytes`, { reason: 'FieldValidationFailed' });
  }
  const session = await registry.open(definition, id);
  return session.invoke(request.headers, body);
}

/** Answers as soon as the session is ending; until it has ended, it cannot be invoked. */
function stopped(request: Request, definition: RuntimeDefinition, registry: SessionRegistry): Response {
  const id = request.headers.get(sessionHeader) ?? '';
  refuseBadSessionId(id);
  const session = registry.find(definition, id);
  if (!session) throw new AwsError(404, 'ResourceNotFoundException', 'The session does not exist');
  if (session.state !== 'running') throw operationInProgress();
  session.stop('stopped');
  return Response.json(
    { runtimeSessionId: id, statusCode: 200 },
    { headers: { [sessionHeader]: id, 'x-amzn-requestid': crypto.randomUUID() } },
  );
}

function definitionOf(runtimes: readonly RuntimeDefinition[], arn: string, qualifier: string): RuntimeDefinition {
  const definition = runtimes.find((runtime) => runtime.arn === arn);
  if (!definition) throw new AwsError(404, 'ResourceNotFoundException', `No agent runtime ${arn}`);
  const { endpoints = ['DEFAULT'] } = definition;
  if (!endpoints.includes(qualifier)) throw new AwsError(404, 'ResourceNotFoundException', `No endpoint ${qualifier} of ${arn}`);
  return definition;
}

/**
 * Refuses a session id the service would not take. Requests may have 33–256 characters, but the response's shape and Memory
 * take at most 100 of `[a-zA-Z0-9-_]`, so that only such ids work everywhere.
 */
function refuseBadSessionId(id: string): void {
  if (id.length < 33 || id.length > 256) throw invalid('Member must have length between 33 and 256');
  if (!/^[a-zA-Z0-9][a-zA-Z0-9-_]{32,99}$/.test(id))
    throw invalid('Member must satisfy [a-zA-Z0-9][a-zA-Z0-9-_]* and have at most 100 characters');
}

function invalid(why: string): AwsError {
  const message = `Value at 'runtimeSessionId' failed to satisfy constraint: ${why}`;
  return new AwsError(400, 'ValidationException', message, {
    reason: 'FieldValidationFailed',
    fieldList: [{ name: 'runtimeSessionId', message: why }],
  });
}

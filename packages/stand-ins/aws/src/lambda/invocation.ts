import type { AwsOperation } from '../answer-aws.ts';
import { AwsError } from '../aws-error.ts';
import { arnOf, type Place } from '../place.ts';
import type { FunctionRunner } from './function-runner.ts';
import { largestPayload } from './function-url.ts';

/** An asynchronous event may have a megabyte; it was 256 KB until late 2025. */
const largestEvent = 1_048_576;
/** By name, partial ARN or ARN, each with or without a version. */
const path = /^\/2015-03-31\/functions\/(?:(?:arn:aws:lambda:[\w-]+:)?\d{12}:function:)?([\w-]+)(?::[\w$-]+)?\/invocations$/;

/** `Invoke` of the Lambda API. */
export function invocationOf(request: Request, runner: FunctionRunner, place: Place): AwsOperation {
  const [, name] = path.exec(decodeURIComponent(new URL(request.url).pathname)) ?? [];
  if (!name || request.method !== 'POST') throw new AwsError(404, 'UnknownOperationException', 'This emulator knows only Invoke');
  const resource = arnOf('lambda', place, `function:${name}`);
  const needs = [{ action: 'lambda:InvokeFunction', resource }];
  return { name: 'Invoke', needs, answer: () => invoked(request, name, resource, runner) };
}

async function invoked(request: Request, name: string, arn: string, runner: FunctionRunner): Promise<Response> {
  const type = request.headers.get('x-amz-invocation-type') ?? 'RequestResponse';
  const body = await request.text();
  if (!runner.has(name)) throw new AwsError(404, 'ResourceNotFoundException', `Function not found: ${arn}`, { Type: 'User' });
  refuseTooLarge(Buffer.byteLength(body), type === 'Event');
  const payload = parsed(body);
  const requestId = crypto.randomUUID();
  const headers = { 'x-amzn-requestid': requestId, 'x-amz-executed-version': '$LATEST' };
  switch (type) {
    case 'DryRun':
      return new Response(null, { status: 204, headers });
    case 'Event':
      runner.accept(name, payload, requestId);
      return new Response('', { status: 202, headers });
    case 'RequestResponse': {
      const outcome = await runner.run(name, payload, requestId);
      const error = outcome.functionError ? { 'x-amz-function-error': outcome.functionError } : {};
      return new Response(outcome.payload, { status: 200, headers: { ...headers, 'content-type': 'application/json', ...error } });
    }
    default:
      throw new AwsError(400, 'InvalidParameterValueException', `Unsupported invocation type: ${type}`);
  }
}

/** The two kinds have two names for it. */
function refuseTooLarge(bytes: number, isEvent: boolean): void {
  if (isEvent && bytes > largestEvent) {
    const message = `${bytes} byte payload is too large for the Event invocation type (limit ${largestEvent} bytes)`;
    throw new AwsError(413, 'RequestTooLargeException', message, { Type: 'User' });
  }
  if (bytes <= largestPayload) return;
  const message = `Request must be smaller than ${largestPayload} bytes for the InvokeFunction operation`;
  throw new AwsError(413, 'RequestEntityTooLargeException', message, { Type: 'User' });
}

function parsed(body: string): string {
  if (body === '') return '{}';
  try {
    return JSON.stringify(JSON.parse(body));
  } catch {
    throw new AwsError(400, 'InvalidRequestContentException', 'Could not parse request body into json');
  }
}

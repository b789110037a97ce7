import { fileURLToPath } from 'node:url';
import { createCallRecord } from '@vera/aws-stand-in/call-record';
import { createLambda, type LambdaEmulator } from '@vera/aws-stand-in/create-lambda';
import { sessionIdOf } from '@vera/protocol/session-id';
import { type Listening, listen } from '@vera/stand-in-kit/listen';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { askedQuestion } from './asked-question.ts';

const entry = fileURLToPath(new URL('../../../dist/invoker/handler.mjs', import.meta.url));
const runtimeArn = 'arn:aws:bedrock-agentcore:us-east-1:000000000000:runtime/vera_worker-0123456789';
const sessionHeader = 'x-amzn-bedrock-agentcore-runtime-session-id';
const accepted = () => Response.json({ accepted: 'started' });
const refused = (status: number, type: string) => Response.json({ message: type }, { status, headers: { 'x-amzn-errortype': type } });

interface Called {
  readonly url: URL;
  readonly headers: Headers;
  readonly body: unknown;
}

describe('the invoker as it is deployed', () => {
  const called: Called[] = [];
  const lines: string[] = [];
  let answer: (tries: number) => Response | 'cut';
  let agentCore: Listening;
  let lambda: LambdaEmulator;

  beforeAll(async () => {
    agentCore = await listen(async (request, { incoming }) => {
      called.push({ url: new URL(request.url), headers: request.headers, body: await request.json() });
      const answered = answer(called.length);
      if (answered !== 'cut') return answered;
      incoming.socket.destroy();
      return new Response(null);
    });
    const environment = { AGENT_RUNTIME_ARN: runtimeArn, AWS_ENDPOINT_URL_BEDROCK_AGENTCORE: agentCore.url };
    lambda = await createLambda({
      record: createCallRecord(),
      functions: [
        { name: 'invoker', entry, environment, timeoutSeconds: 20 },
        {
          name: 'to-lambda',
          entry,
          environment: { WORKER_FUNCTION: 'worker', AWS_ENDPOINT_URL_LAMBDA: agentCore.url },
          timeoutSeconds: 20,
        },
        { name: 'misconfigured', entry, environment: { AGENT_RUNTIME_ARN: 'hush', SESSION_SCOPE: 'hush' }, timeoutSeconds: 20 },
      ],
      onLog: ({ line }) => void lines.push(line),
    });
  });
  beforeEach(() => {
    called.length = 0;
    lines.length = 0;
    answer = accepted;
  });
  afterAll(async () => {
    await lambda[Symbol.asyncDispose]();
    await agentCore[Symbol.asyncDispose]();
  });

  it('R11 calls the worker in the session of the thread, with the question as JSON', async () => {
    expect(await lambda.invoke('invoker', askedQuestion)).toEqual({ payload: null });
    const [{ url, headers, body } = {} as Called] = called;
    expect(called).toHaveLength(1);
    expect(decodeURIComponent(url.pathname)).toBe(`/runtimes/${runtimeArn}/invocations`);
    expect(url.searchParams.get('qualifier')).toBe('DEFAULT');
    expect(headers.get(sessionHeader)).toBe(sessionIdOf(askedQuestion, 'thread'));
    expect(headers.get('content-type')).toBe('application/json');
    expect(headers.get('authorization')).toContain('Credential=invoker/');
    expect(body).toEqual(askedQuestion);
    expect(lines.join()).toContain('question.invoked');
  });

  it.each([
    ['the worker refused', () => refused(424, 'RuntimeClientError'), 'RuntimeClientError'],
    ['AgentCore failed', () => refused(500, 'InternalServerException'), 'InternalServerException'],
    ['the runtime is gone', () => refused(404, 'ResourceNotFoundException'), 'ResourceNotFoundException'],
    ['the line broke', () => 'cut' as const, 'TimeoutError'],
  ])('R10 fails after one call when %s, so that Lambda tries again', async (_, failure, errorType) => {
    answer = failure;
    expect(await lambda.invoke('invoker', askedQuestion)).toMatchObject({ functionError: 'Unhandled', payload: { errorType } });
    expect(called).toHaveLength(1);
    expect(lines.join()).toContain('question.invoke-failed');
    expect(lines.join()).not.toContain('pager');
  });

  it('waits for a session that is still booting', async () => {
    answer = (tries) => (tries === 1 ? refused(409, 'RetryableConflictException') : accepted());
    expect(await lambda.invoke('invoker', askedQuestion)).toEqual({ payload: null });
    expect(called).toHaveLength(2);
  });

  it('hands work to a worker on Lambda without waiting for it, one call for one question', async () => {
    answer = () => new Response('', { status: 202 });
    expect(await lambda.invoke('to-lambda', askedQuestion)).toEqual({ payload: null });
    expect(called).toMatchObject([{ url: { pathname: '/2015-03-31/functions/worker/invocations' }, body: askedQuestion }]);
    expect(called[0]?.headers.get('x-amz-invocation-type')).toBe('Event');
    expect(lines.join()).toContain('"answer":"queued"');
    answer = () => refused(429, 'TooManyRequestsException');
    expect(await lambda.invoke('to-lambda', askedQuestion)).toMatchObject({ functionError: 'Unhandled' });
    expect(called).toHaveLength(2);
  });

  it('refuses to start with a wrong environment, and names everything that is wrong without repeating it', async () => {
    const { payload, functionError } = await lambda.invoke('misconfigured', askedQuestion);
    expect(functionError).toBe('Unhandled');
    expect(payload).toMatchObject({ errorMessage: expect.stringMatching(/AGENT_RUNTIME_ARN is wrong.*SESSION_SCOPE is wrong/) });
    expect(JSON.stringify(payload)).not.toContain('hush');
  });
});

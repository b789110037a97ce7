import { StopRuntimeSessionCommand } from '@aws-sdk/client-bedrock-agentcore';
import { describe, expect, it } from 'vitest';
import { arn, sessionOf, startedRuntime } from './agent-core-setup.ts';

describe('InvokeAgentRuntime', () => {
  it('starts a worker for a session and uses it again', async () => {
    await using runtime = await startedRuntime();
    const first = await runtime.invoke();
    const second = await runtime.invoke();
    expect(first).toMatchObject({ statusCode: 200, contentType: 'application/json', runtimeSessionId: sessionOf('a') });
    expect(second.body).toMatchObject({ pid: first.body.pid, runs: 2 });
    expect(runtime.emulator.sessions).toMatchObject([{ id: sessionOf('a'), pid: first.body.pid, state: 'running', runtimeArn: arn }]);
    expect(runtime.states()).toEqual(['starting', 'running']);
  });

  it('gives each session a process of its own', async () => {
    await using runtime = await startedRuntime();
    const [one, two] = await Promise.all(['a', 'b'].map((name) => runtime.invoke({}, { runtimeSessionId: sessionOf(name) })));
    expect(one?.body.pid).not.toBe(two?.body.pid);
  });

  it('runs several invocations of one session at the same time', async () => {
    await using runtime = await startedRuntime();
    await runtime.invoke();
    const slow = runtime.invoke({ waitMilliseconds: 200 });
    const quick = await runtime.invoke();
    expect(quick.body.runs).toBe((await slow).body.runs);
  });

  it('lets only the headers of the platform through to the worker', async () => {
    await using runtime = await startedRuntime();
    const { body } = await runtime.invoke({}, { runtimeUserId: 'U1', traceParent: '00-1-2-01' });
    expect(Object.keys(body.headers).sort()).toEqual([
      'accept',
      'connection',
      'content-length',
      'content-type',
      'host',
      'traceparent',
      'x-amzn-bedrock-agentcore-runtime-request-id',
      'x-amzn-bedrock-agentcore-runtime-session-id',
      'x-amzn-bedrock-agentcore-runtime-user-id',
    ]);
  });

  it('lets a header through that the runtime allows', async () => {
    const name = 'x-amzn-bedrock-agentcore-runtime-custom-tenant';
    await using runtime = await startedRuntime({ allowedHeaders: [name] });
    runtime.client.middlewareStack.add(
      (next) => (call) => {
        Object.assign((call.request as { headers: object }).headers, { [name]: 'acme', 'x-other': '1' });
        return next(call);
      },
      { step: 'build' },
    );
    const { body } = await runtime.invoke();
    expect(body.headers[name]).toBe('acme');
    expect(body.headers).not.toHaveProperty('x-other');
  });

  it('shows the worker its own environment and nothing of the machine', async () => {
    await using runtime = await startedRuntime({ environment: { LEDGER: 'x' } });
    const { environment } = (await runtime.invoke()).body;
    expect(environment).toMatchObject({
      LEDGER: 'x',
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'worker',
      PORT: '8080',
      HOST: '127.0.0.1',
    });
    expect(environment).not.toHaveProperty('HOME');
    expect(environment).not.toHaveProperty('VITEST');
  });

  it('gives each worker AgentCore’s one port, as if its network were its own: of many that start at once each answers for itself', async () => {
    await using runtime = await startedRuntime();
    const names = Array.from({ length: 6 }, (_, index) => `many${index}`);
    const answers = await Promise.all(names.map((name) => runtime.invoke({}, { runtimeSessionId: sessionOf(name) })));
    expect(new Set(answers.map(({ body }) => body.pid)).size).toBe(names.length);
    expect(answers.map(({ body }) => [body.runs, body.environment.PORT])).toEqual(names.map(() => [1, '8080']));
  });

  it('gives way to credentials that the environment brings, for a worker on the real Bedrock', async () => {
    await using runtime = await startedRuntime({ environment: { AWS_ACCESS_KEY_ID: 'AKIA', AWS_REGION: 'eu-west-1' } });
    expect((await runtime.invoke()).body.environment).toMatchObject({ AWS_ACCESS_KEY_ID: 'AKIA', AWS_REGION: 'eu-west-1' });
    await using profiled = await startedRuntime({ environment: { AWS_PROFILE: 'dev', HOME: '.' } });
    expect((await profiled.invoke()).body.environment).not.toHaveProperty('AWS_ACCESS_KEY_ID');
  });

  it('cannot be set up with an environment that AgentCore would refuse', async () => {
    await expect(startedRuntime({ environment: { LARGE: 'x'.repeat(4_096) } })).rejects.toThrow('has 4101 bytes of at most 4096');
    const many = Object.fromEntries(Array.from({ length: 51 }, (_, number) => [`V${number}`, '1']));
    await expect(startedRuntime({ environment: many })).rejects.toThrow('51 variables of at most 50');
  });

  it('passes payload and content type on as they are', async () => {
    await using runtime = await startedRuntime();
    const { body } = await runtime.invoke({}, { payload: Buffer.from('plain'), contentType: 'application/octet-stream' });
    expect(body.text).toBe('plain');
    expect(body.headers['content-type']).toBe('application/octet-stream');
  });

  it('streams the answer while the worker writes it', async () => {
    await using runtime = await startedRuntime();
    const order = { stream: ['one', 'two'], betweenMilliseconds: 100 };
    const { response, contentType } = await runtime.send(order);
    expect(contentType).toBe('text/event-stream');
    const arrived: { text: string; at: number }[] = [];
    for await (const chunk of response as AsyncIterable<Buffer>) arrived.push({ text: String(chunk), at: performance.now() });
    expect(arrived.map(({ text }) => text).join('')).toBe('data: one\n\ndata: two\n\n');
    expect(arrived.at(-1)!.at - arrived[0]!.at).toBeGreaterThan(50);
  });

  it('makes a session id when the caller sends none', async () => {
    await using runtime = await startedRuntime();
    runtime.client.middlewareStack.add(
      (next) => (call) => {
        delete (call.request as { headers: Record<string, string> }).headers['x-amzn-bedrock-agentcore-runtime-session-id'];
        return next(call);
      },
      { step: 'build' },
    );
    const { runtimeSessionId } = await runtime.invoke();
    expect(runtimeSessionId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('turns errors of the worker into 424', async () => {
    await using runtime = await startedRuntime();
    await expect(runtime.invoke({ status: 500 })).rejects.toMatchObject({
      name: 'RuntimeClientError',
      message: 'Received error (500) from runtime. Please check your CloudWatch logs for more information.',
      $metadata: { httpStatusCode: 424 },
    });
    await expect(runtime.invoke({ status: 404 })).rejects.toThrow('Received error (404) from runtime');
  });

  it('turns a worker that dies during a call into 424, and starts a new one for the next', async () => {
    await using runtime = await startedRuntime();
    const { pid } = (await runtime.invoke()).body;
    await expect(runtime.invoke({ exit: 1 })).rejects.toMatchObject({ name: 'RuntimeClientError' });
    await expect.poll(() => runtime.states()).toContain('ended');
    expect(runtime.changes.at(-1)).toMatchObject({ end: 'exit', exit: 'exit status 1' });
    const again = await runtime.invoke();
    expect(again.body).toMatchObject({ runs: 1 });
    expect(again.body.pid).not.toBe(pid);
  });

  it('records the call on the runtime and on its endpoint, and a second action when it acts for a user', async () => {
    await using runtime = await startedRuntime();
    await runtime.invoke();
    await runtime.invoke({}, { runtimeUserId: 'U1' });
    await runtime.client.send(new StopRuntimeSessionCommand({ agentRuntimeArn: arn, runtimeSessionId: sessionOf('a') }));
    const actions = ['InvokeAgentRuntime', 'InvokeAgentRuntime', 'InvokeAgentRuntimeForUser', 'StopRuntimeSession'];
    expect(runtime.record.calls.map(({ component, action, resource }) => `${component} ${action} ${resource}`)).toEqual(
      actions.flatMap((action) => [arn, `${arn}/runtime-endpoint/DEFAULT`].map((one) => `invoker bedrock-agentcore:${action} ${one}`)),
    );
  });

  it('passes what the worker writes to the log', async () => {
    await using runtime = await startedRuntime();
    await runtime.invoke();
    expect(runtime.lines).toContain('worker worker started');
  });
});

import { StopRuntimeSessionCommand } from '@aws-sdk/client-bedrock-agentcore';
import { describe, expect, it } from 'vitest';
import { arn, sessionOf, startedRuntime } from './agent-core-setup.ts';

const stop = (name: string) => new StopRuntimeSessionCommand({ agentRuntimeArn: arn, runtimeSessionId: sessionOf(name) });

describe('AgentCore Runtime refuses', () => {
  it.each([
    ['shorter than 33 characters', 'a'.repeat(32)],
    ['longer than 256', 'a'.repeat(257)],
    ['longer than 100, which its own answers could not hold', 'a'.repeat(101)],
    ['with a dot, such as a Slack timestamp', '1712345678.000100'.padEnd(40, '0')],
    ['that begins with a hyphen', '-'.padEnd(64, 'a')],
  ])('a session id %s', async (_, runtimeSessionId) => {
    await using runtime = await startedRuntime();
    const refused = { name: 'ValidationException', $metadata: { httpStatusCode: 400 } };
    await expect(runtime.invoke({}, { runtimeSessionId })).rejects.toMatchObject(refused);
    expect(runtime.changes).toEqual([]);
  });

  it('a runtime and an endpoint that do not exist', async () => {
    await using runtime = await startedRuntime();
    const unknown = { name: 'ResourceNotFoundException' };
    await expect(runtime.invoke({}, { agentRuntimeArn: `${arn}x` })).rejects.toMatchObject(unknown);
    await expect(runtime.invoke({}, { qualifier: 'blue' })).rejects.toMatchObject(unknown);
    await expect(runtime.invoke({}, { qualifier: 'DEFAULT' })).resolves.toBeDefined();
  });

  it('who does not sign', async () => {
    await using runtime = await startedRuntime();
    const response = await fetch(`${runtime.emulator.url}/runtimes/${encodeURIComponent(arn)}/invocations`, { method: 'POST', body: '{}' });
    expect(response.status).toBe(403);
    expect(runtime.record.calls).toEqual([]);
  });

  it('more than 100 MB', async () => {
    await using runtime = await startedRuntime();
    const authorization = `AWS4-HMAC-SHA256 Credential=a/20261123/us-east-1/bedrock-agentcore/aws4_request, SignedHeaders=host, Signature=${'0'.repeat(64)}`;
    const url = `${runtime.emulator.url}/runtimes/${encodeURIComponent(arn)}/invocations`;
    const response = await fetch(url, { method: 'POST', headers: { authorization }, body: Buffer.alloc(100_000_001) });
    expect([response.status, response.headers.get('x-amzn-errortype')]).toEqual([400, 'ValidationException']);
  });

  it('more new sessions in a second than the account may start', async () => {
    await using runtime = await startedRuntime({}, { newSessionsPerSecond: 2 });
    const start = (name: string) => runtime.invoke({}, { runtimeSessionId: sessionOf(name) });
    await start('a');
    await start('b');
    await expect(start('c')).rejects.toMatchObject({ name: 'ThrottlingException', $metadata: { httpStatusCode: 429 } });
    await expect(start('a')).resolves.toBeDefined();
    await runtime.clock.advance(1_000);
    await expect(start('c')).resolves.toBeDefined();
  });

  it('more sessions than the account may have', async () => {
    await using runtime = await startedRuntime({}, { activeSessions: 1 });
    await runtime.invoke();
    const second = runtime.invoke({}, { runtimeSessionId: sessionOf('b') });
    await expect(second).rejects.toMatchObject({ name: 'ServiceQuotaExceededException', message: 'maxVms limit exceeded' });
  });

  it('a new session while the quota is full, and lets those that run go on', async () => {
    await using runtime = await startedRuntime();
    await runtime.invoke();
    runtime.emulator.limitSessions(1);
    await runtime.invoke();
    const second = () => runtime.invoke({}, { runtimeSessionId: sessionOf('b') });
    await expect(second()).rejects.toMatchObject({ name: 'ServiceQuotaExceededException' });
    runtime.emulator.limitSessions(undefined);
    await expect(second()).resolves.toBeDefined();
  });

  it('a second operation while the session starts', async () => {
    // It starts until it is given up.
    const settings = { environment: { NEVER_HEALTHY: '1' }, bootSeconds: 30 };
    await using runtime = await startedRuntime(settings, { pingTimeoutMilliseconds: 20 });
    const first = runtime.invoke().catch((error: unknown) => error);
    await expect.poll(() => runtime.lines).toContain('worker worker started');
    const conflict = { name: 'RetryableConflictException', $metadata: { httpStatusCode: 409 } };
    await expect(runtime.invoke()).rejects.toMatchObject(conflict);
    await expect(runtime.client.send(stop('a'))).rejects.toMatchObject(conflict);
    await runtime.clock.advance(30_000);
    expect(await first).toMatchObject({ name: 'RuntimeClientError' });
  });

  it('an invocation while the session stops, and starts a new worker afterwards', async () => {
    await using runtime = await startedRuntime({ environment: { EXIT_AFTER_MILLISECONDS: '100' } });
    const { pid } = (await runtime.invoke()).body;
    await expect(runtime.client.send(stop('a'))).resolves.toMatchObject({ statusCode: 200, runtimeSessionId: sessionOf('a') });
    await expect(runtime.invoke()).rejects.toMatchObject({ name: 'RetryableConflictException' });
    await expect.poll(() => runtime.states()).toContain('ended');
    expect((await runtime.invoke()).body.pid).not.toBe(pid);
  });

  it('to stop a session that does not exist', async () => {
    await using runtime = await startedRuntime();
    await expect(runtime.client.send(stop('a'))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('a call when told to, and loses an answer after the worker had the call', async () => {
    await using runtime = await startedRuntime();
    runtime.emulator.inject({ kind: 'throttled', operation: 'InvokeAgentRuntime' });
    await expect(runtime.invoke()).rejects.toMatchObject({ name: 'ThrottlingException' });
    runtime.emulator.inject({ kind: 'lost-response' });
    await expect(runtime.invoke()).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect((await runtime.invoke()).body.runs).toBe(2);
  });
});

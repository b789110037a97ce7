import { InvokeCommand, ResourceNotFoundException, TooManyRequestsException } from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { fixturePath } from './fixture-path.ts';
import { invoker, startedLambda } from './lambda-setup.ts';

describe('a synchronous invocation', () => {
  it('runs the handler and uses a warm instance again', async () => {
    await using lambda = await startedLambda();
    const first = await lambda.invoke({ question: 1 });
    const second = await lambda.invoke({ question: 2 });
    expect(first.payload).toMatchObject({ event: { question: 1 }, runs: 1 });
    expect(second.payload).toMatchObject({ event: { question: 2 }, runs: 2, pid: first.payload.pid });
    expect(lambda.emulator.instances).toMatchObject([{ functionName: 'invoker', pid: first.payload.pid, state: 'idle' }]);
  });

  it('starts another instance while one is busy, and refuses one more than it may have', async () => {
    await using lambda = await startedLambda({ functions: [{ ...invoker, concurrency: 2 }] });
    const both = [lambda.invoke({ waitMilliseconds: 300 }), lambda.invoke({ waitMilliseconds: 300 })];
    await expect.poll(() => lambda.emulator.instances.length).toBe(2);
    await expect(lambda.invoke({})).rejects.toBeInstanceOf(TooManyRequestsException);
    const [one, two] = await Promise.all(both);
    expect(one?.payload.pid).not.toBe(two?.payload.pid);
  });

  it('shows the function its own environment and nothing of the machine', async () => {
    await using lambda = await startedLambda();
    const { payload } = await lambda.invoke({ do: 'environment' });
    expect(payload).toMatchObject({
      LEDGER: 'x',
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'invoker',
      AWS_LAMBDA_FUNCTION_NAME: 'invoker',
    });
    expect(Object.keys(payload)).not.toContain('HOME');
    expect(Object.keys(payload)).not.toContain('VITEST');
  });

  it('cannot be set up with an environment that Lambda would refuse', async () => {
    const withEnvironment = (environment: Record<string, string>) => startedLambda({ functions: [{ ...invoker, environment }] });
    await expect(withEnvironment({ AWS_REGION: 'eu-west-1' })).rejects.toThrow('sets AWS_REGION, which is reserved');
    await expect(withEnvironment({ LARGE: 'x'.repeat(4_096) })).rejects.toThrow('has 4101 bytes of at most 4096');
  });

  it('hands over a context', async () => {
    await using lambda = await startedLambda();
    const { payload } = await lambda.invoke({ do: 'context' });
    expect(payload).toMatchObject({
      functionName: 'invoker',
      invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:invoker',
    });
    expect(payload.remaining).toBeGreaterThan(19_000);
    expect(payload.remaining).toBeLessThanOrEqual(20_000);
  });

  it('reports what the handler threw and keeps the instance', async () => {
    await using lambda = await startedLambda();
    const { error, payload } = await lambda.invoke({ do: 'fail', message: 'no ledger' });
    expect(error).toBe('Unhandled');
    expect(payload).toMatchObject({ errorType: 'TypeError', errorMessage: 'no ledger' });
    expect((await lambda.invoke({})).payload.runs).toBe(2);
  });

  it('reports a process that exits, and starts a new one next time', async () => {
    await using lambda = await startedLambda();
    const { error, payload } = await lambda.invoke({ do: 'exit', status: 7 });
    expect(error).toBe('Unhandled');
    expect(payload.errorType).toBe('Runtime.ExitError');
    expect(payload.errorMessage).toContain('exit status 7');
    expect((await lambda.invoke({})).payload.runs).toBe(1);
  });

  it('kills a function that takes longer than it may', async () => {
    await using lambda = await startedLambda();
    const late = lambda.invoke({ waitMilliseconds: 60_000 });
    await expect.poll(() => lambda.lines).toContain('run 1');
    await lambda.clock.advance(20_000);
    expect((await late).payload).toMatchObject({ errorType: 'Sandbox.Timedout', errorMessage: expect.stringContaining('20.00 seconds') });
    expect(lambda.emulator.instances).toEqual([]);
  });

  it('reports a module that cannot be loaded, each time', async () => {
    await using lambda = await startedLambda({ functions: [{ ...invoker, entry: fixturePath('broken-function') }] });
    const failed = { error: 'Unhandled', payload: { errorType: 'RangeError', errorMessage: 'no environment' } };
    expect(await lambda.invoke({})).toMatchObject(failed);
    expect(await lambda.invoke({})).toMatchObject(failed);
  });

  it('refuses a handler with a callback, as Node 24 on Lambda does', async () => {
    await using lambda = await startedLambda({ functions: [{ ...invoker, entry: fixturePath('callback-function') }] });
    expect((await lambda.invoke({})).payload.errorType).toBe('Runtime.CallbackHandlerDeprecated');
  });

  it('answers null for a handler that returns nothing, and refuses a response over 6 MB', async () => {
    await using lambda = await startedLambda();
    expect((await lambda.invoke({ do: 'nothing' })).payload).toBeNull();
    expect((await lambda.invoke({ do: 'large' })).payload.errorType).toBe('Function.ResponseSizeTooLarge');
  });

  it('knows a function by name, with a version, and by ARN, and no other function', async () => {
    await using lambda = await startedLambda();
    const names = ['invoker:$LATEST', 'arn:aws:lambda:us-east-1:000000000000:function:invoker', '000000000000:function:invoker'];
    for (const name of names) expect((await lambda.invoke({}, name)).error).toBeUndefined();
    await expect(lambda.invoke({}, 'other')).rejects.toBeInstanceOf(ResourceNotFoundException);
  });

  it('refuses payloads that are too large or no JSON', async () => {
    await using lambda = await startedLambda();
    await expect(lambda.invoke('x'.repeat(6_291_456))).rejects.toMatchObject({ $metadata: { httpStatusCode: 413 } });
    await expect(lambda.send('x'.repeat(1_048_576))).rejects.toMatchObject({ name: 'RequestTooLargeException' });
    const noJson = new InvokeCommand({ FunctionName: 'invoker', Payload: Buffer.from('{') });
    await expect(lambda.client.send(noJson)).rejects.toMatchObject({ name: 'InvalidRequestContentException' });
  });

  it('does not run at all in a dry run', async () => {
    await using lambda = await startedLambda();
    const { StatusCode } = await lambda.client.send(new InvokeCommand({ FunctionName: 'invoker', InvocationType: 'DryRun' }));
    expect(StatusCode).toBe(204);
    expect(lambda.emulator.instances).toEqual([]);
  });

  it('records who invoked what, and refuses who does not sign', async () => {
    await using lambda = await startedLambda();
    await lambda.invoke({});
    const unsigned = await fetch(`${lambda.emulator.url}/2015-03-31/functions/invoker/invocations`, { method: 'POST', body: '{}' });
    expect(unsigned.status).toBe(403);
    const resource = 'arn:aws:lambda:us-east-1:000000000000:function:invoker';
    expect(lambda.record.calls).toMatchObject([{ component: 'receiver', action: 'lambda:InvokeFunction', resource, status: 200 }]);
    expect(lambda.record.calls).toHaveLength(1);
  });
});

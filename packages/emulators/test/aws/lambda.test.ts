import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { InvokeCommand, LambdaClient, ResourceNotFoundException, TooManyRequestsException } from '@aws-sdk/client-lambda';
import { afterEach, describe, expect, it } from 'vitest';
import { createCallRecord } from '../../src/aws/call-record.ts';
import { createTestClock } from '../../src/aws/clock.ts';
import { createLambda, type LambdaEmulator, type LambdaParams } from '../../src/aws/create-lambda.ts';
import type { FunctionDefinition } from '../../src/aws/lambda/function-definition.ts';
import { clientOptions } from './aws-client-options.ts';

const fixture = (name: string) => fileURLToPath(new URL(`./fixtures/${name}.mjs`, import.meta.url));
const definition: FunctionDefinition = { name: 'invoker', entry: fixture('function'), environment: { LEDGER: 'x' }, timeoutSeconds: 20 };

const record = createCallRecord();
const lines: string[] = [];
let emulator: LambdaEmulator;

async function started(params: Partial<LambdaParams> = {}): Promise<LambdaClient> {
  lines.length = 0;
  record.reset();
  emulator = await createLambda({ record, functions: [definition], onLog: ({ line }) => void lines.push(line), ...params });
  return new LambdaClient(clientOptions(emulator.url, 'receiver'));
}

async function invoked(client: LambdaClient, event: unknown, FunctionName = 'invoker') {
  const answer = await client.send(new InvokeCommand({ FunctionName, Payload: JSON.stringify(event) }));
  return { error: answer.FunctionError, payload: JSON.parse(answer.Payload!.transformToString()) };
}

const sendEvent = (client: LambdaClient, event: unknown, FunctionName = 'invoker') =>
  client.send(new InvokeCommand({ FunctionName, InvocationType: 'Event', Payload: JSON.stringify(event) }));

afterEach(() => emulator[Symbol.asyncDispose]());

describe('a synchronous invocation', () => {
  it('runs the handler and uses a warm instance again', async () => {
    const client = await started();
    const first = await invoked(client, { question: 1 });
    const second = await invoked(client, { question: 2 });
    expect(first.payload).toMatchObject({ event: { question: 1 }, runs: 1 });
    expect(second.payload).toMatchObject({ event: { question: 2 }, runs: 2, pid: first.payload.pid });
    expect(emulator.instances).toMatchObject([{ functionName: 'invoker', pid: first.payload.pid, state: 'idle' }]);
  });

  it('starts another instance while one is busy, and refuses one more than it may have', async () => {
    const client = await started({ functions: [{ ...definition, concurrency: 2 }] });
    const both = [invoked(client, { waitMilliseconds: 300 }), invoked(client, { waitMilliseconds: 300 })];
    await expect.poll(() => emulator.instances.length).toBe(2);
    await expect(invoked(client, {})).rejects.toBeInstanceOf(TooManyRequestsException);
    const [one, two] = await Promise.all(both);
    expect(one?.payload.pid).not.toBe(two?.payload.pid);
  });

  it('shows the function its own environment and nothing of the machine', async () => {
    const client = await started();
    const { payload } = await invoked(client, { do: 'environment' });
    expect(payload).toMatchObject({
      LEDGER: 'x',
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'invoker',
      AWS_LAMBDA_FUNCTION_NAME: 'invoker',
    });
    expect(Object.keys(payload)).not.toContain('HOME');
    expect(Object.keys(payload)).not.toContain('VITEST');
  });

  it('hands over a context', async () => {
    const client = await started();
    const { payload } = await invoked(client, { do: 'context' });
    expect(payload).toMatchObject({
      functionName: 'invoker',
      invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:invoker',
    });
    expect(payload.remaining).toBeGreaterThan(19_000);
    expect(payload.remaining).toBeLessThanOrEqual(20_000);
  });

  it('reports what the handler threw and keeps the instance', async () => {
    const client = await started();
    const { error, payload } = await invoked(client, { do: 'fail', message: 'no ledger' });
    expect(error).toBe('Unhandled');
    expect(payload).toMatchObject({ errorType: 'TypeError', errorMessage: 'no ledger' });
    expect((await invoked(client, {})).payload.runs).toBe(2);
  });

  it('reports a process that exits, and starts a new one next time', async () => {
    const client = await started();
    const { error, payload } = await invoked(client, { do: 'exit', status: 7 });
    expect(error).toBe('Unhandled');
    expect(payload.errorType).toBe('Runtime.ExitError');
    expect(payload.errorMessage).toContain('exit status 7');
    expect((await invoked(client, {})).payload.runs).toBe(1);
  });

  it('kills a function that takes longer than it may', async () => {
    const clock = createTestClock();
    const client = await started({ clock });
    const late = invoked(client, { waitMilliseconds: 60_000 });
    await expect.poll(() => lines).toContain('run 1');
    await clock.advance(20_000);
    expect((await late).payload).toMatchObject({ errorType: 'Sandbox.Timedout', errorMessage: expect.stringContaining('20.00 seconds') });
    expect(emulator.instances).toEqual([]);
  });

  it('reports a module that cannot be loaded, each time', async () => {
    const client = await started({ functions: [{ ...definition, entry: fixture('broken-function') }] });
    const failed = { error: 'Unhandled', payload: { errorType: 'RangeError', errorMessage: 'no environment' } };
    expect(await invoked(client, {})).toMatchObject(failed);
    expect(await invoked(client, {})).toMatchObject(failed);
  });

  it('refuses a handler with a callback, as Node 24 on Lambda does', async () => {
    const client = await started({ functions: [{ ...definition, entry: fixture('callback-function') }] });
    expect((await invoked(client, {})).payload.errorType).toBe('Runtime.CallbackHandlerDeprecated');
  });

  it('answers null for a handler that returns nothing, and refuses a response over 6 MB', async () => {
    const client = await started();
    expect((await invoked(client, { do: 'nothing' })).payload).toBeNull();
    expect((await invoked(client, { do: 'large' })).payload.errorType).toBe('Function.ResponseSizeTooLarge');
  });

  it('knows a function by name, with a version, and by ARN, and no other function', async () => {
    const client = await started();
    const names = ['invoker:$LATEST', 'arn:aws:lambda:us-east-1:000000000000:function:invoker', '000000000000:function:invoker'];
    for (const name of names) expect((await invoked(client, {}, name)).error).toBeUndefined();
    await expect(invoked(client, {}, 'other')).rejects.toBeInstanceOf(ResourceNotFoundException);
  });

  it('refuses payloads that are too large or no JSON', async () => {
    const client = await started();
    await expect(invoked(client, 'x'.repeat(6_291_456))).rejects.toMatchObject({ $metadata: { httpStatusCode: 413 } });
    await expect(sendEvent(client, 'x'.repeat(1_048_576))).rejects.toMatchObject({ name: 'RequestTooLargeException' });
    const noJson = new InvokeCommand({ FunctionName: 'invoker', Payload: Buffer.from('{') });
    await expect(client.send(noJson)).rejects.toMatchObject({ name: 'InvalidRequestContentException' });
  });

  it('does not run at all in a dry run', async () => {
    const client = await started();
    const { StatusCode } = await client.send(new InvokeCommand({ FunctionName: 'invoker', InvocationType: 'DryRun' }));
    expect(StatusCode).toBe(204);
    expect(emulator.instances).toEqual([]);
  });

  it('records who invoked what, and refuses who does not sign', async () => {
    const client = await started();
    await invoked(client, {});
    const unsigned = await fetch(`${emulator.url}/2015-03-31/functions/invoker/invocations`, { method: 'POST', body: '{}' });
    expect(unsigned.status).toBe(403);
    const resource = 'arn:aws:lambda:us-east-1:000000000000:function:invoker';
    expect(record.calls).toMatchObject([{ component: 'receiver', action: 'lambda:InvokeFunction', resource, status: 200 }]);
    expect(record.calls).toHaveLength(1);
  });
});

describe('an asynchronous event', () => {
  it('is accepted at once and run', async () => {
    const client = await started();
    const { StatusCode } = await sendEvent(client, { waitMilliseconds: 100 });
    expect(StatusCode).toBe(202);
    expect(lines).not.toContain('run 1');
    await emulator.idle();
    expect(lines).toContain('run 1');
  });

  it('is tried again after one and after two minutes, then given up', async () => {
    const clock = createTestClock();
    const client = await started({ clock });
    await sendEvent(client, { do: 'fail', id: 'Q1' });
    await expect.poll(() => lines).toContain('run 1');
    await runsAfter(59_000, 1);
    await runsAfter(1_000, 2);
    await runsAfter(119_000, 2);
    expect(emulator.deadLetters).toEqual([]);
    await runsAfter(1_000, 3);
    await emulator.idle();
    expect(emulator.deadLetters).toMatchObject([
      {
        functionName: 'invoker',
        record: {
          requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 3 },
          requestPayload: { id: 'Q1' },
          responsePayload: { errorType: 'TypeError' },
        },
      },
    ]);

    async function runsAfter(milliseconds: number, runs: number): Promise<void> {
      // The answer of the run before is on its way between two processes.
      await wait(30);
      await clock.advance(milliseconds);
      await expect.poll(() => lines.filter((line) => line.startsWith('run')).length).toBe(runs);
    }
  });

  it('that is given up is told to the destination', async () => {
    const onFailureDestination = 'arn:aws:lambda:us-east-1:000000000000:function:undertaker';
    const functions = [
      { ...definition, onFailureDestination },
      { ...definition, name: 'undertaker' },
    ];
    const client = await started({ functions, retryDelays: [1, 1] });
    await sendEvent(client, { do: 'fail' });
    await emulator.idle();
    expect(emulator.deadLetters).toMatchObject([{ destination: onFailureDestination }]);
    expect(emulator.instances.map(({ functionName }) => functionName)).toEqual(['invoker', 'undertaker']);
  });

  it('is tried again when its instance is killed', async () => {
    const client = await started({ retryDelays: [1, 1] });
    await sendEvent(client, { waitMilliseconds: 200 });
    await expect.poll(() => lines).toContain('run 1');
    await emulator.kill('invoker');
    await emulator.idle();
    expect(lines.filter((line) => line === 'run 1')).toHaveLength(2);
    expect(emulator.deadLetters).toEqual([]);
  });

  it('waits, untried, while all instances are busy', async () => {
    const clock = createTestClock();
    const client = await started({ clock, functions: [{ ...definition, concurrency: 1 }] });
    await sendEvent(client, { waitMilliseconds: 50 });
    await sendEvent(client, {});
    await expect.poll(() => emulator.instances[0]?.state).toBe('idle');
    await clock.advance(1_000);
    await emulator.idle();
    expect(lines.filter((line) => line.startsWith('run'))).toEqual(['run 1', 'run 2']);
  });

  it('can be lost, doubled and held back', async () => {
    const client = await started();
    const fates = [{ drop: true }, { copies: 2 }, { delayMilliseconds: 20 }, undefined];
    emulator.disturb(() => fates.shift());
    for (let number = 0; number < 4; number += 1) await sendEvent(client, {});
    await emulator.idle();
    expect(lines.filter((line) => line.startsWith('run'))).toHaveLength(4);
  });

  it('comes from a schedule each time it is due', async () => {
    const clock = createTestClock();
    await started({ clock });
    const end = emulator.every('invoker', 60_000);
    await clock.advance(59_999);
    expect(emulator.instances).toEqual([]);
    await clock.advance(1);
    await emulator.idle();
    end();
    await clock.advance(600_000);
    expect(lines.filter((line) => line.startsWith('run'))).toEqual(['run 1']);
  });
});

describe('the instances', () => {
  it('are retired when unused for five minutes', async () => {
    const clock = createTestClock();
    await started({ clock });
    await emulator.invoke('invoker', {});
    await clock.advance(299_000);
    expect(emulator.instances).toHaveLength(1);
    await clock.advance(1_000);
    expect(emulator.instances).toEqual([]);
  });

  it('are gone when the emulator is', async () => {
    await started();
    const running = emulator.invoke('invoker', { waitMilliseconds: 60_000 });
    await expect.poll(() => lines).toContain('run 1');
    const pid = emulator.instances[0]!.pid;
    await emulator[Symbol.asyncDispose]();
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    expect((await running).functionError).toBe('Unhandled');
    await started();
  });
});

import { describe, expect, it } from 'vitest';
import { isAlive } from './is-alive.ts';
import { invoker, startedLambda } from './lambda-setup.ts';

describe('an asynchronous event', () => {
  it('is accepted at once and run', async () => {
    await using lambda = await startedLambda();
    const { StatusCode } = await lambda.send({ waitMilliseconds: 100 });
    expect(StatusCode).toBe(202);
    expect(lambda.lines).not.toContain('run 1');
    await lambda.emulator.idle();
    await expect.poll(lambda.runs).toEqual(['run 1']);
  });

  it('is tried again after one and after two minutes, then given up', async () => {
    await using lambda = await startedLambda();
    await lambda.send({ do: 'fail', id: 'Q1' });
    await expect.poll(() => lambda.lines).toContain('run 1');
    await runsAfter(59_000, 1);
    await runsAfter(1_000, 2);
    await runsAfter(119_000, 2);
    expect(lambda.emulator.deadLetters).toEqual([]);
    await runsAfter(1_000, 3);
    await lambda.emulator.idle();
    expect(lambda.emulator.deadLetters).toMatchObject([
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
      await expect.poll(() => lambda.emulator.instances[0]?.state).toBe('idle');
      await lambda.clock.advance(milliseconds);
      await expect.poll(() => lambda.runs().length).toBe(runs);
    }
  });

  it('that is given up is told to the destination', async () => {
    const onFailureDestination = 'arn:aws:lambda:us-east-1:000000000000:function:undertaker';
    const functions = [
      { ...invoker, onFailureDestination },
      { ...invoker, name: 'undertaker' },
    ];
    await using lambda = await startedLambda({ functions, retryDelays: [0, 0] });
    await lambda.send({ do: 'fail' });
    await lambda.emulator.idle();
    expect(lambda.emulator.deadLetters).toMatchObject([{ destination: onFailureDestination }]);
    expect(lambda.emulator.instances.map(({ functionName }) => functionName)).toEqual(['invoker', 'undertaker']);
  });

  describe('that is given up, with a queue as its destination', () => {
    const queue = 'arn:aws:sqs:us-east-1:000000000000:failures';
    const started = (more: object = {}) =>
      startedLambda({ functions: [{ ...invoker, onFailureDestination: queue, ...more }], retryDelays: [0, 0] });

    it('lies there with what it was and how it failed, sent in the name of the function', async () => {
      await using lambda = await started();
      await lambda.send({ do: 'fail', id: 'Q1' });
      await lambda.emulator.idle();
      expect(lambda.emulator.messagesIn(queue)).toMatchObject([
        {
          version: '1.0',
          requestContext: {
            functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:invoker:$LATEST',
            condition: 'RetriesExhausted',
            approximateInvokeCount: 3,
          },
          requestPayload: { id: 'Q1' },
          responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
          responsePayload: { errorType: 'TypeError' },
        },
      ]);
      expect(lambda.record.calls).toContainEqual(
        expect.objectContaining({ component: 'invoker', action: 'sqs:SendMessage', resource: queue, status: 200 }),
      );
      expect(lambda.emulator.metricsOf('invoker')).toEqual({ AsyncEventsDropped: 1, DestinationDeliveryFailures: 0 });
    });

    it('is gone where the queue refuses it, and both are counted', async () => {
      await using lambda = await started();
      lambda.emulator.inject({ kind: 'denied', operation: 'SendMessage' });
      await lambda.send({ do: 'fail' });
      await lambda.emulator.idle();
      expect(lambda.emulator.messagesIn(queue)).toEqual([]);
      expect(lambda.emulator.metricsOf('invoker')).toEqual({ AsyncEventsDropped: 1, DestinationDeliveryFailures: 1 });
    });

    it('is given up unrun where it found no free instance until it was too old', async () => {
      await using lambda = await started({ concurrency: 1, timeoutSeconds: 900, maximumEventAgeSeconds: 60 });
      await lambda.send({ waitMilliseconds: 1_000 });
      await expect.poll(() => lambda.lines).toContain('run 1');
      await lambda.send({ id: 'Q2' });
      await lambda.clock.advance(60_000);
      expect(lambda.emulator.messagesIn(queue)).toEqual([]);
      await lambda.clock.advance(1_000);
      await expect.poll(() => lambda.emulator.messagesIn(queue)).toHaveLength(1);
      const [given] = lambda.emulator.messagesIn(queue);
      expect(given).toMatchObject({
        requestContext: { condition: 'EventAgeExceeded', approximateInvokeCount: 0 },
        requestPayload: { id: 'Q2' },
      });
      expect(given).not.toHaveProperty('responsePayload');
    });
  });

  it('is tried again when its instance is killed', async () => {
    await using lambda = await startedLambda({ retryDelays: [0, 0] });
    await lambda.send({ waitMilliseconds: 200 });
    await expect.poll(() => lambda.lines).toContain('run 1');
    await lambda.emulator.kill('invoker');
    await lambda.emulator.idle();
    await expect.poll(lambda.runs).toEqual(['run 1', 'run 1']);
    expect(lambda.emulator.deadLetters).toEqual([]);
  });

  it('waits, untried, while all instances are busy', async () => {
    await using lambda = await startedLambda({ functions: [{ ...invoker, concurrency: 1 }] });
    await lambda.send({ waitMilliseconds: 50 });
    await lambda.send({});
    await expect.poll(() => lambda.emulator.instances[0]?.state).toBe('idle');
    await lambda.clock.advance(1_000);
    await lambda.emulator.idle();
    await expect.poll(lambda.runs).toEqual(['run 1', 'run 2']);
  });

  it('is run although the answer that accepted it was lost', async () => {
    await using lambda = await startedLambda();
    lambda.emulator.inject({ kind: 'lost-response', operation: 'Invoke' });
    await expect(lambda.send({})).rejects.toMatchObject({ code: 'ECONNRESET' });
    await expect.poll(lambda.runs).toEqual(['run 1']);
  });

  it('can be lost, doubled and held back', async () => {
    await using lambda = await startedLambda();
    const fates = [{ drop: true }, { copies: 2 }, { delayMilliseconds: 20 }, undefined];
    lambda.emulator.disturb(() => fates.shift());
    for (let number = 0; number < 4; number += 1) await lambda.send({});
    await expect.poll(() => lambda.runs().length).toBe(3);
    await lambda.clock.advance(20);
    await lambda.emulator.idle();
    await expect.poll(() => lambda.runs().length).toBe(4);
  });

  it('comes from a schedule each time it is due', async () => {
    await using lambda = await startedLambda();
    const end = lambda.emulator.every('invoker', 60_000);
    await lambda.clock.advance(59_999);
    expect(lambda.emulator.instances).toEqual([]);
    await lambda.clock.advance(1);
    await lambda.emulator.idle();
    end();
    await lambda.clock.advance(240_000);
    await lambda.emulator.idle();
    expect(await lambda.emulator.invoke('invoker', {})).toMatchObject({ payload: { runs: 2 } });
  });
});

describe('the instances', () => {
  it('are retired when unused for five minutes', async () => {
    await using lambda = await startedLambda();
    await lambda.emulator.invoke('invoker', {});
    await lambda.clock.advance(299_000);
    expect(lambda.emulator.instances).toHaveLength(1);
    await lambda.clock.advance(1_000);
    expect(lambda.emulator.instances).toEqual([]);
  });

  it('are gone when the emulator is', async () => {
    await using lambda = await startedLambda();
    const running = lambda.emulator.invoke('invoker', { waitMilliseconds: 60_000 });
    await expect.poll(() => lambda.lines).toContain('run 1');
    const pid = lambda.emulator.instances[0]!.pid;
    await lambda.emulator[Symbol.asyncDispose]();
    expect(isAlive(pid)).toBe(false);
    expect((await running).functionError).toBe('Unhandled');
  });
});

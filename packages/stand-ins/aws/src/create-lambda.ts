import { type Clock, realClock } from '@vera/stand-in-kit/clock';
import { type Listening, listen } from '@vera/stand-in-kit/listen';
import { answerAws } from './answer-aws.ts';
import type { CallRecord } from './call-record.ts';
import { checkEnvironment, lambdaLimits } from './check-environment.ts';
import { type AwsFault, createFaults } from './faults.ts';
import type { Disturb } from './lambda/async-queue.ts';
import { createFailuresQueues, type FailuresQueues } from './lambda/failures-queues.ts';
import type { FunctionDefinition, OnLog } from './lambda/function-definition.ts';
import { functionFactsOf } from './lambda/function-facts.ts';
import { type AsyncMetrics, type FailedEvent, FunctionRunner } from './lambda/function-runner.ts';
import { answerFunctionUrl } from './lambda/function-url.ts';
import type { InstanceView } from './lambda/instance-pool.ts';
import { invocationOf } from './lambda/invocation.ts';
import { defaultPlace, type Place } from './place.ts';

export interface LambdaParams extends Partial<Place> {
  readonly port?: number;
  readonly record: CallRecord;
  readonly clock?: Clock;
  readonly functions: readonly FunctionDefinition[];
  readonly onLog: OnLog;
  /** Milliseconds before each retry of an asynchronous event. Default one minute, then two. */
  readonly retryDelays?: readonly number[];
}

export interface LambdaEmulator extends Listening {
  readonly instances: readonly InstanceView[];
  /** Asynchronous events that failed for good, in order. */
  readonly deadLetters: readonly FailedEvent[];
  /** What lies in a queue that is an on-failure destination, oldest first. A `SendMessage` fault has it refused. */
  readonly messagesIn: FailuresQueues['messagesOf'];
  metricsOf(name: string): AsyncMetrics;
  /** Where a function's URL is; throws for a function without one. */
  urlOf(name: string): string;
  /** Invokes and waits, unsigned and unrecorded: what AWS itself does on someone's behalf. */
  invoke(name: string, payload: unknown): Promise<{ readonly payload: unknown; readonly functionError?: string }>;
  /** Accepts an asynchronous event, unsigned and unrecorded. */
  accept(name: string, payload: unknown): void;
  /** A schedule: an asynchronous event each time `milliseconds` have passed. Returns the function that ends it. */
  every(name: string, milliseconds: number): () => void;
  /** Kills a function's instances; what they were doing has failed. */
  kill(name: string): Promise<void>;
  /** Decides for every asynchronous event what happens to it before it runs; undefined restores order. */
  disturb(decide: Disturb | undefined): void;
  /** Resolves when no asynchronous event is running or waiting, retries included. */
  idle(): Promise<void>;
  inject(fault: AwsFault): void;
}

/** Lambda, each instance of a function a process of its own that sees nothing but the function's environment. */
export async function createLambda(params: LambdaParams): Promise<LambdaEmulator> {
  const { record, functions, clock = realClock, retryDelays = [60_000, 120_000] } = params;
  for (const { name, environment } of functions) checkEnvironment(name, environment, lambdaLimits);
  const place = { ...defaultPlace, ...params };
  const faults = createFaults();
  const failuresQueues = createFailuresQueues({ record, faults, now: clock.now });
  const runner = new FunctionRunner({ functions, place, clock, onLog: params.onLog, retryDelays, failuresQueues });
  const doors = await openFunctionUrls(functions, clock, runner);
  const facts = { functions, place, urlOf: (name: string) => doors.get(name)?.url };
  const operationOf = (request: Request) => functionFactsOf(request, facts) ?? invocationOf(request, runner, place);
  const server = await listen(answerAws({ service: 'lambda', record, clock, faults, operationOf }), params.port);
  return {
    ...server,
    deadLetters: runner.deadLetters,
    messagesIn: failuresQueues.messagesOf,
    metricsOf: (name) => runner.metricsOf(name),
    accept: (name, payload) => runner.accept(name, JSON.stringify(payload)),
    get instances() {
      return runner.instances;
    },
    urlOf(name) {
      const door = doors.get(name);
      if (!door) throw new Error(`Function ${name} has no URL`);
      return door.url;
    },
    async invoke(name, payload) {
      const outcome = await runner.run(name, JSON.stringify(payload));
      return { ...outcome, payload: JSON.parse(outcome.payload) as unknown };
    },
    every: (name, milliseconds) => runner.every(name, milliseconds),
    kill: (name) => runner.kill(name),
    disturb: (decide) => runner.queue.disturb(decide),
    idle: () => runner.queue.idle(),
    inject: faults.inject,
    async [Symbol.asyncDispose]() {
      await Promise.all([server, ...doors.values()].map((door) => door[Symbol.asyncDispose]()));
      await runner.stop();
    },
  };
}

async function openFunctionUrls(
  functions: readonly FunctionDefinition[],
  clock: Clock,
  runner: FunctionRunner,
): Promise<ReadonlyMap<string, Listening>> {
  const withUrl = functions.filter(({ functionUrl }) => functionUrl);
  const doors = withUrl.map(async ({ name, functionUrlPort }) => {
    const answer = answerFunctionUrl(clock, (event) => runner.run(name, event));
    return [name, await listen(answer, functionUrlPort)] as const;
  });
  return new Map(await Promise.all(doors));
}

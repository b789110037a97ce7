import { type Clock, every } from '@vera/stand-in-kit/clock';
import { arnOf, type Place } from '../place.ts';
import { type AsyncEvent, AsyncQueue, type GivenUp } from './async-queue.ts';
import type { FailuresQueues } from './failures-queues.ts';
import type { FunctionDefinition, OnLog, Outcome } from './function-definition.ts';
import { BootSlots, InstancePool, type InstanceView } from './instance-pool.ts';

export interface FunctionRunnerParams {
  readonly functions: readonly FunctionDefinition[];
  readonly place: Place;
  readonly clock: Clock;
  readonly onLog: OnLog;
  readonly retryDelays: readonly number[];
  readonly failuresQueues: FailuresQueues;
}

/** All functions of an emulator, their instances, and the queue of what they are to do. Names must be known to `has`. */
export class FunctionRunner {
  readonly queue: AsyncQueue;
  readonly deadLetters: FailedEvent[] = [];
  readonly #metrics = new Map<string, AsyncMetrics>();
  readonly #params: FunctionRunnerParams;
  readonly #members: ReadonlyMap<string, { readonly definition: FunctionDefinition; readonly pool: InstancePool }>;
  readonly #schedules: (() => void)[] = [];

  constructor(params: FunctionRunnerParams) {
    const { functions, clock, retryDelays } = params;
    this.#params = params;
    const bootSlots = new BootSlots();
    this.#members = new Map(
      functions.map((definition) => [definition.name, { definition, pool: new InstancePool({ ...params, definition }, bootSlots) }]),
    );
    this.queue = new AsyncQueue({
      clock,
      retryDelays,
      run: ({ functionName, payload, requestId }) => this.run(functionName, payload, requestId),
      retriesOf: (name) => this.#memberOf(name).definition.maximumRetryAttempts ?? 2,
      maximumAgeOf: (name) => (this.#memberOf(name).definition.maximumEventAgeSeconds ?? sixHours) * 1000,
      onGivenUp: (event, condition) => this.#giveUp(event, condition),
    });
  }

  get instances(): InstanceView[] {
    return [...this.#members.values()].flatMap(({ pool }) => pool.instances);
  }

  has(name: string): boolean {
    return this.#members.has(name);
  }

  run(name: string, payload: string, requestId: string = crypto.randomUUID()): Promise<Outcome> {
    return this.#memberOf(name).pool.run(payload, requestId);
  }

  accept(functionName: string, payload: string, requestId: string = crypto.randomUUID()): void {
    this.queue.push({ functionName, payload, requestId });
  }

  every(name: string, milliseconds: number): () => void {
    const { clock, place } = this.#params;
    this.#memberOf(name);
    const end = every(clock, milliseconds, () => this.accept(name, JSON.stringify(scheduledEvent(name, place, clock.now()))));
    this.#schedules.push(end);
    return end;
  }

  kill(name: string): Promise<void> {
    return this.#memberOf(name).pool.kill();
  }

  /** Takes nothing new and ends every process. */
  async stop(): Promise<void> {
    for (const end of this.#schedules) end();
    this.queue.stop();
    await Promise.all([...this.#members.values()].map(({ pool }) => pool.kill()));
  }

  #memberOf(name: string) {
    const member = this.#members.get(name);
    if (!member) throw new Error(`No function is called ${name}`);
    return member;
  }

  metricsOf(name: string): AsyncMetrics {
    return this.#metrics.get(name) ?? { AsyncEventsDropped: 0, DestinationDeliveryFailures: 0 };
  }

  #giveUp(event: AsyncEvent, condition: GivenUp): void {
    const { place, clock } = this.#params;
    const { functionName } = event;
    const { onFailureDestination: destination } = this.#memberOf(functionName).definition;
    const record = invocationRecordOf(event, condition, { place, now: clock.now() });
    this.deadLetters.push({ functionName, record, ...(destination === undefined ? {} : { destination }) });
    // Counted whether or not a destination is told.
    this.#count(functionName, 'AsyncEventsDropped');
    if (destination !== undefined && !this.#tell(destination, functionName, record))
      this.#count(functionName, 'DestinationDeliveryFailures');
  }

  #tell(destination: string, functionName: string, record: InvocationRecord): boolean {
    const name = destination.split(':').at(-1) ?? '';
    if (!destination.startsWith('arn:aws:lambda:')) return this.#params.failuresQueues.send(destination, functionName, record);
    if (this.has(name)) this.accept(name, JSON.stringify(record));
    return this.has(name);
  }

  #count(name: string, metric: keyof AsyncMetrics): void {
    const metrics = this.metricsOf(name);
    this.#metrics.set(name, { ...metrics, [metric]: metrics[metric] + 1 });
  }
}

const sixHours = 21_600;

/** What CloudWatch would show as the sum of AWS/Lambda's metrics of these names, by `FunctionName`. */
export interface AsyncMetrics {
  /** Given up, whoever was told. */
  readonly AsyncEventsDropped: number;
  /** Given up, and the destination did not take the record. */
  readonly DestinationDeliveryFailures: number;
}

export type InvocationRecord = Readonly<Record<string, unknown>>;

/** An asynchronous event that Lambda gave up, as an on-failure destination is told of it. */
export interface FailedEvent {
  readonly functionName: string;
  /** ARN; undefined when nobody is told, which in AWS means that the event is gone. */
  readonly destination?: string;
  readonly record: InvocationRecord;
}

/** As https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html shows it; the last two only where it ran. */
function invocationRecordOf(event: AsyncEvent, condition: GivenUp, at: { place: Place; now: number }): InvocationRecord {
  const { outcome } = event;
  const ran = outcome && {
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: outcome.functionError },
    responsePayload: JSON.parse(outcome.payload) as unknown,
  };
  return {
    version: '1.0',
    timestamp: new Date(at.now).toISOString(),
    requestContext: {
      requestId: event.requestId,
      functionArn: `${arnOf('lambda', at.place, `function:${event.functionName}`)}:$LATEST`,
      condition,
      approximateInvokeCount: event.failures,
    },
    requestPayload: JSON.parse(event.payload) as unknown,
    ...ran,
  };
}

/** What an EventBridge rule sends when its schedule comes round. */
function scheduledEvent(functionName: string, place: Place, at: number): Readonly<Record<string, unknown>> {
  return {
    version: '0',
    id: crypto.randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: place.accountId,
    time: new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z'),
    region: place.region,
    resources: [arnOf('events', place, `rule/${functionName}`)],
    detail: {},
  };
}

import { type Clock, every } from '@vera/stand-in-kit/clock';
import { arnOf, type Place } from '../place.ts';
import { type AsyncEvent, AsyncQueue } from './async-queue.ts';
import type { FunctionDefinition, OnLog, Outcome } from './function-definition.ts';
import { BootSlots, InstancePool, type InstanceView } from './instance-pool.ts';

export interface FunctionRunnerParams {
  readonly functions: readonly FunctionDefinition[];
  readonly place: Place;
  readonly clock: Clock;
  readonly onLog: OnLog;
  readonly retryDelays: readonly number[];
}

/** All functions of an emulator, their instances, and the queue of what they are to do. Names must be known to `has`. */
export class FunctionRunner {
  readonly queue: AsyncQueue;
  readonly deadLetters: FailedEvent[] = [];
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
      onExhausted: (event, outcome) => this.#giveUp(event, outcome),
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

  #giveUp(event: AsyncEvent, outcome: Outcome): void {
    const { place, clock } = this.#params;
    const failed = toFailedEvent(event, outcome, this.#memberOf(event.functionName).definition, { place, now: clock.now() });
    this.deadLetters.push(failed);
    const told = failed.destination?.split(':').at(-1) ?? '';
    if (this.has(told)) this.accept(told, JSON.stringify(failed.record));
  }
}

/** An asynchronous event that Lambda gave up, as an on-failure destination is told of it. */
export interface FailedEvent {
  readonly functionName: string;
  /** ARN; undefined when nobody is told, which in AWS means that the event is gone. */
  readonly destination?: string;
  readonly record: Readonly<Record<string, unknown>>;
}

function toFailedEvent(
  event: AsyncEvent,
  outcome: Outcome,
  definition: FunctionDefinition,
  at: { place: Place; now: number },
): FailedEvent {
  const { name, onFailureDestination } = definition;
  const record = {
    version: '1.0',
    timestamp: new Date(at.now).toISOString(),
    requestContext: {
      requestId: event.requestId,
      functionArn: `${arnOf('lambda', at.place, `function:${name}`)}:$LATEST`,
      condition: 'RetriesExhausted',
      approximateInvokeCount: event.failures,
    },
    requestPayload: JSON.parse(event.payload) as unknown,
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: outcome.functionError },
    responsePayload: JSON.parse(outcome.payload) as unknown,
  };
  return { functionName: name, record, ...(onFailureDestination === undefined ? {} : { destination: onFailureDestination }) };
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

import { answerAws } from '@vera/aws-stand-in/answer-aws';
import type { CallRecord } from '@vera/aws-stand-in/call-record';
import { arnOf, defaultPlace, type Place } from '@vera/aws-stand-in/place';
import { type Clock, realClock } from '@vera/stand-in-kit/clock';
import { createFaultList } from '@vera/stand-in-kit/fault-list';
import { type Listening, listen } from '@vera/stand-in-kit/listen';
import { EventShelf, type MemoryEvent } from './memory/event-shelf.ts';
import { Extraction, type ExtractionParams, type Strategy } from './memory/extraction.ts';
import type { MemoryFault } from './memory/memory-fault.ts';
import { readMemoryFile, writeMemoryFile } from './memory/memory-file.ts';
import { memoryOperationOf } from './memory/memory-operation.ts';
import { type MemoryRecord, RecordShelf } from './memory/record-shelf.ts';

export interface MemoryParams extends Partial<Place>, Pick<ExtractionParams, 'believes'> {
  readonly port?: number;
  readonly record: CallRecord;
  readonly clock?: Clock;
  readonly memoryId: string;
  readonly strategies: readonly Strategy[];
  /** Where records and events are put at the end, and taken up at the start; kept nowhere when left out. */
  readonly stateFile?: string;
  /** Decides how long each extraction takes, 20 to 40 seconds. */
  readonly seed?: number;
}

export interface MemoryEmulator extends Listening {
  inject(fault: MemoryFault): void;
  /** All that were extracted or created, oldest first. */
  readonly records: readonly MemoryRecord[];
  /** All that are kept, oldest first. */
  readonly events: readonly MemoryEvent[];
  /** What was searched for, oldest first. */
  readonly queries: readonly string[];
  /** Events that were stored and of which nothing was extracted, for a variable of a namespace was missing: CloudWatch's metric of this name. */
  readonly namespaceResolutionFailures: number;
  /** A record as if extraction had made it, without waiting for it. */
  plant(record: Pick<MemoryRecord, 'text' | 'namespace'> & { readonly createdAt?: number }): MemoryRecord;
  reset(): void;
}

/** The data plane of AgentCore Memory: events, and the records that are made of them. */
export async function createMemory(params: MemoryParams): Promise<MemoryEmulator> {
  const { record, memoryId, strategies, stateFile, clock = realClock, seed = 1, believes } = params;
  const records = new RecordShelf(clock);
  const extraction = new Extraction({ strategies, records, clock, seed, believes });
  const events = new EventShelf({ memoryId, clock, onEvent: (event) => extraction.take(event) });
  if (stateFile !== undefined) readMemoryFile(stateFile, { events, records });
  const faults = createFaultList<MemoryFault, string>(({ operation }, called) => operation === undefined || operation === called);
  const arn = arnOf('bedrock-agentcore', { ...defaultPlace, ...params }, `memory/${memoryId}`);
  const operationOf = (request: Request, cut: () => void) =>
    memoryOperationOf(request, { memoryId, arn, events, records, faults, clock, cut });
  const server = await listen(answerAws({ service: 'bedrock-agentcore', record, clock, operationOf }), params.port);
  return {
    ...server,
    inject: faults.inject,
    get records() {
      return records.all;
    },
    get events() {
      return events.all;
    },
    get queries() {
      return records.queries;
    },
    get namespaceResolutionFailures() {
      return extraction.failures;
    },
    plant: ({ text, namespace, createdAt = clock.now() }) =>
      records.add({ text, namespace, createdAt, strategyId: strategies[0]?.id ?? '' }),
    reset() {
      faults.reset();
      extraction.stop();
      events.clear();
      records.clear();
    },
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      if (stateFile === undefined) return extraction.stop();
      extraction.finish();
      writeMemoryFile(stateFile, { events, records });
    },
  };
}

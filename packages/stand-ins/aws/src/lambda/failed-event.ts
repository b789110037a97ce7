import { arnOf, type Place } from '../place.ts';
import type { AsyncEvent } from './async-queue.ts';
import type { FunctionDefinition, Outcome } from './function-definition.ts';

/** An asynchronous event that Lambda gave up, as an on-failure destination is told of it. */
export interface FailedEvent {
  readonly functionName: string;
  /** ARN; undefined when nobody is told, which in AWS means that the event is gone. */
  readonly destination?: string;
  readonly record: Readonly<Record<string, unknown>>;
}

export function toFailedEvent(
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

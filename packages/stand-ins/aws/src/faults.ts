import { createFaultList, type FaultList, type FaultTiming } from '@vera/stand-in-kit/fault-list';
import { AwsError } from './aws-error.ts';

/** What a test makes an AWS API do wrong. `lost-response` does the work and cuts the line before the answer. */
export interface AwsFault extends FaultTiming {
  readonly kind: 'throttled' | 'unavailable' | 'denied' | 'delay' | 'lost-response';
  /** The operation it hits, such as `PutItem`; every one when left out. */
  readonly operation?: string;
  /** Of a `delay`. Default 1,000. */
  readonly milliseconds?: number;
}

export type Faults = FaultList<AwsFault, string>;

export function createFaults(): Faults {
  return createFaultList(({ operation }, called) => operation === undefined || operation === called);
}

/** The error a fault answers with, if it is one that refuses the call. */
export function refusalOf(fault: AwsFault | undefined, operation: string): AwsError | undefined {
  switch (fault?.kind) {
    case 'throttled':
      return new AwsError(400, 'ThrottlingException', 'Rate exceeded');
    case 'unavailable':
      return new AwsError(503, 'ServiceUnavailable', 'The service is temporarily unavailable');
    case 'denied':
      return new AwsError(400, 'AccessDeniedException', `User is not authorized to perform: ${operation}`);
    default:
      return undefined;
  }
}

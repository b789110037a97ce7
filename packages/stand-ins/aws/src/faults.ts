import { AwsError } from './aws-error.ts';

/** What a test makes an AWS API do wrong. `lost-response` does the work and cuts the line before the answer. */
export interface AwsFault {
  readonly kind: 'throttled' | 'unavailable' | 'denied' | 'delay' | 'lost-response';
  /** The operation it hits, such as `PutItem`; every one when left out. */
  readonly operation?: string;
  /** How many calls it hits. Default 1. */
  readonly times?: number;
  /** Of a `delay`. Default 1,000. */
  readonly milliseconds?: number;
}

export interface Faults {
  /** Stacks; the first injected is the first used. */
  inject(fault: AwsFault): void;
  /** The fault that hits this call, used up by it. */
  take(operation: string): AwsFault | undefined;
  reset(): void;
}

export function createFaults(): Faults {
  const waiting: { readonly fault: AwsFault; left: number }[] = [];
  return {
    inject: (fault) => void waiting.push({ fault, left: fault.times ?? 1 }),
    take(operation) {
      const index = waiting.findIndex(({ fault }) => fault.operation === undefined || fault.operation === operation);
      const hit = waiting[index];
      if (!hit) return undefined;
      hit.left -= 1;
      if (hit.left <= 0) waiting.splice(index, 1);
      return hit.fault;
    },
    reset: () => void waiting.splice(0),
  };
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

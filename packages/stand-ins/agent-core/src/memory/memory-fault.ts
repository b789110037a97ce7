import { AwsError } from '@vera/aws-stand-in/aws-error';
import type { FaultTiming } from '@vera/stand-in-kit/fault-list';

/**
 * What a test makes AgentCore Memory do wrong. Memory names errors otherwise than AgentCore's runtime does: `ThrottledException` and
 * `ServiceException` (the service's model, `client-bedrock-agentcore`). `lost-response` does the work and cuts the line before the answer;
 * `stuck` answers a batch with 200 and failures inside.
 */
export interface MemoryFault extends FaultTiming {
  readonly kind: 'throttled' | 'unavailable' | 'over-quota' | 'conflict' | 'denied' | 'delay' | 'lost-response' | 'stuck';
  /** The operation it hits, such as `CreateEvent`; every one when left out. */
  readonly operation?: string;
  /** Of a `delay`. Default 1,000. */
  readonly milliseconds?: number;
  /** Of `stuck`: this record alone. */
  readonly recordId?: string;
}

export function memoryRefusalOf({ kind }: MemoryFault, operation: string): AwsError | undefined {
  switch (kind) {
    case 'throttled':
      return throttled();
    case 'unavailable':
      return new AwsError(500, 'ServiceException', 'The service encountered an internal error. Try your request again later.');
    case 'over-quota':
      return new AwsError(402, 'ServiceQuotaExceededException', 'The request would exceed a service quota');
    case 'conflict':
      return new AwsError(409, 'RetryableConflictException', 'Another request changes the same session. Try your request again.');
    case 'denied':
      return new AwsError(403, 'AccessDeniedException', `User is not authorized to perform: bedrock-agentcore:${operation}`);
    case 'delay':
    case 'lost-response':
    case 'stuck':
      return undefined;
  }
}

export function throttled(): AwsError {
  return new AwsError(429, 'ThrottledException', 'Rate exceeded');
}

export function notFound(what: string): AwsError {
  return new AwsError(404, 'ResourceNotFoundException', `${what} does not exist`);
}

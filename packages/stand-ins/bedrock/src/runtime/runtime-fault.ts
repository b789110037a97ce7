import { AwsError } from '@vera/aws-stand-in/aws-error';
import type { FaultTiming } from '@vera/stand-in-kit/fault-list';
import type { StopReason } from './converse-request.ts';
import { validationError } from './validation-error.ts';

export type RuntimeFault = FaultTiming & (RefusalFault | StreamFault | StopFault);

type RefusalFault =
  | { readonly kind: 'unavailable' | 'internal' | 'access-denied' | 'timeout-408' }
  /** Bedrock itself sends no Retry-After as a rule; a gateway or proxy in front of it does, and the SDK honours it. */
  | { readonly kind: 'throttled'; readonly retryAfterSeconds?: number }
  | { readonly kind: 'validation'; readonly message: string };

/** Strikes inside the stream once `deltas` content deltas (3 unless told) went out, or at the message's end. */
export interface StreamFault {
  readonly kind: 'stream-throttled' | 'stream-internal' | 'stream-cut';
  readonly deltas?: number;
}

/** The answer ends early for `reason`; `message` is what a guardrail says instead of it, `trace` what it tells of that. */
export interface StopFault {
  readonly kind: 'stop-reason';
  readonly reason: StopReason;
  readonly message?: string;
  readonly trace?: object;
}

/** The refusal a fault means; undefined when it strikes later than that. */
export function refusalOf(fault: RuntimeFault): AwsError | undefined {
  switch (fault.kind) {
    case 'throttled': {
      const refusal = new AwsError(429, 'ThrottlingException', 'Too many tokens, please wait before trying again.');
      refusal.retryAfterSeconds = fault.retryAfterSeconds;
      return refusal;
    }
    case 'unavailable':
      return new AwsError(503, 'ServiceUnavailableException', 'Bedrock is unable to process your request.');
    case 'internal':
      return new AwsError(
        500,
        'InternalServerException',
        'The system encountered an unexpected error during processing. Try your request again.',
      );
    case 'access-denied':
      return new AwsError(403, 'AccessDeniedException', "You don't have access to the model with the specified model ID.");
    case 'timeout-408':
      return new AwsError(408, 'ModelTimeoutException', 'Model has timed out in processing the request. Try your request again.');
    case 'validation':
      return validationError(fault.message);
    default:
      return undefined;
  }
}

export function streamFaultOf(fault: RuntimeFault | undefined): StreamFault | undefined {
  switch (fault?.kind) {
    case 'stream-throttled':
    case 'stream-internal':
    case 'stream-cut':
      return fault;
    default:
      return undefined;
  }
}

import { AwsError } from '@vera/aws-stand-in/aws-error';
import type { FaultTiming } from '../fault-queue.ts';

export type KnowledgeFault = FaultTiming & { readonly kind: 'throttled' | 'unavailable' | 'access-denied' };

export function knowledgeRefusalOf({ kind }: KnowledgeFault): AwsError {
  switch (kind) {
    case 'throttled':
      return new AwsError(429, 'ThrottlingException', 'Your request rate is too high. Reduce the frequency of requests.');
    case 'unavailable':
      return new AwsError(
        500,
        'InternalServerException',
        'The system encountered an unexpected error during processing. Try your request again.',
      );
    case 'access-denied':
      return new AwsError(
        403,
        'AccessDeniedException',
        'User is not authorized to perform: bedrock:Retrieve because no identity-based policy allows it.',
      );
  }
}

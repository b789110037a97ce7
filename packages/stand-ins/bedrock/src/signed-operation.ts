import { AwsError } from '@vera/aws-stand-in/aws-error';
import type { CallRecord } from '@vera/aws-stand-in/call-record';
import { callerOf } from '@vera/aws-stand-in/caller';
import type { AccessRequest } from '@vera/aws-stand-in/iam/statement';

export interface Operation {
  /** What IAM checks before it is carried out. */
  readonly needs: readonly AccessRequest[];
  /** `alsoNeeds` names what AWS checks besides for this very request. */
  run(alsoNeeds: (need: AccessRequest) => void): Promise<Response>;
}

/** Runs an operation for a signed caller, records the call with its outcome, and words what went wrong as AWS does. */
export async function answerSigned(
  request: Request,
  operationOf: (request: Request) => Operation,
  parts: { readonly record: CallRecord; readonly now: () => number },
): Promise<Response> {
  try {
    const { accessKeyId } = callerOf(request, 'bedrock');
    const { needs, run } = operationOf(request);
    const needed = [...needs];
    const response = await run((need) => void needed.push(need)).catch(toResponse);
    for (const need of needed) parts.record.add({ ...need, component: accessKeyId, at: parts.now(), status: response.status });
    return response;
  } catch (error) {
    return toResponse(error);
  }
}

export function unknownOperation(): AwsError {
  return new AwsError(404, 'UnknownOperationException', 'No operation of this service has this method and path.');
}

function toResponse(error: unknown): Response {
  if (error instanceof AwsError) return error.toResponse();
  const message = error instanceof Error ? error.message : String(error);
  return new AwsError(500, 'InternalServerException', message).toResponse();
}

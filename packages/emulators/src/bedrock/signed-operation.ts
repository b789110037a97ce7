import { AwsError } from '../aws/aws-error.ts';
import type { CallRecord } from '../aws/call-record.ts';
import { callerOf } from '../aws/caller.ts';

export interface Operation {
  readonly action: string;
  readonly resource: string;
  /** `alsoNeeds` names a further action that AWS checks for the same call. */
  run(alsoNeeds: (action: string, resource: string) => void): Promise<Response>;
}

/** Runs an operation for a signed caller, records the call with its outcome, and words what went wrong as AWS does. */
export async function answerSigned(
  request: Request,
  operationOf: (request: Request) => Operation,
  parts: { readonly record: CallRecord; readonly now: () => number },
): Promise<Response> {
  try {
    const { accessKeyId } = callerOf(request, 'bedrock');
    const { action, resource, run } = operationOf(request);
    const needed = [{ action, resource }];
    const response = await run((further, on) => void needed.push({ action: further, resource: on })).catch(toResponse);
    for (const need of needed) parts.record.add({ component: accessKeyId, ...need, at: parts.now(), status: response.status });
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

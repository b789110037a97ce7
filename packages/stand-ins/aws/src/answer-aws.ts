import type { Clock } from '@vera/stand-in-kit/clock';
import type { Answer } from '@vera/stand-in-kit/listen';
import { AwsError } from './aws-error.ts';
import type { CallRecord } from './call-record.ts';
import { type Caller, callerOf } from './caller.ts';
import { type Faults, refusalOf } from './faults.ts';
import type { AccessRequest } from './iam/statement.ts';

/** One call of one API, before it is carried out. */
export interface AwsOperation {
  /** The API's name of it, such as `GetSecretValue`. */
  readonly name: string;
  /** What IAM checks before it is carried out. */
  readonly needs: readonly AccessRequest[];
  answer(): Response | Promise<Response>;
}

export interface AwsServiceParams {
  /** The name in signatures. */
  readonly service: string;
  readonly record: CallRecord;
  readonly clock: Clock;
  readonly faults: Faults;
  /** Throws an `AwsError` for what the API does not know. */
  readonly operationOf: (request: Request, caller: Caller) => AwsOperation | Promise<AwsOperation>;
}

/** What every emulated AWS API does alike: refuses unsigned calls, applies faults, words errors, records who called what. */
export function answerAws(params: AwsServiceParams): Answer {
  return async (request, { incoming }) => {
    try {
      const caller = callerOf(request, params.service);
      const operation = await params.operationOf(request, caller);
      const fault = params.faults.take(operation.name);
      if (fault?.kind === 'delay') await waited(params.clock, fault.milliseconds ?? 1_000);
      const response = await answered(operation, () => refusalOf(fault, `${params.service}:${operation.name}`));
      note(params, caller, operation, response.status);
      if (fault?.kind === 'lost-response') incoming.socket.destroy();
      return response;
    } catch (error) {
      return responseOf(error);
    }
  };
}

async function answered(operation: AwsOperation, refusal: () => AwsError | undefined): Promise<Response> {
  try {
    return refusal()?.toResponse() ?? (await operation.answer());
  } catch (error) {
    return responseOf(error);
  }
}

function responseOf(error: unknown): Response {
  if (error instanceof AwsError) return error.toResponse();
  throw error;
}

function note({ record, clock }: AwsServiceParams, { accessKeyId }: Caller, { needs }: AwsOperation, status: number): void {
  for (const need of needs) record.add({ ...need, component: accessKeyId, at: clock.now(), status });
}

function waited(clock: Clock, milliseconds: number): Promise<void> {
  return new Promise((resolve) => void clock.after(milliseconds, resolve));
}

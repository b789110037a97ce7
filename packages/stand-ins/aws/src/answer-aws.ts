import { type Clock, waited } from '@vera/stand-in-kit/clock';
import type { Answer } from '@vera/stand-in-kit/listen';
import { AwsError } from './aws-error.ts';
import type { CallRecord } from './call-record.ts';
import { callerOf } from './caller.ts';
import { type Faults, refusalOf } from './faults.ts';
import type { AccessRequest } from './iam/statement.ts';

/** One call of one API, before it is carried out. */
export interface AwsOperation {
  /** The API's name of it, such as `GetSecretValue`. */
  readonly name: string;
  /** What IAM checks before it is carried out. Read after `answer`, which may add what only the request's body tells. */
  readonly needs: readonly AccessRequest[];
  answer(): Response | Promise<Response>;
}

export interface AwsServiceParams {
  /** The name in signatures. */
  readonly service: string;
  readonly record: CallRecord;
  readonly clock: Clock;
  /** None where an API has faults of its own. */
  readonly faults?: Faults;
  /** How it words an error; as JSON unless told. */
  readonly refuse?: (error: AwsError) => Response;
  /** Throws an `AwsError` for what the API does not know. `cut` breaks the connection, as a network would. */
  readonly operationOf: (request: Request, cut: () => void) => AwsOperation | Promise<AwsOperation>;
}

/** What every emulated AWS API does alike: refuses unsigned calls, applies faults, words errors, records who called what. */
export function answerAws({
  service,
  record,
  clock,
  faults,
  operationOf,
  refuse = (error) => error.toResponse(),
}: AwsServiceParams): Answer {
  return async (request, { incoming }) => {
    const cut = () => void incoming.socket.destroy();
    try {
      const { accessKeyId } = callerOf(request, service);
      const operation = await operationOf(request, cut);
      const fault = faults?.take(operation.name);
      if (fault?.kind === 'delay') await waited(clock, fault.milliseconds ?? 1_000);
      const response = await answered(operation, refusalOf(fault, `${service}:${operation.name}`), refuse);
      for (const need of operation.needs) record.add({ ...need, component: accessKeyId, at: clock.now(), status: response.status });
      if (fault?.kind === 'lost-response') cut();
      return response;
    } catch (error) {
      return refuse(awsErrorOf(error));
    }
  };
}

/** For a method and path that a REST API does not know. */
export function unknownOperation({ method, url }: Request): AwsError {
  return new AwsError(404, 'UnknownOperationException', `Unknown: ${method} ${new URL(url).pathname}`);
}

async function answered(operation: AwsOperation, refusal: AwsError | undefined, refuse: (error: AwsError) => Response): Promise<Response> {
  try {
    return refusal ? refuse(refusal) : await operation.answer();
  } catch (error) {
    return refuse(awsErrorOf(error));
  }
}

function awsErrorOf(error: unknown): AwsError {
  if (error instanceof AwsError) return error;
  return new AwsError(500, 'InternalServerException', error instanceof Error ? error.message : String(error));
}

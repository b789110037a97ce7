import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { Clock } from '@vera/stand-in-kit/clock';
import { AwsError } from '../aws-error.ts';
import type { CallRecord } from '../call-record.ts';
import { callerOf } from '../caller.ts';
import { type Faults, refusalOf } from '../faults.ts';
import type { AccessRequest } from '../iam/statement.ts';
import type { Place } from '../place.ts';
import { needsOf } from './needs-of.ts';
import { refuseUnsupported } from './refuse-unsupported.ts';

export type Handle = (request: IncomingMessage, response: ServerResponse) => void;

export interface DoorParams extends Place {
  readonly record: CallRecord;
  readonly keyArn?: string;
  readonly clock: Clock;
  readonly faults: Faults;
  /** Dynalite's own request handler. */
  readonly handle: Handle;
}

/** Stands before dynalite: checks who calls, applies faults, records what was answered. */
export function createDynaliteDoor(params: DoorParams): Handle {
  return (request, response) => {
    pass(params, request, response).catch((error: unknown) => response.destroy(error as Error));
  };
}

async function pass(params: DoorParams, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await buffer(request);
  try {
    const input = JSON.parse(body.toString() || '{}') as Record<string, unknown>;
    const { accessKeyId } = callerOf(new Request('http://dynamodb', { headers: headersOf(request) }), 'dynamodb');
    const name = String(request.headers['x-amz-target'] ?? '').split('.')[1] ?? '';
    const fault = params.faults.take(name);
    onEnd(response, () => {
      note(params, accessKeyId, needsOf(name, input, params), response.statusCode);
      return fault?.kind !== 'lost-response';
    });
    if (fault?.kind === 'delay') await new Promise<void>((resolve) => void params.clock.after(fault.milliseconds ?? 1_000, resolve));
    const refusal = refusalOf(fault, `dynamodb:${name}`);
    if (refusal) throw refusal;
    refuseUnsupported(input);
    params.handle(replayed(request, body), response);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    refuse(response, error);
  }
}

function headersOf({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

/** Calls `before` just before the answer goes out; when it says no, the connection breaks instead. */
function onEnd(response: ServerResponse, before: () => boolean): void {
  const end = response.end.bind(response);
  response.end = ((body: Buffer | string) => (before() ? end(body) : response.destroy())) as typeof response.end;
}

function note({ record, clock }: DoorParams, component: string, needs: readonly AccessRequest[], status: number): void {
  for (const need of needs) record.add({ ...need, component, at: clock.now(), status });
}

/** The request once more, its body not read yet. */
function replayed({ method, url, headers }: IncomingMessage, body: Buffer): IncomingMessage {
  return Object.assign(Readable.from([body]), { method, url, headers }) as unknown as IncomingMessage;
}

function refuse(response: ServerResponse, error: AwsError): void {
  response.writeHead(error.status, { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-errortype': error.type });
  response.end(JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${error.type}`, message: error.message, ...error.fields }));
}

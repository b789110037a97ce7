import { type Clock, realClock } from '@vera/stand-in-kit/clock';
import { type Listening, listen } from '@vera/stand-in-kit/listen';
import { type AwsOperation, answerAws } from './answer-aws.ts';
import { AwsError } from './aws-error.ts';
import { type CallRecord, createCallRecord } from './call-record.ts';
import { type Asked, readAsked, speaksQuery } from './control-plane/read-asked.ts';
import { type AwsFault, createFaults } from './faults.ts';

/** What one operation answers: what AWS would send, by what was asked. Undefined: there is no such thing. */
export type ControlAnswer = (asked: Asked) => object | undefined;

/** By IAM's name of the action: `lambda:GetFunctionConfiguration`. */
export type ControlAnswers = Readonly<Record<string, ControlAnswer>>;

export interface ControlPlaneParams {
  readonly answers: ControlAnswers;
  readonly record?: CallRecord;
  readonly clock?: Clock;
  readonly port?: number;
}

export interface ControlPlane extends Listening {
  readonly record: CallRecord;
  /** Returns the function that takes back what is left of it. */
  inject(fault: AwsFault): () => void;
  /** Puts other answers in the place of these, until the next time. */
  bend(answers: ControlAnswers): void;
}

/**
 * What AWS tells of what is set up, on one door for all services: a request says by its signature whose it is. It only reads, knows no operation
 * that is not in its tables, and answers with the JSON that it was given.
 */
export async function createControlPlane(params: ControlPlaneParams): Promise<ControlPlane> {
  const { answers, record = createCallRecord(), clock = realClock, port } = params;
  const faults = createFaults();
  let bent: ControlAnswers = {};

  function bend(others: ControlAnswers): void {
    bent = others;
  }

  async function operationOf(request: Request): Promise<AwsOperation> {
    const asked = await readAsked(request);
    const [, name = ''] = asked.action.split(':');
    const answer = bent[asked.action] ?? answers[asked.action];
    if (!answer) throw new AwsError(400, 'UnknownOperationException', `Unknown: ${asked.action}`);
    return {
      name,
      needs: [{ action: asked.action, resource: '*' }],
      answer() {
        const found = answer(asked);
        if (found === undefined) throw absent(asked.action);
        return asked.isXml ? xml(name, found) : Response.json(found, { headers: { 'content-type': 'application/x-amz-json-1.1' } });
      },
    };
  }

  const server = await listen((request, bindings) => {
    const service = /\/([a-z-]+)\/aws4_request/.exec(request.headers.get('authorization') ?? '')?.[1] ?? 'nobody';
    return answerAws({ service, record, clock, faults, operationOf, ...(speaksQuery(service) ? { refuse: refusedAsXml } : {}) })(
      request,
      bindings,
    );
  }, port);
  return { ...server, record, inject: faults.inject, bend };
}

/** Each service has its own name for it. */
function absent(action: string): AwsError {
  const [service = ''] = action.split(':');
  const types: Readonly<Record<string, string>> = {
    kms: 'NotFoundException',
    sqs: 'AWS.SimpleQueueService.NonExistentQueue',
    iam: 'NoSuchEntity',
  };
  const isRest = ['lambda', 'bedrock', 'bedrock-agentcore', 'iam'].includes(service);
  return new AwsError(isRest ? 404 : 400, types[service] ?? 'ResourceNotFoundException', `${action}: there is no such thing`);
}

/** Of the query protocol. */
function xml(name: string, found: object): Response {
  const body = `<${name}Response><${name}Result>${xmlOf(found)}</${name}Result></${name}Response>`;
  return new Response(body, { headers: { 'content-type': 'text/xml' } });
}

function xmlOf(value: unknown): string {
  if (Array.isArray(value)) return value.map((item) => `<member>${xmlOf(item)}</member>`).join('');
  if (typeof value !== 'object' || value === null) return String(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return Object.entries(value)
    .map(([field, item]) => `<${field}>${xmlOf(item)}</${field}>`)
    .join('');
}

function refusedAsXml({ status, type, message }: AwsError): Response {
  const body = `<ErrorResponse><Error><Type>Sender</Type><Code>${type}</Code><Message>${message}</Message></Error></ErrorResponse>`;
  return new Response(body, { status, headers: { 'content-type': 'text/xml' } });
}

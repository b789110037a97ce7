import { type AwsOperation, unknownOperation } from '@vera/aws-stand-in/answer-aws';
import { type Clock, waited } from '@vera/stand-in-kit/clock';
import type { FaultList } from '@vera/stand-in-kit/fault-list';
import type { EventShelf } from './event-shelf.ts';
import { type MemoryFault, memoryRefusalOf, notFound } from './memory-fault.ts';
import { checked, shapes } from './memory-shapes.ts';
import type { RecordShelf } from './record-shelf.ts';

export interface MemoryParts {
  readonly memoryId: string;
  readonly arn: string;
  readonly events: EventShelf;
  readonly records: RecordShelf;
  readonly faults: FaultList<MemoryFault, string>;
  readonly clock: Clock;
  readonly cut: () => void;
}

interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** What stands behind `/memories/{memoryId}`; a colon names a part. */
  readonly path: string;
  /** 200 unless told. */
  readonly status?: number;
  readonly carryOut: (parts: MemoryParts, input: Record<string, unknown>, fault: MemoryFault | undefined) => object;
}

const event = '/actor/:actorId/sessions/:sessionId/events/:eventId';

/** Of the service's model; a single record is read in the singular and deleted in the plural. */
const routes: Readonly<Record<string, Route>> = {
  CreateEvent: {
    method: 'POST',
    path: '/events',
    status: 201,
    carryOut: ({ events }, input) => ({ event: events.create(checked(shapes.CreateEvent, input)) }),
  },
  GetEvent: { method: 'GET', path: event, carryOut: ({ events }, input) => ({ event: events.get(checked(shapes.event, input)) }) },
  DeleteEvent: {
    method: 'DELETE',
    path: event,
    carryOut: ({ events }, input) => {
      const place = checked(shapes.event, input);
      events.remove(place);
      return { eventId: place.eventId };
    },
  },
  ListEvents: {
    method: 'POST',
    path: '/actor/:actorId/sessions/:sessionId',
    carryOut: ({ events }, input) => events.list(checked(shapes.ListEvents, input)),
  },
  ListSessions: {
    method: 'POST',
    path: '/actor/:actorId/sessions',
    carryOut: ({ events }, input) => {
      const { filter, ...rest } = checked(shapes.ListSessions, input);
      return events.listSessions({ ...rest, withEvents: filter?.eventFilter === 'HAS_EVENTS' });
    },
  },
  RetrieveMemoryRecords: {
    method: 'POST',
    path: '/retrieve',
    carryOut: ({ records }, input) => {
      const { searchCriteria, ...where } = checked(shapes.RetrieveMemoryRecords, input);
      const { searchQuery, topK, memoryStrategyId } = searchCriteria;
      return records.search(searchQuery, topK, { ...where, memoryStrategyId });
    },
  },
  ListMemoryRecords: {
    method: 'POST',
    path: '/memoryRecords',
    carryOut: ({ records }, input) => records.list(checked(shapes.ListMemoryRecords, input)),
  },
  GetMemoryRecord: {
    method: 'GET',
    path: '/memoryRecord/:memoryRecordId',
    carryOut: ({ records }, input) => ({ memoryRecord: records.get(checked(shapes.record, input).memoryRecordId) }),
  },
  DeleteMemoryRecord: {
    method: 'DELETE',
    path: '/memoryRecords/:memoryRecordId',
    carryOut: ({ records }, input) => {
      const { memoryRecordId } = checked(shapes.record, input);
      if (!records.remove(memoryRecordId)) throw notFound(`The memory record ${memoryRecordId}`);
      return { memoryRecordId };
    },
  },
  BatchCreateMemoryRecords: { method: 'POST', path: '/memoryRecords/batchCreate', status: 201, carryOut: createRecords },
  BatchDeleteMemoryRecords: { method: 'POST', path: '/memoryRecords/batchDelete', carryOut: deleteRecords },
};

/** Each in the service's own form; `carryOut` is also given what the path and the query say. */
export async function memoryOperationOf(request: Request, parts: MemoryParts): Promise<AwsOperation> {
  const { pathname, searchParams } = new URL(request.url);
  const [, memoryId = '', rest = ''] = /^\/memories\/([^/]+)(\/.*?)\/?$/.exec(pathname) ?? [];
  for (const [name, route] of Object.entries(routes)) {
    const place = request.method === route.method ? matched(route.path, rest) : undefined;
    if (!place) continue;
    const input = { ...(route.method === 'POST' ? bodyOf(await request.text()) : {}), ...Object.fromEntries(searchParams), ...place };
    const needs = [{ action: `bedrock-agentcore:${name}`, resource: parts.arn }];
    const carryOut = (fault: MemoryFault | undefined) => {
      const named = decodeURIComponent(memoryId);
      if (named !== parts.memoryId && named !== parts.arn) throw notFound(`The memory ${named}`);
      return Response.json(route.carryOut(parts, input, fault), { status: route.status ?? 200 });
    };
    return { name, needs, answer: () => answered(name, carryOut, parts) };
  }
  throw unknownOperation(request);
}

async function answered(
  name: string,
  carryOut: (fault: MemoryFault | undefined) => Response,
  { faults, clock, cut }: MemoryParts,
): Promise<Response> {
  const fault = faults.take(name);
  if (fault?.kind === 'delay') await waited(clock, fault.milliseconds ?? 1_000);
  const refusal = fault && memoryRefusalOf(fault, name);
  if (refusal) throw refusal;
  const answer = carryOut(fault);
  if (fault?.kind === 'lost-response') cut();
  return answer;
}

function matched(path: string, rest: string): Record<string, string> | undefined {
  const [wanted, given] = [path.split('/'), rest.split('/')];
  if (wanted.length !== given.length) return undefined;
  const named: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? '';
    if (part.startsWith(':')) named[part.slice(1)] = decodeURIComponent(value);
    else if (part !== value) return undefined;
  }
  return named;
}

function bodyOf(text: string): Record<string, unknown> {
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}

type Outcome = { readonly status: 'SUCCEEDED' } | { readonly status: 'FAILED'; readonly errorCode: number; readonly errorMessage: string };

const stuck: Outcome = { status: 'FAILED', errorCode: 500, errorMessage: 'The record could not be processed' };

/** Answered well, whatever became of the single records: their failures stand inside. */
function batch(outcomes: readonly (Outcome & { readonly memoryRecordId: string })[]): object {
  const ended = (status: Outcome['status']) => outcomes.filter((one) => one.status === status);
  return { successfulRecords: ended('SUCCEEDED'), failedRecords: ended('FAILED') };
}

function createRecords({ records }: MemoryParts, input: Record<string, unknown>, fault: MemoryFault | undefined): object {
  const { records: given, clientToken } = checked(shapes.BatchCreateMemoryRecords, input);
  return records.once(clientToken, () =>
    batch(
      given.map(({ requestIdentifier, namespaces: [namespace = ''], content, memoryStrategyId: strategyId = '' }) => {
        if (fault?.kind === 'stuck') return { ...stuck, requestIdentifier, memoryRecordId: '' };
        const { id } = records.add({ text: content.text, namespace, strategyId });
        return { status: 'SUCCEEDED' as const, requestIdentifier, memoryRecordId: id };
      }),
    ),
  );
}

function deleteRecords({ records }: MemoryParts, input: Record<string, unknown>, fault: MemoryFault | undefined): object {
  const given = checked(shapes.BatchDeleteMemoryRecords, input).records;
  return batch(
    given.map(({ memoryRecordId }) => {
      if (fault?.kind === 'stuck' && (fault.recordId ?? memoryRecordId) === memoryRecordId) return { ...stuck, memoryRecordId };
      if (records.remove(memoryRecordId)) return { status: 'SUCCEEDED' as const, memoryRecordId };
      return { status: 'FAILED' as const, memoryRecordId, errorCode: 404, errorMessage: 'The memory record does not exist' };
    }),
  );
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultList, FaultTiming } from '@vera/stand-in-kit/fault-list';
import { isJsonObject, type JsonObject } from '@vera/stand-in-kit/json-object';
import type { Answer } from '@vera/stand-in-kit/listen';
import { type Route, routeFor } from './route.ts';
import { SaasRefusal } from './saas-refusal.ts';

export interface SaasApi<Caller> {
  readonly routes: readonly Route<Caller>[];
  readonly faults: FaultList<SaasFault, string>;
  /** Who calls and the path below the API's root. Throws a `SaasRefusal` for a wrong credential. */
  readonly identify: (request: Request) => { readonly caller: Caller; readonly path: string };
  /** Throws a `SaasRefusal` when the caller lacks the scopes of the route. */
  readonly checkScopes?: (caller: Caller, route: Route<Caller>) => void;
  /** How this API words what has no words of its own. */
  readonly refusals: {
    unknownPath(path: string): SaasRefusal;
    wrongMethod(): SaasRefusal;
    badBody(): SaasRefusal;
    injected(status: number, headers: Readonly<Record<string, string>>): SaasRefusal;
  };
}

/** What every emulated SaaS API does alike: faults, credentials, routes, refusals. */
export function answerSaas<Caller>(api: SaasApi<Caller>): Answer {
  return async (request, { incoming }) => {
    try {
      const fault = api.faults.take(new URL(request.url).pathname);
      if (fault) await strike(fault, request, { api, cut: () => void incoming.socket.destroy() });
      const response = await answered(api, request);
      return fault?.kind === 'altered' ? altered(fault.alter(await response.json()), response) : response;
    } catch (error) {
      if (error instanceof SaasRefusal) return error.toResponse();
      throw error;
    }
  };
}

function altered(answer: unknown, { status }: Response): Response {
  return new Response(typeof answer === 'string' ? answer : JSON.stringify(answer), {
    status,
    headers: { 'content-type': 'application/json' },
  });
}

async function answered<Caller>(api: SaasApi<Caller>, request: Request): Promise<Response> {
  const { caller, path } = api.identify(request);
  const match = routeFor(api.routes, request.method, path);
  if (match.kind === 'unknown') throw api.refusals.unknownPath(path);
  if (match.kind === 'wrong-method') throw api.refusals.wrongMethod();
  const { route, params } = match;
  api.checkScopes?.(caller, route);
  const { pathname, search, searchParams } = new URL(request.url);
  const body = await bodyOf(request, () => api.refusals.badBody());
  const result = await route.answer({ caller, params, query: searchParams, body, target: pathname + search });
  if (result instanceof Response) return result;
  return result === undefined
    ? new Response(null, { status: route.status ?? 204 })
    : Response.json(result, { status: route.status ?? 200 });
}

async function bodyOf(request: Request, refusal: () => SaasRefusal): Promise<JsonObject> {
  if (request.method === 'GET' || request.method === 'DELETE') return {};
  const text = await request.text();
  const value = parsed(text === '' ? '{}' : text);
  if (!isJsonObject(value)) throw refusal();
  return value;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

interface StrikeParts {
  readonly api: { readonly refusals: SaasApi<unknown>['refusals'] };
  readonly cut: () => void;
}

async function strike(fault: SaasFault, { signal }: Request, { api, cut }: StrikeParts): Promise<void> {
  switch (fault.kind) {
    case 'altered':
      return;
    case 'slow':
      await sleep(fault.milliseconds, undefined, { signal });
      return;
    case 'dead':
      cut();
      throw api.refusals.injected(500, {});
    case 'silent':
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      throw api.refusals.injected(500, {});
    case 'status': {
      const seconds = fault.retryAfterSeconds ?? (fault.status === 429 ? 30 : undefined);
      throw api.refusals.injected(fault.status, seconds === undefined ? {} : { 'retry-after': String(seconds) });
    }
  }
}

/** What a test makes a SaaS API do wrong. */
export type SaasFault = FaultTiming & {
  /** Only requests whose path contains this, such as `/search/jql`. */
  readonly path?: string;
} & (
    | { readonly kind: 'status'; readonly status: number; readonly retryAfterSeconds?: number }
    | { readonly kind: 'slow'; readonly milliseconds: number }
    | { readonly kind: 'dead' | 'silent' }
    /** It answers with something else than it means: as others saw of pages that say they are the last, or are cut in their middle. */
    | { readonly kind: 'altered'; readonly alter: (answer: unknown) => unknown }
  );

import type { JsonObject } from '@vera/stand-in-kit/json-object';

/** One request, understood: what stood in the path, behind the question mark, in the body, and who sent it. */
export interface SaasCall<Caller> {
  readonly caller: Caller;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: JsonObject;
  /** The path and what follows it, without the host. */
  readonly target: string;
}

export interface Route<Caller> {
  /** Method and path, as in `GET /issues/{key}`. */
  readonly at: string;
  /** OAuth scopes of which one is needed; none means any token does. */
  readonly scopes?: readonly string[];
  readonly answer: (call: SaasCall<Caller>) => object | Response | undefined | Promise<object | Response | undefined>;
  /** Default 200; of an answer without a body 204. */
  readonly status?: number;
}

/** Routes over a state; a reset brings a new one. */
export type Routes<State, Caller> = (state: () => State) => Route<Caller>[];

export type RouteMatch<Caller> =
  | { readonly kind: 'found'; readonly route: Route<Caller>; readonly params: Readonly<Record<string, string>> }
  | { readonly kind: 'wrong-method' }
  | { readonly kind: 'unknown' };

/** The route of a request. Of two that fit, the earlier in the list. */
export function routeFor<Caller>(routes: readonly Route<Caller>[], method: string, path: string): RouteMatch<Caller> {
  let isKnownPath = false;
  for (const route of routes) {
    const [routeMethod, template = ''] = route.at.split(' ');
    const params = paramsOf(template, path);
    if (!params) continue;
    if (routeMethod === method) return { kind: 'found', route, params };
    isKnownPath = true;
  }
  return { kind: isKnownPath ? 'wrong-method' : 'unknown' };
}

function paramsOf(template: string, path: string): Record<string, string> | undefined {
  const wanted = template.split('/');
  const given = path.replace(/(?<=.)\/$/, '').split('/');
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const text = decoded(given[index] ?? '');
    const name = /^\{(.+)\}$/.exec(part)?.[1];
    if (name) params[name] = text;
    else if (part !== text) return undefined;
  }
  return params;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A whole number of the query string, or what stands in for it; kept within its bounds. */
export function numberOf(text: string | null, { otherwise, least = 0, most = Number.MAX_SAFE_INTEGER }: NumberBounds): number {
  const number = text === null || !/^-?\d+$/.test(text) ? otherwise : Number(text);
  return Math.min(Math.max(number, least), most);
}

interface NumberBounds {
  readonly otherwise: number;
  readonly least?: number;
  readonly most?: number;
}

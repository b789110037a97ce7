import { setTimeout as sleep } from 'node:timers/promises';
import type { SlackApiCall, SlackFault } from '../contract.ts';
import { slackMethods } from '../methods/slack-methods.ts';
import type { World } from '../state/world.ts';
import { checkArguments } from './arguments.ts';
import type { Faults } from './faults.ts';
import { isDocumentedError, type MethodSpec, methodSpecOf } from './method-spec.ts';
import type { RateLimits } from './rate-limits.ts';
import { type ApiRequest, readRequest } from './read-request.ts';
import { refuse, SlackRefusal } from './slack-refusal.ts';

export interface CallParams {
  readonly world: World;
  readonly faults: Faults;
  /** Absent when limits are not enforced. */
  readonly limits: RateLimits | undefined;
  readonly record: (call: SlackApiCall) => void;
}

/** The network between app and Slack, as far as it can fail. */
export interface Line {
  cut(): void;
}

type Answer = Readonly<Record<string, unknown>>;

/** Answers one call of `/api/<method>`: always 200 with `ok`, but for limits and injected faults. */
export async function answerCall(params: CallParams, method: string, request: Request, line: Line): Promise<Response> {
  const { world, faults, limits, record } = params;
  const fault = faults.take(method);
  if (fault?.kind === 'unreachable') {
    line.cut();
    return new Response(null);
  }
  const spec = methodSpecOf(method);
  const read = await readRequest(request, spec?.json ?? false).catch(refusalOf);
  if (fault?.kind === 'delay') await sleep(fault.milliseconds);
  const args = read instanceof SlackRefusal ? {} : read.args;
  const note = (response: Answer, httpStatus: number) => record({ method, args, response, httpStatus, at: world.clock.now() });
  const wait = spec && limits?.take(method, spec.tier, String(args.channel ?? ''));
  const refused = refusalByNetwork(fault, wait);
  if (refused) {
    note(refused.body, refused.status);
    return Response.json(refused.body, { status: refused.status, headers: refused.headers });
  }
  const answer = fault?.kind === 'error' ? { ok: false, error: fault.error } : answerOf(world, method, read);
  note(answer, fault?.kind === 'lost-response' ? 0 : 200);
  if (fault?.kind === 'lost-response') line.cut();
  return Response.json(answer, { headers: headersOf(world, method) });
}

function answerOf(world: World, method: string, read: ApiRequest | SlackRefusal): Answer {
  try {
    if (read instanceof SlackRefusal) throw read;
    return runMethod(world, method, read);
  } catch (error) {
    const { reason, details } = refusalOf(error);
    return { ok: false, error: reason, ...details };
  }
}

function refusalByNetwork(fault: SlackFault | undefined, wait: number | undefined) {
  const seconds = fault?.kind === 'ratelimited' ? fault.retryAfterSeconds : wait;
  if (seconds !== undefined) return { status: 429, headers: { 'retry-after': String(seconds) }, body: { ok: false, error: 'ratelimited' } };
  if (fault?.kind === 'http') return { status: fault.status, headers: {}, body: {} };
  return undefined;
}

function refusalOf(error: unknown): SlackRefusal {
  if (error instanceof SlackRefusal) return error;
  throw error;
}

function headersOf({ botScopes }: World, method: string): Record<string, string> {
  const accepted = methodSpecOf(method)?.scopes.join(',') ?? '';
  return { 'content-type': 'application/json; charset=utf-8', 'x-oauth-scopes': botScopes.join(','), 'x-accepted-oauth-scopes': accepted };
}

/** Carries a call out in Slack's order: token, scopes, arguments, then what the method itself refuses. */
function runMethod(world: World, method: string, { args, token, warnings }: ApiRequest): Readonly<Record<string, unknown>> {
  const spec = methodSpecOf(method);
  const run = slackMethods[method];
  if (!spec || !run) return refuse('unknown_method');
  checkToken(world, spec, token);
  const given = [...warnings];
  const warn = (warning: string) => void given.push(warning);
  const answer = documented(method, () => run({ args: checkArguments(spec, args), world, token: token ?? '', warn }));
  if (given.length === 0) return { ok: true, ...answer };
  const metadata = (answer.response_metadata ?? {}) as Record<string, unknown>;
  return { ok: true, ...answer, warning: given.join(','), response_metadata: { ...metadata, warnings: given } };
}

function checkToken({ directory, botScopes }: World, spec: MethodSpec, token: string | undefined): void {
  if (!spec.needsToken) return;
  if (token === undefined) refuse('not_authed');
  if (spec.userTokenOnly) {
    if (token === directory.workspace.botToken) refuse('not_allowed_token_type');
    return;
  }
  if (token !== directory.workspace.botToken) refuse('invalid_auth');
  if (spec.scopes.length === 0 || spec.scopes.some((scope) => botScopes.includes(scope))) return;
  refuse('missing_scope', { needed: spec.scopes.join(','), provided: botScopes.join(',') });
}

/** An error that Slack does not document for the method is a fault of the emulator, never an answer. */
function documented<Result>(method: string, run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof SlackRefusal) || isDocumentedError(method, error.reason)) throw error;
    throw new Error(`emulator: ${method} does not document ${error.reason}`, { cause: error });
  }
}

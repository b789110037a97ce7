import { slackMethods } from '../methods/slack-methods.ts';
import type { World } from '../state/world.ts';
import { checkArguments } from './check-arguments.ts';
import { isDocumentedError, type MethodSpec, methodSpecOf } from './method-spec.ts';
import type { ApiRequest } from './read-request.ts';
import { refuse, SlackRefusal } from './slack-refusal.ts';

/** Carries a call out in Slack's order: token, scopes, arguments, then what the method itself refuses. */
export function runMethod(world: World, method: string, { args, token, warnings }: ApiRequest): Readonly<Record<string, unknown>> {
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

import { type Choice, choicePage } from '@vera/stand-in-kit/choice-page';
import type { Grants } from './grants.ts';

export interface OAuthPerson {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

export interface AuthorizationParams {
  readonly grants: Grants;
  readonly clientId: string;
  readonly people: readonly OAuthPerson[];
  readonly title: string;
  readonly colour: string;
  /** The redirect URIs of the app's registration. */
  readonly redirectUris: ReadonlySet<string>;
  /** In words, why this request is refused; undefined when it is not. */
  readonly refusalOf: (query: URLSearchParams) => string | undefined;
}

/** The consent page, and what comes of the choice: a code, or `access_denied`. Where the browser must not be sent, it is not. */
export async function answerAuthorization(params: AuthorizationParams, request: Request): Promise<Response> {
  const { pathname, search, searchParams: query } = new URL(request.url);
  const { grants, clientId, people, redirectUris } = params;
  const redirectUri = query.get('redirect_uri') ?? '';
  if (query.get('client_id') !== clientId) return refused('There is no such app.');
  if (!redirectUris.has(redirectUri)) return refused('redirect_uri is not registered for this client');
  const refusal = refusalOf(params, query);
  if (refusal) return refused(refusal);
  if (request.method !== 'POST')
    return choicePage({ ...params, text: textOf(query), action: pathname + search, choices: choicesOf(people) });
  const choice = new URLSearchParams(await request.text()).get('choice') ?? '';
  const target = new URL(redirectUri);
  const state = query.get('state');
  if (state !== null) target.searchParams.set('state', state);
  if (!people.some(({ id }) => id === choice)) {
    target.searchParams.set('error', 'access_denied');
    target.searchParams.set('error_description', 'User did not authorize the request');
    return Response.redirect(target, 302);
  }
  const challenge = query.get('code_challenge');
  const consent = { personId: choice, scope: query.get('scope') ?? '', redirectUri };
  target.searchParams.set('code', grants.issueCode(challenge === null ? consent : { ...consent, challenge }));
  return Response.redirect(target, 302);
}

function refusalOf({ refusalOf: own }: AuthorizationParams, query: URLSearchParams): string | undefined {
  if (query.get('code_challenge') !== null && query.get('code_challenge_method') !== 'S256') return 'code_challenge_method must be S256';
  return own(query);
}

function choicesOf(people: readonly OAuthPerson[]): Choice[] {
  return [
    ...people.map(({ id, name, email }) => ({ value: id, label: `Accept as ${name} (${email})` })),
    { value: 'cancel', label: 'Cancel' },
  ];
}

function textOf(query: URLSearchParams): string {
  const scope = query.get('scope');
  return scope ? `Vera wants to act as you: ${scope.split(' ').join(', ')}` : 'Vera wants to act as you.';
}

function refused(message: string): Response {
  return new Response(`Error: ${message}`, { status: 400, headers: { 'content-type': 'text/plain' } });
}

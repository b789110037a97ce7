import { choicePage } from '@vera/stand-in-kit/choice-page';
import type { World } from '../state/world.ts';

/** Slack's page of Sign in with Slack, with a button for each person: here nobody has a session with Slack. */
export async function answerSignIn(world: World, request: Request): Promise<Response> {
  const { pathname, search, searchParams: query } = new URL(request.url);
  const refusal = refusalOf(world, query);
  if (refusal) return new Response(refusal, { status: 400, headers: { 'content-type': 'text/plain' } });
  const people = world.directory.workspace.users.filter(({ botId }) => botId === undefined);
  if (request.method !== 'POST') {
    return choicePage({
      title: 'Sign in with Slack',
      text: `Vera wants to know who you are in ${world.directory.workspace.teamDomain}. Who is at this browser?`,
      action: pathname + search,
      choices: [
        ...people.map(({ id, realName, name }) => ({ value: id, label: `${realName} (@${name})` })),
        { value: 'cancel', label: 'Cancel' },
      ],
      colour: '#4a154b',
    });
  }
  const user = new URLSearchParams(await request.text()).get('choice') ?? '';
  const redirectUri = query.get('redirect_uri') ?? '';
  const back = new URL(redirectUri);
  if (people.some(({ id }) => id === user)) {
    const nonce = query.get('nonce');
    const grant = { user, redirectUri, purpose: 'sign-in' } as const;
    back.searchParams.set('code', world.grants.issueCode(nonce === null ? grant : { ...grant, nonce }));
  } else back.searchParams.set('error', 'access_denied');
  const state = query.get('state');
  if (state !== null) back.searchParams.set('state', state);
  return Response.redirect(back, 302);
}

/** In words; undefined when there is nothing to refuse. */
function refusalOf({ directory, redirectUris }: World, query: URLSearchParams): string | undefined {
  const { clientId, teamId } = directory.workspace;
  const given = query.get('client_id');
  if (!given || (clientId && given !== clientId)) return 'invalid_client_id';
  if (!redirectUris.has(query.get('redirect_uri') ?? '')) return 'redirect_uri did not match any configured URIs';
  if (query.get('response_type') !== 'code') return 'invalid response_type';
  if (!query.get('scope')?.split(/[ ,]/).includes('openid')) return 'the scope openid is missing';
  const team = query.get('team');
  return team === null || team === teamId ? undefined : 'invalid_team_for_non_distributed_app';
}

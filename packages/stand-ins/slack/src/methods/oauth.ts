import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { MethodCall, SlackMethod } from '../api/slack-method.ts';
import { refuse } from '../api/slack-refusal.ts';
import type { SlackGrant } from '../contract.ts';

export const oauthV2Access: SlackMethod = (call) => {
  const { world } = call;
  const { user } = redeem(call, 'install');
  const { teamId, teamDomain, appId, botUserId, botToken } = world.directory.workspace;
  return {
    access_token: botToken,
    token_type: 'bot',
    scope: world.botScopes.join(','),
    bot_user_id: botUserId,
    app_id: appId,
    is_enterprise_install: false,
    team: { id: teamId, name: teamDomain },
    enterprise: null,
    authed_user: { id: user },
  };
};

/** Sign in with Slack. */
export const openidConnectToken: SlackMethod = (call) => {
  const { args, world } = call;
  const { user, nonce } = redeem(call, 'sign-in');
  const claims = { ...claimsOf(call, user), ...(nonce === undefined ? {} : { nonce }) };
  const id_token = signIdToken(claims, { audience: args.text('client_id'), now: world.clock.outside() });
  return { access_token: world.grants.issueToken(user), token_type: 'Bearer', id_token, state: args.text('state') };
};

export const openidConnectUserInfo: SlackMethod = (call) => {
  const user = call.world.grants.userOf(call.token) ?? refuse('invalid_auth');
  return claimsOf(call, user);
};

function redeem({ args, world }: MethodCall, purpose: SlackGrant['purpose']): SlackGrant {
  const { clientId, clientSecret } = world.directory.workspace;
  if (args.text('client_id') === '' || (clientId && args.text('client_id') !== clientId)) refuse('invalid_client_id');
  if (args.text('client_secret') === '' || (clientSecret && args.text('client_secret') !== clientSecret)) refuse('bad_client_secret');
  if (args.text('refresh_token') !== '') refuse('invalid_refresh_token');
  if (!['', 'authorization_code'].includes(args.text('grant_type'))) refuse('invalid_grant_type');
  const grant = world.grants.redeem(args.text('code'), purpose) ?? refuse('invalid_code');
  if (args.text('redirect_uri') !== grant.redirectUri) refuse('bad_redirect_uri');
  return grant;
}

function claimsOf({ world }: MethodCall, id: string): Record<string, unknown> {
  const { teamId, teamDomain } = world.directory.workspace;
  const user = world.directory.user(id);
  const [given = '', ...family] = (user?.realName ?? '').split(' ');
  return {
    sub: id,
    'https://slack.com/user_id': id,
    'https://slack.com/team_id': user?.teamId ?? teamId,
    'https://slack.com/team_name': teamDomain,
    'https://slack.com/team_domain': teamDomain,
    email: user?.email ?? `${user?.name}@${teamDomain}.example`,
    email_verified: true,
    name: user?.realName ?? '',
    given_name: given,
    family_name: family.join(' '),
    locale: 'en-US',
  };
}

const lifetimeSeconds = 300;
const keyId = 'emulator';
let keys: { readonly privateKey: KeyObject; readonly publicKey: KeyObject } | undefined;

/** The id token as Slack signs it: RS256, good for five minutes. */
function signIdToken(
  claims: Readonly<Record<string, unknown>>,
  { audience, now }: { readonly audience: string; readonly now: number },
): string {
  const iat = Math.floor(now / 1000);
  const payload = { iss: 'https://slack.com', aud: audience, iat, exp: iat + lifetimeSeconds, ...claims };
  const unsigned = [{ alg: 'RS256', typ: 'JWT', kid: keyId }, payload]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return `${unsigned}.${createSign('RSA-SHA256').update(unsigned).sign(keyPair().privateKey, 'base64url')}`;
}

/** What `/openid/connect/keys` publishes. */
export function publicKeys(): { readonly keys: readonly object[] } {
  return { keys: [{ ...keyPair().publicKey.export({ format: 'jwk' }), kid: keyId, alg: 'RS256', use: 'sig' }] };
}

/** Made when first needed: it takes a moment. */
function keyPair(): NonNullable<typeof keys> {
  keys ??= generateKeyPairSync('rsa', { modulusLength: 2048 });
  return keys;
}

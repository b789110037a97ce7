import { createPublicKey, createVerify } from 'node:crypto';
import { expect, test } from 'vitest';
import { northwind } from './northwind.ts';
import { clientOf, outcomeOf, startSlack } from './start-slack.ts';

const redirect_uri = 'https://vera.example/callback';

test('a person signs in: code, id token that verifies, and who they are', async () => {
  await using started = await startSlack({ workspace: { ...northwind, clientId: '1.2', clientSecret: 's3' } });
  const { slack, client } = started;
  const code = slack.authorize({ user: 'UANN', redirectUri: redirect_uri, purpose: 'sign-in', nonce: 'n1' });
  const exchange = (change: object = {}) =>
    client.openid.connect.token({ client_id: '1.2', client_secret: 's3', code, redirect_uri, ...change });
  expect(await outcomeOf(exchange({ client_id: 'x' }))).toBe('invalid_client_id');
  expect(await outcomeOf(exchange({ client_secret: 'x' }))).toBe('bad_client_secret');
  expect(await outcomeOf(exchange({ code: 'x' }))).toBe('invalid_code');
  const { id_token = '', access_token = '' } = await exchange();
  expect(await outcomeOf(exchange())).toBe('invalid_code');
  const [header = '', payload = '', signature = ''] = id_token.split('.');
  const { keys } = (await (await fetch(`${slack.url}/openid/connect/keys`)).json()) as { keys: [Record<string, string>] };
  const key = createPublicKey({ key: keys[0], format: 'jwk' });
  expect(createVerify('RSA-SHA256').update(`${header}.${payload}`).verify(key, signature, 'base64url')).toBe(true);
  expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({
    iss: 'https://slack.com',
    aud: '1.2',
    sub: 'UANN',
    nonce: 'n1',
  });
  expect(await clientOf(slack).openid.connect.userInfo({ token: access_token })).toMatchObject({
    sub: 'UANN',
    'https://slack.com/team_id': 'T01',
  });
});

test('an installation yields the bot token; the redirect URI must be the same', async () => {
  await using started = await startSlack();
  const { slack, client } = started;
  const code = () => slack.authorize({ user: 'UANN', redirectUri: redirect_uri, purpose: 'install' });
  const install = (change: object) => client.oauth.v2.access({ client_id: '1', client_secret: 's', code: code(), redirect_uri, ...change });
  expect(await install({})).toMatchObject({
    access_token: northwind.botToken,
    bot_user_id: 'UVERA',
    team: { id: 'T01' },
    enterprise: null,
  });
  expect(await outcomeOf(install({ redirect_uri: 'https://evil.example' }))).toBe('bad_redirect_uri');
  expect(await outcomeOf(client.openid.connect.token({ client_id: '1', client_secret: 's', code: code(), redirect_uri }))).toBe(
    'invalid_code',
  );
});

test('Slack’s page asks who is there, and sends browsers back to registered places only', async () => {
  await using started = await startSlack({ workspace: { ...northwind, clientId: '1.2', clientSecret: 's3' } });
  const { slack } = started;
  slack.allowRedirect(redirect_uri);
  const query = { client_id: '1.2', redirect_uri, response_type: 'code', scope: 'openid', state: 's1', nonce: 'n1', team: 'T01' };
  const ask = (change: object = {}, choice?: string) => {
    const url = `${slack.url}/openid/connect/authorize?${new URLSearchParams({ ...query, ...change })}`;
    const body = choice === undefined ? {} : { method: 'POST', body: new URLSearchParams({ choice }) };
    return fetch(url, { redirect: 'manual', ...body });
  };
  expect(await (await ask()).text()).toMatch(/Sign in with Slack.*<button name="choice" value="UANN">/s);
  const back = new URL((await ask({}, 'UANN')).headers.get('location') ?? '');
  expect(back.href.startsWith(redirect_uri)).toBe(true);
  expect(Object.fromEntries(back.searchParams)).toEqual({ code: expect.any(String), state: 's1' });
  expect((await ask({}, 'cancel')).headers.get('location')).toBe(`${redirect_uri}?error=access_denied&state=s1`);
  const wrong = [
    { client_id: '9' },
    { redirect_uri: 'https://evil.example' },
    { response_type: 'token' },
    { scope: 'email' },
    { team: 'T02' },
  ];
  for (const change of wrong) expect((await ask(change, 'UANN')).status, JSON.stringify(change)).toBe(400);
});

test('the way back from another site leads to a conversation of this workspace, and to no other', async () => {
  await using started = await startSlack();
  const open = (query: string) => fetch(`${started.slack.url}/app_redirect?${query}`);
  expect(await (await open(`team=${northwind.teamId}&channel=COPS`)).text()).toContain('#ops');
  for (const query of [`team=T0OTHER&channel=COPS`, `team=${northwind.teamId}&channel=C0NONE`, ''])
    expect((await open(query)).status, query).toBe(404);
});

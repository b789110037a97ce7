import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createAtlassianOAuth } from '../../src/oauth/create-atlassian-oauth.ts';
import { createGitHubOAuth } from '../../src/oauth/create-github-oauth.ts';

const redirect = 'https://portal.example/back';
const verifier = 'v'.repeat(50);
const challenge = createHash('sha256').update(verifier).digest('base64url');
const keys = { client_id: 'vera', client_secret: 'hush' };
const people = [{ id: '1', name: 'ann', email: 'ann@northwind.example' }];
const sites = [{ id: 'cloud-1', name: 'northwind', url: 'https://northwind.atlassian.net' }];
const query = {
  atlassian: { audience: 'api.atlassian.com', scope: 'read:me offline_access', prompt: 'consent', response_type: 'code' },
  github: { code_challenge: challenge, code_challenge_method: 'S256' },
};
const paths = {
  atlassian: ['/authorize', '/oauth/token', '/me'],
  github: ['/login/oauth/authorize', '/login/oauth/access_token', '/user'],
};

async function started(name: 'atlassian' | 'github') {
  let time = 1_766_458_030_000;
  const params = { clientId: 'vera', clientSecret: 'hush', people, now: () => time };
  const emulator = name === 'atlassian' ? await createAtlassianOAuth({ ...params, sites }) : await createGitHubOAuth(params);
  emulator.allowRedirect(redirect);
  const [authorizePath, tokenPath, mePath] = paths[name];
  const consent = (change: Record<string, string> = {}, choice?: string) => {
    const url = new URL(authorizePath!, emulator.url);
    url.search = new URLSearchParams({ client_id: 'vera', redirect_uri: redirect, state: 's1', ...query[name], ...change }).toString();
    const body = choice === undefined ? {} : { method: 'POST', body: new URLSearchParams({ choice }) };
    return fetch(url, { redirect: 'manual', ...body });
  };
  const back = async (choice: string) => new URL((await consent({}, choice)).headers.get('location')!).searchParams;
  const token = async (fields: Record<string, string>): Promise<Record<string, string>> => {
    const answer = await fetch(new URL(tokenPath!, emulator.url), {
      method: 'POST',
      body: JSON.stringify({ ...keys, ...fields }),
      headers: { 'content-type': 'application/json' },
    });
    return (await answer.json()) as Record<string, string>;
  };
  const exchange = async (change: Record<string, string> = {}): Promise<Record<string, string>> => {
    const pkce: Record<string, string> = name === 'github' ? { code_verifier: verifier } : {};
    return token({ grant_type: 'authorization_code', code: (await back('1')).get('code')!, redirect_uri: redirect, ...pkce, ...change });
  };
  const refresh = (refresh_token = '', change = {}) => token({ grant_type: 'refresh_token', refresh_token, ...change });
  const me = async (accessToken = '') =>
    (await fetch(new URL(mePath!, emulator.url), { headers: { authorization: `Bearer ${accessToken}` } })).status;
  const pass = (seconds: number) => {
    time += seconds * 1000;
  };
  return { emulator, consent, back, exchange, refresh, me, pass, [Symbol.asyncDispose]: () => emulator[Symbol.asyncDispose]() };
}

describe.each(['atlassian', 'github'] as const)('the OAuth emulator of %s', (name) => {
  it('shows a consent page, and sends the browser back with code or access_denied, state as it came', async () => {
    await using provider = await started(name);
    expect(await (await provider.consent()).text()).toMatch(/Accept as ann.*Cancel/s);
    expect(Object.fromEntries(await provider.back('1'))).toMatchObject({ code: expect.any(String), state: 's1' });
    expect(Object.fromEntries(await provider.back('cancel'))).toMatchObject({ error: 'access_denied', state: 's1' });
  });

  it('sends nobody to a place that is not registered, nor for an app it does not know', async () => {
    await using provider = await started(name);
    for (const change of [{ redirect_uri: 'https://evil.example/' }, { redirect_uri: `${redirect}/..` }, { client_id: 'x' }]) {
      const answer = await provider.consent(change, '1');
      expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
    }
  });

  it('gives tokens for a code once, with the right secret, redirect URI and verifier, in time', async () => {
    await using provider = await started(name);
    for (const change of [
      { client_secret: 'x' },
      { redirect_uri: 'https://portal.example/' },
      { code: 'x' },
      { code_verifier: 'x'.repeat(50) },
    ])
      expect(await provider.exchange(change as Record<string, string>), JSON.stringify(change)).toHaveProperty('error');
    const code = (await provider.back('1')).get('code')!;
    const { access_token } = await provider.exchange({ code });
    expect(provider.emulator.personOf(access_token!)).toEqual(people[0]);
    expect(await provider.me(access_token)).toBe(200);
    expect(await provider.exchange({ code })).toHaveProperty('error');
    // A code that comes twice was stolen: what it gave is void.
    expect(await provider.me(access_token)).toBe(401);
    const late = (await provider.back('1')).get('code')!;
    provider.pass(601);
    expect(await provider.exchange({ code: late })).toHaveProperty('error');
  });

  it('rotates refresh tokens; one used long ago ends all of its family', async () => {
    await using provider = await started(name);
    const first = await provider.exchange();
    const second = await provider.refresh(first.refresh_token);
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect(await provider.refresh(second.refresh_token, { client_secret: 'x' })).toHaveProperty('error');
    provider.pass(601);
    expect(await provider.refresh(first.refresh_token)).toHaveProperty('error');
    expect(await provider.refresh(second.refresh_token)).toHaveProperty('error');
    expect(await provider.me(second.access_token)).toBe(401);
  });

  it('takes an access token until it expires', async () => {
    await using provider = await started(name);
    const { access_token, expires_in } = await provider.exchange();
    provider.pass(Number(expires_in) - 1);
    expect(await provider.me(access_token)).toBe(200);
    provider.pass(1);
    expect(await provider.me(access_token)).toBe(401);
  });
});

describe('the two differ', () => {
  it('in what a refresh token is worth for ten minutes after its use', async () => {
    await using atlassian = await started('atlassian');
    const { refresh_token } = await atlassian.exchange();
    await atlassian.refresh(refresh_token);
    atlassian.pass(599);
    expect(await atlassian.refresh(refresh_token)).toHaveProperty('access_token');
    await using github = await started('github');
    const other = await github.exchange();
    await github.refresh(other.refresh_token);
    expect(await github.refresh(other.refresh_token)).toMatchObject({ error: 'bad_refresh_token' });
  });

  it('in that Atlassian wants an audience and a scope', async () => {
    await using provider = await started('atlassian');
    for (const change of [{ audience: '' }, { scope: '' }]) expect((await provider.consent(change, '1')).status).toBe(400);
  });
});

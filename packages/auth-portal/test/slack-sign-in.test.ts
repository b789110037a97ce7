import { listen } from '@vera/stand-in-kit/listen';
import { exportJWK, generateKeyPair, importJWK, type JWTHeaderParameters, SignJWT, UnsecuredJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { createSlackSignIn } from '../src/slack-sign-in.ts';

const now = 1_766_458_030_000;
const seconds = now / 1000;
const own = await generateKeyPair('RS256', { extractable: true });
const foreign = await generateKeyPair('RS256', { extractable: true });
const ownForPss = exportJWK(own.privateKey).then((key) => importJWK(key, 'PS256'));
const jwk = { ...(await exportJWK(own.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' };
const good = {
  iss: 'https://slack.com',
  aud: 'vera',
  iat: seconds,
  exp: seconds + 300,
  nonce: 'n1',
  'https://slack.com/user_id': 'U0ANN',
  'https://slack.com/team_id': 'T0TEST',
};
const without = (name: keyof typeof good) => Object.fromEntries(Object.entries(good).filter(([one]) => one !== name));

const signed = (claims: object, header: Partial<JWTHeaderParameters> = {}, key: CryptoKey | Uint8Array = own.privateKey) =>
  new SignJWT({ ...claims }).setProtectedHeader({ alg: 'RS256', kid: 'one', ...header }).sign(key);
/** Signed with the public key as if it were a shared secret. */
const confused = () =>
  new SignJWT(good).setProtectedHeader({ alg: 'HS256', kid: 'one' }).sign(new TextEncoder().encode(JSON.stringify(jwk)));

/** What comes of a sign-in to which Slack answers with this. */
async function outcomeOf(answer: () => Response | Promise<Response>, keys: () => Response = () => Response.json({ keys: [jwk] })) {
  const asked: string[] = [];
  await using slack = await listen(async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === '/openid/connect/keys') return keys();
    asked.push(`${pathname} ${await request.text()}`);
    return answer();
  });
  const signIn = createSlackSignIn({ clientId: 'vera', clientSecret: 'hush', slackUrl: slack.url, now: () => now });
  const outcome = await signIn.personOf('code-1', { nonce: 'n1', redirectUri: 'https://portal.example/signed-in' });
  return { outcome, asked };
}
const withToken = (id_token: string | Promise<string>) =>
  outcomeOf(async () => Response.json({ ok: true, access_token: 'xoxp', token_type: 'Bearer', id_token: await id_token }));

describe('Sign in with Slack', () => {
  it('gives the person of a token that Slack signed, for us, for this sign-in, just now', async () => {
    const { outcome, asked } = await withToken(signed(good));
    expect(outcome).toEqual({ kind: 'person', person: { teamId: 'T0TEST', userId: 'U0ANN' } });
    expect(asked).toEqual([
      expect.stringMatching(/^\/api\/openid\.connect\.token client_id=vera&client_secret=hush&grant_type=authorization_code&code=code-1/),
    ]);
  });

  it.each([
    ['signed by somebody else', () => signed(good, {}, foreign.privateKey)],
    ['signed by nobody', () => new UnsecuredJWT(good).encode()],
    ['signed with the public key', confused],
    ['signed by a key nobody published', () => signed(good, { kid: 'two' })],
    ['of another algorithm', async () => signed(good, { alg: 'PS256' }, await ownForPss)],
    ['of another issuer', () => signed({ ...good, iss: 'https://slack.com.evil.example' })],
    ['for another app', () => signed({ ...good, aud: 'another' })],
    ['that expired', () => signed({ ...good, exp: seconds - 31 })],
    ['that never expires', () => signed(without('exp'))],
    ['for another sign-in', () => signed({ ...good, nonce: 'n2' })],
    ['for no sign-in', () => signed(without('nonce'))],
    ['of nobody', () => signed(without('https://slack.com/user_id'))],
    ['of an empty user', () => signed({ ...good, 'https://slack.com/user_id': '' })],
    ['of no workspace', () => signed(without('https://slack.com/team_id'))],
    ['that is none', () => 'ey.ey.ey'],
    [
      'changed afterwards',
      async () =>
        (await signed(good)).replace(/\.[^.]+\./, `.${Buffer.from(JSON.stringify({ ...good, sub: 'x' })).toString('base64url')}.`),
    ],
  ])('refuses a token %s', async (_, token) => {
    expect((await withToken(token())).outcome).toMatchObject({ kind: 'refused' });
  });

  it('tells a refusal from a Slack that does not answer, and throws for neither', async () => {
    const kindOf = async (answer: () => Response, keys?: () => Response) => (await outcomeOf(answer, keys)).outcome;
    expect(await kindOf(() => Response.json({ ok: false, error: 'invalid_code' }))).toEqual({ kind: 'refused', reason: 'invalid_code' });
    for (const down of [
      () => new Response('no', { status: 503 }),
      () => Response.json({ ok: true }),
      () => Response.redirect('https://evil.example/'),
    ])
      expect((await kindOf(down)).kind).toBe('unavailable');
    const keysDown = () => new Response('no', { status: 503 });
    const token = await signed(good);
    expect((await kindOf(() => Response.json({ ok: true, id_token: token }), keysDown)).kind).toBe('unavailable');
  });
});

import { createPublicKey, type JsonWebKey, verify } from 'node:crypto';
import { createTestClock } from '@vera/stand-in-kit/clock';
import { describe, expect, it } from 'vitest';
import { createCognito } from '../src/create-cognito.ts';

const client = { id: 'abc123', secret: 's:e/c+r=et', scopes: ['vera/invoke', 'vera/other'] };
const basic = `Basic ${Buffer.from(`${client.id}:${client.secret}`).toString('base64')}`;

function ask(url: string, body: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers }, body });
}

describe('the emulated user pool', () => {
  it('gives a machine a token that its published keys prove, with the claims Cognito puts in and no audience', async () => {
    const clock = createTestClock();
    await using cognito = await createCognito({ clients: [client], clock });
    const response = await ask(cognito.tokenUrl, 'grant_type=client_credentials&scope=vera/invoke', { authorization: basic });
    const { access_token, ...rest } = (await response.json()) as { access_token: string };
    expect(rest).toEqual({ expires_in: 3600, token_type: 'Bearer' });
    const discovery = (await (await fetch(cognito.discoveryUrl)).json()) as { issuer: string; jwks_uri: string; token_endpoint: string };
    expect(discovery).toMatchObject({ issuer: cognito.issuer, token_endpoint: cognito.tokenUrl });
    const { keys } = (await (await fetch(discovery.jwks_uri)).json()) as { keys: JsonWebKey[] };
    const [head, payload, signature] = access_token.split('.') as [string, string, string];
    const key = createPublicKey({ key: keys[0]!, format: 'jwk' });
    expect(verify('RSA-SHA256', Buffer.from(`${head}.${payload}`), key, Buffer.from(signature, 'base64url'))).toBe(true);
    expect(keys[0]).not.toHaveProperty('d');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
    const iat = clock.now() / 1_000;
    expect(claims).toMatchObject({
      sub: client.id,
      client_id: client.id,
      scope: 'vera/invoke',
      token_use: 'access',
      iat,
      exp: iat + 3_600,
    });
    expect(claims).not.toHaveProperty('aud');
  });

  it('takes the client from the form too, and gives all its scopes when none is asked for', async () => {
    await using cognito = await createCognito({ clients: [client] });
    const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: client.id, client_secret: client.secret });
    const { access_token } = (await (await ask(cognito.tokenUrl, form.toString())).json()) as { access_token: string };
    const claims = JSON.parse(Buffer.from(access_token.split('.')[1]!, 'base64url').toString());
    expect(claims.scope).toBe('vera/invoke vera/other');
  });

  it.each([
    ['a wrong secret', 'grant_type=client_credentials', `Basic ${Buffer.from('abc123:wrong').toString('base64')}`, 'invalid_client'],
    ['a client nobody knows', 'grant_type=client_credentials', `Basic ${Buffer.from('x:y').toString('base64')}`, 'invalid_client'],
    ['no Basic at all', 'grant_type=client_credentials', 'Bearer x', 'invalid_client'],
    ['no client', 'grant_type=client_credentials', undefined, 'invalid_request'],
    ['no grant', '', basic, 'invalid_request'],
    ['another grant', 'grant_type=password', basic, 'unsupported_grant_type'],
    ['another scope', 'grant_type=client_credentials&scope=vera/invoke+vera/admin', basic, 'invalid_scope'],
  ])('refuses %s', async (_, body, authorization, error) => {
    await using cognito = await createCognito({ clients: [client] });
    const response = await ask(cognito.tokenUrl, body, authorization === undefined ? {} : { authorization });
    expect([response.status, await response.json()]).toMatchObject([400, { error }]);
    expect(cognito.tokensIssued).toBe(0);
  });
});

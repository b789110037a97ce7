import { KMSClient } from '@aws-sdk/client-kms';
import { createKms } from '@vera/aws-stand-in/create-kms';
import { sdkDataKeys } from '@vera/service-kit/sdk-clients';
import { describe, expect, it } from 'vitest';
import { connectAccount } from '../src/connect-account.ts';
import { createAccessTokens } from '../src/create-access-tokens.ts';
import { createKmsSeal } from '../src/kms-seal.ts';
import { tokenSealerFor } from '../src/seal.ts';
import { ann, bob, keyArn, redirectUri, site, startedAccounts, verifier } from './started-accounts.ts';

const hour = 3_600_000;
const refreshes = (provider: { readonly tokenRequests: readonly { readonly grantType: string }[] }) =>
  provider.tokenRequests.filter(({ grantType }) => grantType === 'refresh_token').length;

describe('an access token', () => {
  it('is that of the person who asks, with the sites it opens', async () => {
    await using accounts = await startedAccounts();
    await accounts.connect(ann, 'atlassian', '1');
    await accounts.connect(bob, 'atlassian', '2');
    const [ofAnn, ofBob] = await Promise.all([ann, bob].map((person) => accounts.accessTokenOf(person, 'atlassian')));
    expect(ofAnn).toMatchObject({ kind: 'token', accountId: '1', sites: [site] });
    if (ofAnn?.kind !== 'token' || ofBob?.kind !== 'token') throw new Error('no tokens');
    expect(accounts.atlassian.personOf(ofAnn.token)).toMatchObject({ name: 'Ann' });
    expect(accounts.atlassian.personOf(ofBob.token)).toMatchObject({ name: 'Bob' });
    expect(refreshes(accounts.atlassian)).toBe(0);
  });

  it('is nobody’s without an account, of another workspace’s namesake neither', async () => {
    await using accounts = await startedAccounts();
    await accounts.connect();
    expect(await accounts.accessTokenOf(bob, 'atlassian')).toEqual({ kind: 'not-connected' });
    expect(await accounts.accessTokenOf({ ...ann, teamId: 'T02' }, 'atlassian')).toEqual({ kind: 'not-connected' });
    expect(await accounts.accessTokenOf(ann, 'github')).toEqual({ kind: 'not-connected' });
  });

  it.each(['atlassian', 'github'] as const)(
    'of %s is refreshed once for forty who ask at once from eight processes, round after round',
    async (provider) => {
      await using accounts = await startedAccounts();
      await accounts.connect(ann, provider);
      const processes = Array.from({ length: 8 }, () => createAccessTokens(accounts.tokens));
      for (let round = 1; round <= 2; round += 1) {
        accounts.pass(9 * hour);
        const answers = await Promise.all(Array.from({ length: 40 }, (_, index) => processes[index % 8]!(ann, provider)));
        const tokens = new Set(answers.map((answer) => (answer.kind === 'token' ? answer.token : answer.kind)));
        expect([...tokens].map((token) => accounts[provider].personOf(token)?.name)).toEqual(['Ann']);
        expect(refreshes(accounts[provider])).toBe(round);
      }
    },
  );

  it('that the provider refuses is changed for another one, however fresh it seems', async () => {
    await using accounts = await startedAccounts();
    await accounts.connect();
    const first = await accounts.accessTokenOf(ann, 'atlassian');
    if (first.kind !== 'token') throw new Error('no token');
    const next = await accounts.accessTokenOf(ann, 'atlassian', first.token);
    expect(next).toMatchObject({ kind: 'token', token: expect.not.stringContaining(first.token) });
    expect(await accounts.accessTokenOf(ann, 'atlassian', first.token)).toEqual(next);
    expect(refreshes(accounts.atlassian)).toBe(1);
  });

  it('that is refused because the person ended the connection there has expired', async () => {
    await using accounts = await startedAccounts();
    await accounts.connect();
    const first = await accounts.accessTokenOf(ann, 'atlassian');
    if (first.kind !== 'token') throw new Error('no token');
    accounts.atlassian.revoke(first.token);
    expect(await accounts.accessTokenOf(ann, 'atlassian', first.token)).toEqual({ kind: 'expired' });
    expect(await accounts.accessTokenOf(ann, 'atlassian')).toEqual({ kind: 'expired' });
  });

  it('that came without a refresh token serves until it ends, and then the provider is not asked in vain', async () => {
    await using accounts = await startedAccounts();
    const connection = await accounts.connect();
    if (connection.kind !== 'connected') throw new Error('not connected');
    const close = await tokenSealerFor(accounts.seal, ann, 'atlassian');
    await accounts.shelf.put(ann, connection.account, close({ accessToken: 'the only one', accessExpiresAt: accounts.now() + hour }));
    expect(await accounts.accessTokenOf(ann, 'atlassian')).toMatchObject({ kind: 'token', token: 'the only one' });
    accounts.pass(hour);
    expect(await accounts.accessTokenOf(ann, 'atlassian')).toEqual({ kind: 'expired' });
    expect(refreshes(accounts.atlassian)).toBe(0);
  });

  it('that soon ends serves on while another process fetches the next one', async () => {
    await using accounts = await startedAccounts();
    await accounts.connect();
    accounts.pass(hour - 120_000);
    const answers = await Promise.all(Array.from({ length: 20 }, () => accounts.accessTokenOf(ann, 'atlassian')));
    expect(answers.every(({ kind }) => kind === 'token')).toBe(true);
    expect(refreshes(accounts.atlassian)).toBe(1);
  });

  it('survives that the answer to its refresh got lost, where the provider takes the token once more', async () => {
    await using accounts = await startedAccounts();
    await accounts.connect();
    accounts.pass(hour);
    accounts.atlassian.inject('lost-response');
    expect(await accounts.accessTokenOf(ann, 'atlassian')).toMatchObject({ kind: 'token' });
    expect(refreshes(accounts.atlassian)).toBe(2);
    accounts.pass(hour);
    expect(await accounts.accessTokenOf(ann, 'atlassian')).toMatchObject({ kind: 'token' });
  });

  it('has to be connected again when the answer got lost and the provider takes a token once only', async () => {
    await using accounts = await startedAccounts();
    await accounts.connect(ann, 'github');
    accounts.pass(9 * hour);
    accounts.github.inject('lost-response');
    expect(await accounts.accessTokenOf(ann, 'github')).toEqual({ kind: 'expired' });
    await accounts.connect(ann, 'github');
    expect(await accounts.accessTokenOf(ann, 'github')).toMatchObject({ kind: 'token' });
  });

  it.each(['lost-response', 'throttled', 'unavailable'] as const)('survives that its rotation is written with %s', async (kind) => {
    await using accounts = await startedAccounts();
    await accounts.connect();
    accounts.pass(hour);
    const ask = createAccessTokens({
      ...accounts.tokens,
      rotation: {
        ...accounts.tokens.rotation,
        rotate(person, seen, sealed) {
          accounts.dynamoDb.inject({ kind, operation: 'UpdateItem' });
          return accounts.tokens.rotation.rotate(person, seen, sealed).finally(() => {
            this.rotate = accounts.tokens.rotation.rotate;
          });
        },
      },
    });
    expect(await ask(ann, 'atlassian')).toMatchObject({ kind: 'token' });
    accounts.pass(2 * hour);
    expect(await accounts.accessTokenOf(ann, 'atlassian')).toMatchObject({ kind: 'token' });
    expect(refreshes(accounts.atlassian)).toBe(2);
  });

  it.each(['unavailable', 'malformed'] as const)('waits for better times when the provider is %s, and nothing is lost', async (fault) => {
    await using accounts = await startedAccounts();
    await accounts.connect();
    accounts.pass(hour);
    for (const one of [fault, fault]) accounts.atlassian.inject(one);
    expect(await accounts.accessTokenOf(ann, 'atlassian')).toEqual({ kind: 'unavailable' });
    expect(await accounts.accessTokenOf(ann, 'atlassian')).toMatchObject({ kind: 'token' });
  });

  it('that still lasts is handed out though the provider is down', async () => {
    await using accounts = await startedAccounts();
    await accounts.connect();
    accounts.pass(hour - 120_000);
    for (const one of ['unavailable', 'unavailable'] as const) accounts.atlassian.inject(one);
    expect(await accounts.accessTokenOf(ann, 'atlassian')).toMatchObject({ kind: 'token' });
  });

  it('that was taken back at the provider is expired, for all who ask, and is asked for once', async () => {
    await using accounts = await startedAccounts();
    await accounts.connect();
    const before = await accounts.accessTokenOf(ann, 'atlassian');
    if (before.kind !== 'token') throw new Error('no token');
    accounts.atlassian.revoke(before.token);
    accounts.pass(hour);
    const answers = await Promise.all(Array.from({ length: 10 }, () => accounts.accessTokenOf(ann, 'atlassian')));
    expect(answers).toEqual(answers.map(() => ({ kind: 'expired' })));
    expect(refreshes(accounts.atlassian)).toBe(1);
    expect(await accounts.shelf.list(ann)).toMatchObject([{ state: 'expired' }]);
  });

  it('is never left over when the account was disconnected while the provider answered', async () => {
    await using accounts = await startedAccounts();
    await accounts.connect();
    accounts.pass(hour);
    let given = '';
    const client = accounts.clientOf('atlassian');
    const clients = new Map([
      [
        'atlassian' as const,
        {
          ...client,
          async refresh(token: string) {
            const answer = await client.refresh(token);
            given = answer.kind === 'granted' ? answer.tokens.accessToken : '';
            await accounts.shelf.remove(ann, 'atlassian');
            return answer;
          },
        },
      ],
    ]);
    expect(await createAccessTokens({ ...accounts.tokens, clients })(ann, 'atlassian')).toEqual({ kind: 'not-connected' });
    expect(given).not.toBe('');
    expect(accounts.atlassian.personOf(given)).toBeUndefined();
    expect(await accounts.items()).toEqual([]);
  });

  it('is refreshed by the next one when whoever had the lease died', async () => {
    await using accounts = await startedAccounts();
    await accounts.connect();
    accounts.pass(hour);
    const seen = await accounts.tokens.rotation.read(ann, 'atlassian');
    expect(await accounts.tokens.rotation.lease(ann, seen!, 30_000)).toBe(true);
    expect(await accounts.tokens.rotation.lease(ann, seen!, 30_000)).toBe(false);
    const wait = async () => accounts.pass(1_000);
    expect(await createAccessTokens({ ...accounts.tokens, wait })(ann, 'atlassian')).toMatchObject({ kind: 'token' });
  });

  it.each(['GenerateDataKey', 'Decrypt'])(
    'is unavailable while KMS refuses %s, and the refresh token is not used up',
    async (operation) => {
      await using accounts = await startedAccounts();
      await accounts.connect();
      accounts.pass(hour);
      accounts.kms.inject({ kind: 'denied', operation });
      expect(await accounts.accessTokenOf(ann, 'atlassian')).toEqual({ kind: 'unavailable' });
      expect(refreshes(accounts.atlassian)).toBe(0);
      expect(await accounts.accessTokenOf(ann, 'atlassian')).toMatchObject({ kind: 'token' });
    },
  );

  it.each(['gone', 'another'] as const)(
    'that KMS can no longer open, as its key is %s, has expired: connecting again helps',
    async (what) => {
      await using accounts = await startedAccounts();
      await accounts.connect();
      const otherKey = 'arn:aws:kms:us-east-1:000000000000:key/other';
      await using kms = await createKms({ record: accounts.record, keyArns: what === 'gone' ? [] : [otherKey] });
      const options = {
        region: 'us-east-1',
        endpoint: kms.url,
        credentials: { accessKeyId: 'worker', secretAccessKey: 'none' },
        maxAttempts: 1,
      };
      const seal = createKmsSeal({ dataKeys: sdkDataKeys(new KMSClient(options)), keyId: what === 'gone' ? keyArn : otherKey });
      const tokensOf = createAccessTokens({ ...accounts.tokens, seal });
      expect(await tokensOf(ann, 'atlassian')).toEqual({ kind: 'expired' });
      expect(await accounts.accessTokenOf(ann, 'atlassian')).toMatchObject({ kind: 'token' });
      if (what === 'gone') return;
      const code = { code: await accounts.codeFor('atlassian'), redirectUri, verifier };
      await connectAccount({ shelf: accounts.shelf, seal, now: accounts.now }, accounts.clientOf('atlassian'), ann, code);
      expect(await tokensOf(ann, 'atlassian')).toMatchObject({ kind: 'token' });
    },
  );

  it('is in no line of the log, and neither is a refresh token', async () => {
    await using accounts = await startedAccounts();
    await accounts.connect();
    accounts.pass(hour);
    accounts.atlassian.inject('malformed');
    const answer = await accounts.accessTokenOf(ann, 'atlassian');
    accounts.pass(100 * 24 * hour);
    expect(await accounts.accessTokenOf(ann, 'atlassian')).toEqual({ kind: 'expired' });
    expect(accounts.lines.join()).toMatch(/account\.refreshed.*account\.expired.*invalid_grant/);
    expect(accounts.lines.join()).not.toMatch(/eyJ|hush/);
    expect(answer.kind).toBe('token');
  });
});

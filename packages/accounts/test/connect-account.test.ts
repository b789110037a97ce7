import { listen } from '@vera/stand-in-kit/listen';
import { describe, expect, it } from 'vitest';
import { SealError } from '../src/seal.ts';
import { ann, bob, keyArn, site, startedAccounts } from './started-accounts.ts';

describe('connecting an account', () => {
  it('stores whose it is and where, and its tokens so that the table alone gives nothing away', async () => {
    await using accounts = await startedAccounts();
    const account = { provider: 'atlassian', accountId: '1', name: 'Ann', sites: [site], connectedAt: accounts.now(), state: 'connected' };
    expect(await accounts.connect()).toEqual({ kind: 'connected', account });
    expect(await accounts.shelf.list(ann)).toEqual([account]);
    expect(await accounts.shelf.list(bob)).toEqual([]);
    const token = await accounts.accessTokenOf(ann, 'atlassian');
    const stored = (await accounts.items()).map((item) => Buffer.from(item.sealed as Uint8Array).toString('latin1') + JSON.stringify(item));
    expect(stored.join()).not.toContain(token.kind === 'token' ? token.token : 'none');
    expect(stored.join()).not.toMatch(/eyJ/);
  });

  it('asks KMS with the person and the provider as context, and nobody else’s tokens can be opened with it', async () => {
    await using accounts = await startedAccounts();
    await accounts.connect();
    const asked = accounts.record.calls.filter(({ action }) => action.startsWith('kms:'));
    const context = {
      'kms:EncryptionContext:purpose': 'connected-account',
      'kms:EncryptionContext:person': 'T01|U0ANN',
      'kms:EncryptionContext:provider': 'atlassian',
    };
    expect(asked).toMatchObject([{ action: 'kms:GenerateDataKey', resource: keyArn, context }]);
    const { sealed } = (await accounts.tokens.rotation.read(ann, 'atlassian'))!;
    const own = { person: 'T01|U0ANN', provider: 'atlassian' };
    expect(await accounts.seal.open(sealed, own)).toContain('refreshToken');
    for (const other of [
      { ...own, person: 'T01|U0BOB' },
      { ...own, provider: 'github' },
    ])
      for (const seal of [accounts.seal, accounts.workerSeal]) await expect(seal.open(sealed, other)).rejects.toBeInstanceOf(SealError);
    for (const at of [0, 1, 5, 70, sealed.length - 1]) {
      const changed = Uint8Array.from(sealed, (byte, index) => (index === at ? byte ^ 1 : byte));
      await expect(accounts.seal.open(changed, own), `byte ${at}`).rejects.toBeInstanceOf(SealError);
    }
    for (const short of [new Uint8Array(), sealed.subarray(0, 40)])
      await expect(accounts.seal.open(short, own)).rejects.toBeInstanceOf(SealError);
  });

  it('seals more than KMS would take itself', async () => {
    await using accounts = await startedAccounts();
    const own = { person: 'T01|U0ANN', provider: 'atlassian' };
    const long = 'ü'.repeat(50_000);
    expect(await accounts.seal.open((await accounts.seal.prepare(own))(long), own)).toBe(long);
  });

  it.each(['atlassian', 'github'] as const)('refuses a code of %s that was used, and one that got old', async (provider) => {
    await using accounts = await startedAccounts();
    const code = await accounts.codeFor(provider);
    expect(await accounts.exchange(ann, provider, code)).toMatchObject({ kind: 'connected' });
    expect(await accounts.exchange(bob, provider, code)).toMatchObject({ kind: 'refused' });
    const old = await accounts.codeFor(provider);
    accounts.pass(601_000);
    expect(await accounts.exchange(bob, provider, old)).toMatchObject({ kind: 'refused' });
    expect(await accounts.shelf.list(bob)).toEqual([]);
  });

  it('stores nothing while the provider is down', async () => {
    await using accounts = await startedAccounts();
    accounts.atlassian.inject('unavailable');
    expect(await accounts.connect()).toEqual({ kind: 'unavailable', reason: 'status 503' });
    expect(await accounts.items()).toEqual([]);
  });

  it('stores nothing while the provider cannot say whose tokens it gave, and ends those', async () => {
    const shown: string[] = [];
    await using api = await listen(({ headers }) => {
      shown.push(headers.get('authorization')?.replace('Bearer ', '') ?? '');
      return new Response('Service Unavailable', { status: 503 });
    });
    await using accounts = await startedAccounts({ atlassianApiUrl: api.url });
    expect(await accounts.connect()).toEqual({ kind: 'unavailable', reason: 'status 503' });
    expect(await accounts.items()).toEqual([]);
    expect(accounts.atlassian.tokenRequests).toEqual([{ grantType: 'authorization_code', status: 200 }]);
    expect(shown[0]).not.toBe('');
    expect(accounts.atlassian.personOf(shown[0]!)).toBeUndefined();
  });

  it('in another’s place ends the other’s tokens, and of the same account leaves the new ones alone', async () => {
    await using accounts = await startedAccounts();
    const tokenNow = async () => {
      const answer = await accounts.accessTokenOf(ann, 'github');
      return answer.kind === 'token' ? answer.token : answer.kind;
    };
    await accounts.connect(ann, 'github', '1');
    await accounts.connect(ann, 'github', '1');
    const first = await tokenNow();
    expect(accounts.github.personOf(first)).toMatchObject({ name: 'Ann' });
    await accounts.connect(ann, 'github', '2');
    expect(accounts.github.personOf(first)).toBeUndefined();
    expect(accounts.github.personOf(await tokenNow())).toMatchObject({ name: 'Bob' });
  });

  it.each(['atlassian', 'github'] as const)('is undone at %s and here', async (provider) => {
    await using accounts = await startedAccounts();
    await accounts.connect(ann, provider);
    const before = await accounts.accessTokenOf(ann, provider);
    expect(await accounts.disconnect(ann, provider)).toMatchObject({ isRevoked: true });
    expect(accounts[provider].personOf(before.kind === 'token' ? before.token : '')).toBeUndefined();
    expect(await accounts.accessTokenOf(ann, provider)).toEqual({ kind: 'not-connected' });
    expect(await accounts.disconnect(ann, provider)).toBeUndefined();
    expect(await accounts.items()).toEqual([]);
  });

  it('is undone here though the provider cannot be reached', async () => {
    await using accounts = await startedAccounts();
    await accounts.connect();
    await accounts.atlassian[Symbol.asyncDispose]();
    expect(await accounts.disconnect()).toMatchObject({ isRevoked: false });
    expect(await accounts.items()).toEqual([]);
  });
});

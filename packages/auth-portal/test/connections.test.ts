import { describe, expect, it } from 'vitest';
import { expiredAccount } from './expired-account.ts';
import { ann, bob, startedPortal } from './started-portal.ts';
import { createTestBrowser } from './test-browser.ts';

describe('a person who signed in', () => {
  it.each(['atlassian', 'github'])('connects %s, sees it, and ends it', async (provider) => {
    await using portal = await startedPortal();
    const browser = createTestBrowser(portal);
    await browser.signIn();
    expect(await browser.connect(provider)).toMatchObject({ statusCode: 303, headers: { location: '/' } });
    const page = await browser.open('/');
    expect(page.body).toMatch(new RegExp(`data-provider="${provider}".*Connected.*As <bdi>ann</bdi>.*since <time`, 's'));
    expect((await browser.press(`/disconnect/${provider}`)).statusCode).toBe(303);
    expect((await browser.open('/')).body).not.toContain('class="good"');
    expect(portal.lines.join()).toMatch(/account\.connected.*account\.disconnected.*"revoked":true/);
    const line = { act: 'account', team: ann.teamId, asker: ann.userId, system: provider, account: '1' };
    expect(portal.acts).toEqual([
      { ...line, outcome: 'connected' },
      { ...line, outcome: 'ended', reason: undefined },
    ]);
  });

  it('says no at the provider, and reads that nothing was connected', async () => {
    await using portal = await startedPortal();
    const browser = createTestBrowser(portal);
    await browser.signIn();
    const answer = await browser.connect('atlassian', 'cancel');
    expect(answer.statusCode).toBe(403);
    expect(answer.body).toMatch(/You said no.*Nothing was connected/s);
    expect((await browser.open('/')).body).toContain('Not connected');
    expect(portal.acts).toEqual([]);
  });

  it('says no to Slack, and may try again with the same link', async () => {
    await using portal = await startedPortal();
    const browser = createTestBrowser(portal);
    await browser.openLink();
    expect((await browser.open(await browser.choose('/sign-in', 'cancel'))).body).toContain('You said no');
    expect((await browser.open(await browser.choose('/sign-in', 'U0ANN'))).statusCode).toBe(303);
  });

  it('sees when an account has to be connected again, and can', async () => {
    await using portal = await startedPortal();
    const { rotation, expired } = expiredAccount(portal);
    const browser = createTestBrowser(portal);
    await browser.signIn();
    await browser.connect('atlassian');
    await expired(ann);
    expect((await browser.open('/')).body).toMatch(/Has to be connected again.*Connect again/s);
    await browser.connect('atlassian');
    expect((await browser.open('/')).body).toContain('class="good"');
    expect((await rotation.read(ann, 'atlassian'))?.account.state).toBe('connected');
  });

  it('reads it when the provider does not answer, or does not confirm the end', async () => {
    await using portal = await startedPortal();
    const browser = createTestBrowser(portal);
    await browser.signIn();
    portal.atlassian.inject('unavailable');
    const down = await browser.connect('atlassian');
    expect([down.statusCode, down.body.includes('does not answer')]).toEqual([503, true]);
    await browser.connect('atlassian');
    await portal.atlassian[Symbol.asyncDispose]();
    const ended = await browser.press('/disconnect/atlassian');
    expect(portal.acts.map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ['connected', undefined],
      ['ended', 'not-revoked'],
    ]);
    expect(ended.body).toMatch(/Disconnected here.*https:\/\/id\.atlassian\.com/s);
    expect((await browser.open('/')).body).not.toContain('class="good"');
  });

  it('reads that there is nothing to connect, only where no provider is set up', async () => {
    await using none = await startedPortal({ clients: new Map() });
    const browser = createTestBrowser(none);
    await browser.signIn();
    expect((await browser.open('/')).body).toMatch(/Your accounts.*There is nothing to connect.*Signed in as/s);
    await using portal = await startedPortal();
    const another = createTestBrowser(portal);
    await another.signIn();
    expect((await another.open('/')).body).not.toContain('There is nothing to connect');
  });

  it('has their own accounts only', async () => {
    await using portal = await startedPortal();
    const [browserOfAnn, browserOfBob] = [createTestBrowser(portal), createTestBrowser(portal)];
    await browserOfAnn.signIn(ann);
    await browserOfAnn.connect('atlassian', '1');
    await browserOfBob.signIn(bob);
    expect((await browserOfBob.open('/')).body).not.toContain('class="good"');
    await browserOfBob.press('/disconnect/atlassian');
    expect((await browserOfAnn.open('/')).body).toContain('class="good"');
  });
});

describe('coming back', () => {
  it('works once, in the browser that left, for the person who left, from where it went, within ten minutes', async () => {
    await using portal = await startedPortal();
    const [browser, other, victim] = [createTestBrowser(portal), createTestBrowser(portal), createTestBrowser(portal)];
    await browser.signIn(ann);
    await other.signIn(ann);
    await victim.signIn(bob);
    const back = await browser.choose('/connect/atlassian', '1');
    const outOfTurn = async (of: typeof browser, url: string) => {
      const answer = await of.open(url);
      expect([answer.statusCode, answer.cookies], answer.body.slice(-300)).toEqual([400, []]);
      expect(answer.body).toContain('out of turn');
    };
    // An attacker's consent, finished in somebody else's browser, would connect the attacker's account to them.
    await outOfTurn(victim, back);
    await outOfTurn(browser, back.replace('/connected/atlassian', '/connected/github').replace(/state=[^&]*/, 'state=x'));
    await outOfTurn(browser, back.replace(/state=[^&]*/, ''));
    expect((await browser.open(back)).statusCode).toBe(303);
    await outOfTurn(browser, back);
    await outOfTurn(other, await browser.choose('/connect/atlassian', '1'));
    await outOfTurn(browser, (await browser.choose('/connect/atlassian', '1')).replace('/connected/atlassian', '/connected/github'));
    await browser.openLink(bob);
    await outOfTurn(browser, (await browser.choose('/sign-in', 'U0BOB')).replace('/signed-in', '/connected/atlassian'));
    const late = await browser.choose('/connect/atlassian', '1');
    portal.pass(600_000);
    await outOfTurn(browser, late);
  });

  it('with a code of another’s making connects nothing', async () => {
    await using portal = await startedPortal();
    const [browser, thief] = [createTestBrowser(portal), createTestBrowser(portal)];
    await browser.signIn(ann);
    await thief.signIn(bob);
    const stolen = new URL(await browser.choose('/connect/github', '1')).searchParams.get('code') ?? '';
    const own = new URL(await thief.choose('/connect/github', '2'));
    own.searchParams.set('code', stolen);
    // PKCE: the code is good with the verifier of the browser that asked for it only.
    expect((await thief.open(own.href)).statusCode).toBe(502);
    expect((await thief.open('/')).body).not.toContain('class="good"');
  });

  it('from Slack with a token for another nonce, or another code, lets nobody in', async () => {
    await using portal = await startedPortal();
    const browser = createTestBrowser(portal);
    await browser.openLink();
    const back = new URL(await browser.choose('/sign-in', 'U0ANN'));
    const redirectUri = `${back.origin}/signed-in`;
    back.searchParams.set('code', portal.slack.authorize({ user: 'U0ANN', redirectUri, purpose: 'sign-in', nonce: 'stolen elsewhere' }));
    expect((await browser.open(back.href)).statusCode).toBe(502);
    const again = new URL(await browser.choose('/sign-in', 'U0ANN'));
    again.searchParams.set('code', 'made-up');
    expect((await browser.open(again.href)).statusCode).toBe(502);
    expect(portal.lines.join()).toMatch(/"reason":"claims".*"reason":"invalid_code"/);
    expect([...browser.jar.keys()]).toEqual(['__Host-visit']);
  });

  it('leaves no token, code, state or key in the log', async () => {
    await using portal = await startedPortal();
    const browser = createTestBrowser(portal);
    const ticket = portal.ticketOf();
    await browser.open(`/?ticket=${ticket}`);
    const backs = [await browser.choose('/sign-in', 'U0ANN')];
    await browser.open(backs[0]!);
    for (const provider of ['atlassian', 'github']) {
      const back = await browser.choose(`/connect/${provider}`, '1');
      await browser.open(back);
      backs.push(back);
    }
    const secret = backs.flatMap((back) => [...new URL(back).searchParams.values()]);
    expect(secret).toHaveLength(6);
    for (const text of [...secret, ticket, ...browser.jar.values(), 'hush-hush', 'eyJ', 'ghu_', 'ghr_'])
      expect(portal.lines.join(), text).not.toContain(text);
  });
});

import { describe, expect, it } from 'vitest';
import { ann, bob, startedPortal } from './started-portal.ts';
import { createTestBrowser } from './test-browser.ts';
import { waitingQuestion } from './waiting-question.ts';

const hour = 3_600_000;
type Portal = Awaited<ReturnType<typeof startedPortal>>;

/** As the worker does. */
async function wait(portal: Portal, question = waitingQuestion(ann), provider: 'atlassian' | 'github' = 'atlassian') {
  await portal.waiting.put({ teamId: question.teamId, userId: question.userId }, provider, question, portal.now() + hour);
  return question;
}

async function signedIn(portal: Portal, person = ann) {
  const browser = createTestBrowser(portal);
  await browser.signIn(person);
  return browser;
}

describe('a question that waits for an account', () => {
  it('goes on once the account is connected, and the page says so, once, with a way back to where it was asked', async () => {
    await using portal = await startedPortal();
    const question = await wait(portal);
    const browser = await signedIn(portal);
    expect((await browser.open('/')).body).not.toContain('goes on');
    const connected = await browser.connect('atlassian');
    expect(connected).toMatchObject({ statusCode: 303, headers: { location: '/' } });
    expect(connected.cookies).toEqual([
      expect.stringMatching(/^__Host-resumption=[\w.-]+; Max-Age=900; Path=\/; HttpOnly; Secure; SameSite=Lax$/),
    ]);
    expect(portal.forwarded).toEqual([question]);
    const page = await browser.open('/');
    expect(page.body).toMatch(
      /Vera goes on with your question.*href="https:\/\/slack\.com\/app_redirect\?team=T0TEST&amp;channel=C0OPS".*class="good"/s,
    );
    expect((await browser.open('/')).body).not.toContain('goes on');
    expect(portal.lines.join()).toContain(`"event":"question.resumed","question":"${question.id}"`);
    expect(portal.lines.join()).not.toContain('confidential');
  });

  it('goes on with all others of that person for this account; one for another account goes on waiting', async () => {
    await using portal = await startedPortal();
    const later = await wait(portal, waitingQuestion(ann, '1766458031.000100', 'D0ANN'));
    const first = await wait(portal);
    const other = await wait(portal, waitingQuestion(ann, '1766458029.000100'), 'github');
    const browser = await signedIn(portal);
    await browser.connect('atlassian');
    expect(portal.forwarded).toEqual([first, later]);
    expect((await browser.open('/')).body).toMatch(/goes on with your 2 questions.*channel=D0ANN/s);
    await browser.connect('github');
    expect(portal.forwarded).toEqual([first, later, other]);
  });

  it('does not go on by a replay of the way back, nor by connecting again', async () => {
    await using portal = await startedPortal();
    await wait(portal);
    const browser = await signedIn(portal);
    const back = await browser.choose('/connect/atlassian', '1');
    const answers = await Promise.all(Array.from({ length: 5 }, () => browser.open(back)));
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([303, 400, 400, 400, 400]);
    expect((await browser.connect('atlassian')).cookies).toEqual([]);
    expect(portal.forwarded).toHaveLength(1);
  });

  it('goes on once though two browsers of the person come back at the same time', async () => {
    await using portal = await startedPortal();
    await wait(portal);
    const browsers = [await signedIn(portal), await signedIn(portal)];
    const backs = await Promise.all(browsers.map((browser) => browser.choose('/connect/atlassian', '1')));
    await Promise.all(browsers.map((browser, index) => browser.open(backs[index]!)));
    expect(portal.forwarded).toHaveLength(1);
  });

  it('stays where it is for whoever else connects, gives up on the way, or only signs in', async () => {
    await using portal = await startedPortal();
    await wait(portal);
    const browser = await signedIn(portal);
    await (await signedIn(portal, bob)).connect('atlassian', '2');
    await browser.connect('atlassian', 'cancel');
    portal.atlassian.inject('unavailable');
    expect((await browser.connect('atlassian')).statusCode).toBe(503);
    await browser.open('/connected/atlassian?state=made-up&code=made-up');
    expect(portal.forwarded).toEqual([]);
    await browser.connect('atlassian');
    expect(portal.forwarded).toHaveLength(1);
  });

  it('of somebody else is not set off, though it lies among a person’s own', async () => {
    await using portal = await startedPortal();
    await portal.waiting.put(ann, 'atlassian', waitingQuestion(bob), portal.now() + hour);
    const browser = await signedIn(portal);
    expect(await browser.connect('atlassian')).toMatchObject({ statusCode: 303, cookies: [] });
    expect(portal.forwarded).toEqual([]);
  });

  it('whose time is over is not asked any more', async () => {
    await using portal = await startedPortal();
    await wait(portal);
    portal.pass(hour);
    const browser = await signedIn(portal);
    await browser.connect('atlassian');
    expect(portal.forwarded).toEqual([]);
  });

  it('that cannot be handed over, or not even be read, leaves the account connected and promises nothing', async () => {
    const refused: string[] = [];
    await using portal = await startedPortal({
      forward: async ({ id }) => {
        refused.push(id);
        throw new Error('ResourceNotFoundException');
      },
    });
    const { id } = await wait(portal);
    const browser = await signedIn(portal);
    expect(await browser.connect('atlassian')).toMatchObject({ statusCode: 303, cookies: [] });
    expect(refused).toEqual([id]);
    const { body } = await browser.open('/');
    expect(body).toContain('class="good"');
    expect(body).not.toContain('goes on');
    portal.dynamoDb.inject({ kind: 'lost-response', operation: 'Query' });
    expect((await browser.connect('atlassian')).statusCode).toBe(303);
    expect(portal.lines.join()).toMatch(/question\.not-resumed.*questions\.not-resumed/);
  });
});

describe('what the page says of it', () => {
  it('is shown to nobody but the session it happened in, and to no other person of the same browser', async () => {
    await using portal = await startedPortal();
    await wait(portal);
    const browser = await signedIn(portal);
    await browser.connect('atlassian');
    const kept = browser.jar.get('__Host-resumption') ?? '';
    await browser.signIn(bob);
    expect((await browser.open('/')).body).toMatch(/Your accounts.*U0BOB/s);
    expect((await browser.open('/')).body).not.toContain('goes on');
    const other = await signedIn(portal);
    other.jar.set('__Host-resumption', kept);
    expect((await other.open('/')).body).not.toContain('goes on');
  });

  it('is not said when it was made up, changed, or is old', async () => {
    await using portal = await startedPortal();
    await wait(portal);
    const browser = await signedIn(portal);
    await browser.connect('atlassian');
    const kept = browser.jar.get('__Host-resumption') ?? '';
    const session = browser.jar.get('__Host-session') ?? '';
    const shown = async (value: string) => {
      const { statusCode, body } = await portal.ask({ cookies: [`__Host-session=${session}`, `__Host-resumption=${value}`] });
      return statusCode === 200 && body.includes('goes on');
    };
    expect(await shown(kept)).toBe(true);
    for (const value of ['', '1', kept.slice(0, -1), session, session.replace('session-2', 'resumption-1'), 'A'.repeat(100_000)])
      expect(await shown(value), value.slice(0, 40)).toBe(false);
    expect((await portal.ask({ cookies: [`__Host-session=${kept}`] })).statusCode).toBe(403);
    portal.pass(60_000);
    expect(await shown(kept)).toBe(false);
  });
});

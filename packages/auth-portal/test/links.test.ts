import { describe, expect, it } from 'vitest';
import { ann, bob, origin, startedPortal } from './started-portal.ts';
import { createTestBrowser } from './test-browser.ts';

const tenMinutes = 600_000;

describe('a link from Vera', () => {
  it('is exchanged for a strict cookie and a clean address, and asks who is there', async () => {
    await using portal = await startedPortal();
    const ticket = portal.ticketOf();
    const { statusCode, headers, cookies, body } = await portal.ask({ rawQueryString: `ticket=${ticket}` });
    expect(statusCode).toBe(303);
    expect(headers.location).toBe('/');
    expect(cookies).toEqual([expect.stringMatching(/^__Host-visit=[\w.-]+; Max-Age=900; Path=\/; HttpOnly; Secure; SameSite=Lax$/)]);
    expect(JSON.stringify([headers, cookies, body])).not.toContain(ticket);
    const page = await portal.ask({ cookies: ['theme=dark', cookies[0]?.split(';')[0] ?? ''] });
    expect(page.statusCode).toBe(200);
    expect(page.body).toMatch(/Is this you\?.*Sign in with Slack.*U0ANN.*T0TEST/s);
    expect(page.body).not.toContain('Your accounts');
  });

  it('lets in whoever it was made for, once they signed in to Slack', async () => {
    await using portal = await startedPortal();
    const browser = createTestBrowser(portal);
    const { statusCode, headers, cookies } = await browser.signIn();
    expect([statusCode, headers.location]).toEqual([303, '/']);
    expect(cookies).toEqual([
      expect.stringMatching(/^__Host-visit=; Max-Age=0; Path=\/; Secure/),
      expect.stringMatching(/^__Host-session=[\w.-]+; Max-Age=900; Path=\/; HttpOnly; Secure; SameSite=Lax$/),
    ]);
    const page = await browser.open('/');
    expect(page.body).toMatch(/Your accounts.*Atlassian.*Not connected.*GitHub.*Signed in as.*U0ANN/s);
    portal.pass(900_000);
    expect((await browser.open('/')).statusCode).toBe(403);
  });

  it('asks “Is this you?” with names beside the ids, and says them again once one is in', async () => {
    await using portal = await startedPortal();
    const browser = createTestBrowser(portal);
    await browser.open(`/?ticket=${portal.ticketOf({ ...ann, names: { person: 'Ann Älvsjö', team: 'Northwind' } })}`);
    const asked = await browser.open('/');
    expect(asked.body).toMatch(
      /Is this you\?.*Made for<\/dt><dd><bdi>Ann Älvsjö<\/bdi> \(U0ANN\).*<bdi>Northwind<\/bdi> \(T0TEST\).*close the page/s,
    );
    await browser.open(await browser.choose('/sign-in', ann.userId));
    const accounts = await browser.open('/');
    expect(accounts.body).toMatch(/Signed in as<\/dt><dd><bdi>Ann Älvsjö<\/bdi> \(U0ANN\).*<bdi>Northwind<\/bdi> \(T0TEST\)/s);
    await browser.connect('atlassian');
    expect((await browser.open('/')).body).toContain('As <bdi>ann</bdi> on test.atlassian.net');
  });

  it('handed on opens nothing to whoever signs in as somebody else, and still works for whom it was made', async () => {
    await using portal = await startedPortal();
    const ticket = portal.ticketOf(ann);
    const thief = createTestBrowser(portal);
    await thief.open(`/?ticket=${ticket}`);
    const refused = await thief.open(await thief.choose('/sign-in', 'U0BOB'));
    expect(refused.statusCode).toBe(403);
    expect(refused.body).toContain('This link is for somebody else');
    expect([...thief.jar.keys()]).toEqual([]);
    for (const path of ['/connect/atlassian', '/disconnect/atlassian', '/sign-in']) expect((await thief.press(path)).statusCode).toBe(403);
    const owner = createTestBrowser(portal);
    await owner.open(`/?ticket=${ticket}`);
    expect((await owner.open(await owner.choose('/sign-in', 'U0ANN'))).statusCode).toBe(303);
  });

  it('is not for the one who has the same user id in another workspace', async () => {
    await using portal = await startedPortal();
    const namesake = { ...ann, teamId: 'T0OTHER' };
    const browser = createTestBrowser(portal);
    await browser.openLink(namesake);
    const there = new URL(await browser.leave('/sign-in'));
    // Whoever signs in may choose another workspace than the one they were asked for.
    there.searchParams.delete('team');
    const chosen = await fetch(there, { method: 'POST', body: new URLSearchParams({ choice: ann.userId }), redirect: 'manual' });
    const refused = await browser.open(chosen.headers.get('location') ?? '');
    expect(refused.statusCode).toBe(403);
    expect(refused.body).toContain('This link is for somebody else');
    expect([...browser.jar.keys()]).toEqual([]);
  });

  it('lets nobody in who takes up a sign-in that another browser began', async () => {
    await using portal = await startedPortal();
    const url = `/?ticket=${portal.ticketOf()}`;
    const [owner, thief] = [createTestBrowser(portal), createTestBrowser(portal)];
    for (const browser of [owner, thief]) await browser.open(url);
    const back = await owner.choose('/sign-in', ann.userId);
    expect(await thief.open(back)).toMatchObject({ statusCode: 400, cookies: [] });
    expect([...thief.jar.keys()]).toEqual(['__Host-visit']);
  });

  it('lets nobody in by a sign-in that was never begun, or for an account', async () => {
    await using portal = await startedPortal();
    const browser = createTestBrowser(portal);
    await browser.openLink();
    const visit = browser.jar.get('__Host-visit') ?? '';
    await browser.signIn();
    const toAtlassian = await browser.choose('/connect/atlassian', '1');
    browser.jar.set('__Host-visit', visit);
    const backs = [
      `${origin}/signed-in?state=made-up&code=x`,
      `${origin}/signed-in?code=x`,
      toAtlassian.replace('/connected/atlassian', '/signed-in'),
    ];
    for (const back of backs) {
      const answer = await browser.open(back);
      expect([answer.statusCode, answer.cookies], back).toEqual([400, []]);
      expect(answer.body).toContain('out of turn');
    }
  });

  it('works once: neither opened again, nor when two browsers are on their way at the same time', async () => {
    await using portal = await startedPortal();
    const url = `/?ticket=${portal.ticketOf()}`;
    const [first, second] = [createTestBrowser(portal), createTestBrowser(portal)];
    for (const browser of [first, second]) await browser.open(url);
    const [back, backToo] = [await first.choose('/sign-in', 'U0ANN'), await second.choose('/sign-in', 'U0ANN')];
    const answers = await Promise.all([first.open(back), second.open(backToo)]);
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([303, 410]);
    const third = await createTestBrowser(portal).open(url);
    expect([third.statusCode, third.cookies]).toEqual([410, []]);
    expect(third.body).toMatch(/used already.*connect my accounts/s);
  });

  it('opened again by who is in already leads to their accounts; one of another person comes before them', async () => {
    await using portal = await startedPortal();
    const browser = createTestBrowser(portal);
    await browser.signIn();
    expect(await browser.openLink(ann)).toMatchObject({ statusCode: 303, cookies: [] });
    expect((await browser.open('/')).body).toContain('Your accounts');
    await browser.openLink(bob);
    expect((await browser.open('/')).body).toMatch(/Is this you\?.*U0BOB/s);
  });

  it('is not used up by whoever only opens it', async () => {
    await using portal = await startedPortal();
    const url = `/?ticket=${portal.ticketOf()}`;
    for (let times = 0; times < 3; times += 1) expect((await createTestBrowser(portal).open(url)).statusCode).toBe(303);
  });

  const whole = (ticket: string) => `ticket=${ticket}`;
  it.each([
    { ticketIs: 'expired', queryOf: whole, later: tenMinutes, status: 410, words: /This link has expired/ },
    { ticketIs: 'cut', queryOf: (ticket: string) => whole(ticket.slice(0, -1)) },
    { ticketIs: 'missing', queryOf: () => '', words: /Open this page from Slack/ },
    { ticketIs: 'under another name', queryOf: (ticket: string) => `Ticket=${ticket}&token=${ticket}`, words: /Open this page from Slack/ },
    { ticketIs: 'empty', queryOf: () => whole('') },
    { ticketIs: 'there twice', queryOf: (ticket: string) => `${whole(ticket)}&${whole(ticket)}` },
    { ticketIs: 'in odd percent signs', queryOf: () => 'ticket=%E0%A4%A&%' },
    { ticketIs: 'without end', queryOf: (ticket: string) => whole(ticket) + 'A'.repeat(2_000_000) },
  ])('whose ticket is $ticketIs opens nothing, and the page says what to do', async (row) => {
    const { queryOf, later = 0, status = 403, words = /does not work/ } = row;
    await using portal = await startedPortal();
    const ticket = portal.ticketOf();
    portal.pass(later);
    const { statusCode, cookies, body } = await portal.ask({ rawQueryString: queryOf(ticket) });
    expect(statusCode).toBe(status);
    expect(cookies).toEqual([]);
    expect(body).toMatch(words);
    expect(body).toMatch(/Ask Vera in Slack:.*connect my accounts/s);
  });

  it('that is refused is in the log, with why and without the ticket', async () => {
    await using portal = await startedPortal();
    const [used, forged, expired] = [portal.ticketOf(), portal.ticketOf().slice(0, -1), portal.ticketOf()];
    const browser = createTestBrowser(portal);
    await browser.open(`/?ticket=${used}`);
    await browser.open(await browser.choose('/sign-in', ann.userId));
    portal.lines.length = 0;
    for (const ticket of [used, forged]) await createTestBrowser(portal).open(`/?ticket=${ticket}`);
    portal.pass(tenMinutes);
    await createTestBrowser(portal).open(`/?ticket=${expired}`);
    const logged = portal.lines.map((line) => JSON.parse(line) as unknown);
    const refused = ['used', 'forged', 'expired'].map((reason) => expect.objectContaining({ event: 'portal.ticket-refused', reason }));
    expect(logged).toEqual(refused);
    for (const ticket of [used, forged, expired]) expect(portal.lines.join()).not.toContain(ticket);
  });

  it('is no way in when its ten minutes ran out on the sign-in page', async () => {
    await using portal = await startedPortal();
    const browser = createTestBrowser(portal);
    await browser.openLink();
    portal.pass(tenMinutes);
    expect((await browser.press('/sign-in')).statusCode).toBe(403);
  });
});

describe('a cookie', () => {
  it('that was changed, or stands in for another kind, is nobody’s', async () => {
    await using portal = await startedPortal();
    const browser = createTestBrowser(portal);
    await browser.signIn();
    const session = browser.jar.get('__Host-session') ?? '';
    expect((await portal.ask({ cookies: [`__Host-session=${session}`] })).statusCode).toBe(200);
    await browser.openLink(bob);
    const visit = browser.jar.get('__Host-visit') ?? '';
    const others = [
      `__Host-session=${portal.ticketOf()}`,
      `__Host-session=${visit}`,
      `__Host-visit=${session}`,
      `__Host-session=${visit.replace('visit-1', 'session-2')}`,
      `__Host-session=${session.slice(0, -1)}`,
      `session=${session}`,
      `__host-session=${session}`,
      '__Host-session=',
      `__Host-session=%00${session}`,
      `__Host-session=${'A'.repeat(100_000)}`,
      `__Host-session=${session}\r\n`,
      `__Host-session=é${session}`,
    ];
    for (const one of others) expect((await portal.ask({ cookies: [one] })).statusCode, one.slice(0, 60)).toBe(403);
    for (const text of [session, visit]) expect((await portal.ask({ rawQueryString: `ticket=${text}` })).statusCode).toBe(403);
  });
});

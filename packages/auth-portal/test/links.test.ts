import { issueTicket } from '@vera/accounts/portal-ticket';
import { describe, expect, it } from 'vitest';
import { ann, startedPortal } from './started-portal.ts';

const tenMinutes = 600_000;

describe('a link from Vera', () => {
  it('is exchanged for a strict cookie and a clean address', async () => {
    const portal = startedPortal();
    const ticket = portal.ticketOf();
    const { statusCode, headers, cookies, body } = await portal.ask({ rawQueryString: `ticket=${ticket}` });
    expect(statusCode).toBe(303);
    expect(headers.location).toBe('/');
    expect(cookies).toEqual([expect.stringMatching(/^__Host-session=[\w.-]+; Max-Age=900; Path=\/; HttpOnly; Secure; SameSite=Lax$/)]);
    expect(JSON.stringify([headers, cookies, body])).not.toContain(ticket);
  });

  it('leads to a page that says that nothing is connected yet, and for whom it was opened', async () => {
    const portal = startedPortal();
    const { statusCode, headers, body } = await portal.ask({ cookies: ['theme=dark', await portal.cookieOf()] });
    expect(statusCode).toBe(200);
    expect(headers['content-type']).toMatch(/^text\/html; charset=utf-8$/i);
    expect(body).toContain('No accounts are connected yet');
    expect(body).toContain(ann.userId);
    expect(body).toContain(ann.teamId);
  });

  it('opened again within ten minutes shows the same page and changes nothing', async () => {
    const portal = startedPortal();
    const rawQueryString = `ticket=${portal.ticketOf()}`;
    const first = await portal.ask({ rawQueryString });
    portal.pass(tenMinutes - 1);
    expect(await portal.ask({ rawQueryString })).toMatchObject({ statusCode: first.statusCode, headers: first.headers });
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
    const portal = startedPortal();
    const ticket = portal.ticketOf();
    portal.pass(later);
    const { statusCode, cookies, body } = await portal.ask({ rawQueryString: queryOf(ticket) });
    expect(statusCode).toBe(status);
    expect(cookies).toEqual([]);
    expect(body).toMatch(words);
    expect(body).toMatch(/Ask Vera in Slack:.*connect my accounts/s);
    expect(body).not.toContain('connected yet');
  });

  it('of another key opens nothing', async () => {
    const portal = startedPortal();
    const forged = issueTicket('another-key-of-thirty-two-letters', ann, 'link-1', 1_766_458_030_000);
    expect(await portal.ask({ rawQueryString: `ticket=${forged}` })).toMatchObject({ statusCode: 403, cookies: [] });
  });

  it('takes the place of the session before it', async () => {
    const portal = startedPortal();
    const old = await portal.cookieOf();
    const { cookies } = await portal.ask({ rawQueryString: `ticket=${portal.ticketOf({ ...ann, userId: 'U0BOB' })}`, cookies: [old] });
    const page = await portal.ask({ cookies: [cookies[0]?.split(';')[0] ?? ''] });
    expect(page.body).toContain('U0BOB');
    expect(page.body).not.toContain('U0ANN');
  });

  it('leaves who opened which in the log, and neither ticket nor cookie', async () => {
    const portal = startedPortal();
    const ticket = portal.ticketOf();
    const cookie = await portal.cookieOf();
    await portal.ask({ rawQueryString: `ticket=${ticket}x` });
    await portal.ask({ cookies: [cookie] });
    await portal.ask({ rawPath: `/${ticket}` });
    expect(portal.lines.map((line) => JSON.parse(line))).toMatchObject([
      { event: 'portal.opened', team: 'T0TEST', user: 'U0ANN', link: 'link-1' },
      { event: 'portal.ticket-refused', reason: 'forged' },
    ]);
    for (const secret of [ticket, cookie, ...ticket.split('.').slice(1), ...cookie.split('.').slice(1)])
      expect(portal.lines.join()).not.toContain(secret);
  });
});

describe('the session', () => {
  it('ends after fifteen minutes, whatever the browser keeps', async () => {
    const portal = startedPortal();
    const cookies = [await portal.cookieOf()];
    portal.pass(15 * 60_000 - 1);
    expect((await portal.ask({ cookies })).statusCode).toBe(200);
    portal.pass(1);
    expect((await portal.ask({ cookies })).statusCode).toBe(403);
  });

  it('is nothing that a ticket, a changed value or another cookie could stand in for', async () => {
    const portal = startedPortal();
    const cookie = await portal.cookieOf();
    const value = cookie.split('=')[1]!;
    const others = [
      `__Host-session=${portal.ticketOf()}`,
      `__Host-session=${portal.ticketOf().replace('ticket-1', 'session-1')}`,
      `${cookie.slice(0, -1)}`,
      `session=${value}`,
      `__Secure-session=${value}`,
      `__host-session=${value}`,
      '__Host-session=',
      `__Host-session=%00${value}`,
      `__Host-session=${'A'.repeat(100_000)}`,
      `__Host-session=${value}\r\n`,
      `__Host-session=é${value}`,
    ];
    for (const one of others) expect((await portal.ask({ cookies: [one] })).statusCode, one.slice(0, 60)).toBe(403);
    expect((await portal.ask({ rawQueryString: `ticket=${value}` })).statusCode).toBe(403);
  });
});

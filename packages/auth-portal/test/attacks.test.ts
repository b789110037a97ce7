import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FunctionUrlResult } from '../src/function-url.ts';
import { ann, domainName, origin, startedPortal } from './started-portal.ts';
import { createTestBrowser } from './test-browser.ts';

/** What stands on every answer, whatever was asked. */
const always = {
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'same-origin',
  'strict-transport-security': expect.stringContaining('max-age=63072000'),
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'content-security-policy': expect.stringMatching(
    /^default-src 'none'; style-src 'sha256-[\w+/=]{44}'; img-src data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'$/,
  ),
};

function expectSafe({ headers, body }: FunctionUrlResult): void {
  expect(headers).toMatchObject(always);
  expect(JSON.stringify(headers)).not.toMatch(/evil/);
  expect(body).not.toMatch(/<script|evil|\son\w+=/i);
}

const ownForm = { origin, 'sec-fetch-site': 'same-origin' };

describe('the auth portal', () => {
  it('protects every answer alike: pages, redirects, refusals, unknown paths, other methods', async () => {
    await using portal = await startedPortal();
    const browser = createTestBrowser(portal);
    await browser.signIn();
    const cookies = browser.cookies();
    const asked = [
      { cookies },
      { rawQueryString: `ticket=${portal.ticketOf()}` },
      { rawQueryString: 'ticket=x' },
      {},
      { rawPath: '/nowhere' },
      { method: 'POST' },
      { method: 'POST', headers: ownForm },
      { method: 'TRACE', rawPath: '/nowhere' },
      { method: 'POST', rawPath: '/connect/atlassian', headers: ownForm, cookies },
      { method: 'POST', rawPath: '/connect/elsewhere', headers: ownForm, cookies },
      { method: 'POST', rawPath: '/disconnect/atlassian', headers: ownForm, cookies },
      { rawPath: '/connected/atlassian', rawQueryString: 'state=x&code=y', cookies },
      { rawPath: '/signed-in' },
      { rawPath: '/disconnect/atlassian', cookies },
    ];
    const statuses = [];
    for (const event of asked) {
      const answer = await portal.ask(event);
      expectSafe(answer);
      statuses.push(answer.statusCode);
    }
    expect(statuses).toEqual([200, 303, 403, 403, 404, 403, 405, 404, 200, 404, 303, 400, 403, 405]);
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT', 'PROPFIND', 'get'.repeat(50)])(
    'takes no link by %s, not even with a session and a ticket',
    async (method) => {
      await using portal = await startedPortal();
      const browser = createTestBrowser(portal);
      await browser.signIn();
      const rawQueryString = `ticket=${portal.ticketOf()}`;
      const answer = await portal.ask({ method, cookies: browser.cookies(), rawQueryString, headers: ownForm });
      expect(answer).toMatchObject({ statusCode: 405, cookies: [], headers: { allow: 'GET, HEAD' } });
      expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
    },
  );

  it.each([
    [{}],
    [{ origin: 'null' }],
    [{ origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    [{ origin: `${origin}.evil.example` }],
    [{ origin: origin.replace('https', 'http') }],
    [{ origin: 'https://other.lambda-url.us-east-1.on.aws', 'sec-fetch-site': 'same-site' }],
    [{ origin, 'sec-fetch-site': 'same-site' }],
    [{ origin, 'sec-fetch-site': 'none' }],
    [{ origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' }],
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ origin: `${origin}\n` }],
  ])('changes nothing for a form that came with %j', async (headers) => {
    await using portal = await startedPortal();
    const browser = createTestBrowser(portal);
    await browser.signIn();
    await browser.connect('atlassian');
    for (const path of ['/disconnect/atlassian', '/connect/atlassian', '/sign-in']) {
      const answer = await portal.ask({ method: 'POST', rawPath: path, cookies: browser.cookies(), headers });
      expect([answer.statusCode, answer.cookies], path).toEqual([403, []]);
    }
    expect((await browser.open('/')).body).toContain('class="good"');
  });

  it('changes nothing by GET', async () => {
    await using portal = await startedPortal();
    const browser = createTestBrowser(portal);
    await browser.signIn();
    await browser.connect('atlassian');
    for (const path of ['/disconnect/atlassian', '/connect/atlassian', '/sign-in']) expect((await browser.open(path)).statusCode).toBe(405);
    expect((await browser.open('/')).body).toContain('class="good"');
  });

  it('answers HEAD as GET, without the page', async () => {
    await using portal = await startedPortal();
    const browser = createTestBrowser(portal);
    await browser.signIn();
    const cookies = browser.cookies();
    const page = await portal.ask({ cookies });
    expect(await portal.ask({ method: 'HEAD', cookies })).toEqual({ ...page, body: '' });
  });

  it('never sends anybody elsewhere, but where the button says', async () => {
    await using portal = await startedPortal();
    const queries = [
      '&next=https://evil.example',
      '&redirect_uri=//evil.example',
      '#//evil.example',
      '%0d%0aLocation:%20https://evil.example',
    ];
    for (const query of queries) {
      const { headers, statusCode } = await portal.ask({ rawQueryString: `ticket=${portal.ticketOf()}${query}` });
      expect(headers.location ?? '/').toBe('/');
      expect([303, 403]).toContain(statusCode);
      expect(Object.keys(headers).join()).not.toContain('evil');
    }
    for (const rawPath of ['//evil.example', '/\\evil.example', '/https://evil.example', '/.evil.example/..%2f', '@evil.example', ':99999'])
      expect(await portal.ask({ rawPath })).toMatchObject({ statusCode: 404, headers: always });
    const browser = createTestBrowser(portal);
    await browser.signIn();
    const evil = { rawQueryString: 'redirect_uri=https://evil.example&state=mine&next=//evil.example', cookies: browser.cookies() };
    const departure = await portal.ask({ method: 'POST', rawPath: '/connect/atlassian', headers: ownForm, ...evil });
    expect(departure.statusCode).toBe(200);
    expect(departure.body).not.toMatch(/evil|=mine/);
  });

  it('believes no host but its own', async () => {
    await using portal = await startedPortal();
    const browser = createTestBrowser(portal);
    await browser.signIn();
    const hosts = [
      'evil.example',
      `${domainName}.evil.example`,
      `evil.example#${domainName}`,
      `evil.example/.${domainName}`,
      '',
      'x'.repeat(9000),
    ];
    for (const host of hosts) {
      const requestContext = { domainName: host, http: { method: 'POST' } };
      const headers = { ...ownForm, origin: `https://${host}`, host };
      const answer = await portal.ask({ rawPath: '/connect/atlassian', requestContext, headers, cookies: browser.cookies() });
      expect([answer.statusCode, answer.cookies], host.slice(0, 40)).toEqual([500, []]);
      expect(answer.body).not.toContain('evil');
    }
    const headers = { ...ownForm, host: 'evil.example', 'x-forwarded-host': 'evil.example' };
    const answer = await portal.ask({ method: 'POST', rawPath: '/connect/atlassian', headers, cookies: browser.cookies() });
    expect(answer.body).toContain(encodeURIComponent(`${origin}/connected/atlassian`));
  });

  it('shows names as text, whatever is in them', async () => {
    await using portal = await startedPortal();
    const userId = `"'><script>alert(1)</script>&amp;<img src=x onerror=1>`;
    const browser = createTestBrowser(portal);
    await browser.openLink({ ...ann, userId });
    const { body } = await browser.open('/');
    expect(body).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;&lt;img src=x');
    expect(body).not.toMatch(/<script|<img src=x/);
  });

  it('shows the names of people, workspaces and accounts as text, however they call themselves', async () => {
    const name = `</bdi><script>x</script> Bob"' onload=x`;
    const team = '<img src=x onerror=1>';
    await using portal = await startedPortal({}, { accountName: name.repeat(9) });
    const browser = createTestBrowser(portal);
    await browser.open(`/?ticket=${portal.ticketOf({ ...ann, names: { person: name, team } })}`);
    const asked = (await browser.open('/')).body;
    await browser.open(await browser.choose('/sign-in', ann.userId));
    await browser.connect('atlassian');
    const { body } = await browser.open('/');
    for (const page of [asked, body]) {
      expect(page).toContain('&lt;/bdi&gt;&lt;script&gt;x&lt;/script&gt; Bob&quot;&#39; onload=x');
      expect(page).toContain('&lt;img src=x onerror=1&gt;');
      expect(page).not.toMatch(/<script|<img src=x/);
    }
    const [, account = ''] = /As <bdi>(.*)<\/bdi> on/.exec(body) ?? [];
    expect(account).toMatch(/^&lt;\/bdi&gt;.*…$/);
    expect(account.replace(/&[^;]+;/g, '.').length).toBeLessThanOrEqual(80);
  });

  it('allows exactly the style that its pages have', async () => {
    await using portal = await startedPortal();
    const { headers, body } = await portal.ask({});
    const style = /<style>(.*)<\/style>/s.exec(body)?.[1] ?? '';
    const hash = Buffer.from(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(style))).toString('base64');
    expect(style).toContain('prefers-color-scheme: dark');
    expect(headers['content-security-policy']).toContain(`'sha256-${hash}'`);
    expect(body.match(/style=/)).toBeNull();
  });

  it('says that something failed, and keeps what it was for the log', async () => {
    const now = () => {
      throw new Error('arn:aws:kms:eu-central-1:111122223333:key/1');
    };
    await using portal = await startedPortal({ now });
    const answer = await portal.ask({});
    expect(answer).toMatchObject({ statusCode: 500, headers: always, cookies: [] });
    expect(answer.body).toContain('Something went wrong');
    expect(JSON.stringify(answer)).not.toContain('arn:aws');
    expect(portal.lines.join()).toMatch(/portal\.failed.*arn:aws:kms/);
  });

  it('says what is missing where Sign in with Slack is not set up, and connects nothing', async () => {
    await using portal = await startedPortal({ signIn: undefined });
    const browser = createTestBrowser(portal);
    await browser.openLink();
    expect((await browser.open('/')).body).toContain('Nothing can be connected yet');
    expect((await browser.press('/sign-in')).statusCode).toBe(503);
  });

  it('answers anything at all, and lets nobody in by it', async () => {
    await using portal = await startedPortal();
    const units = fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 20 });
    const text = fc.oneof(
      units.map((all) => String.fromCharCode(...all)),
      fc.webQueryParameters(),
      fc.webPath(),
      fc.constantFrom('%', '%ff', '\0', '\r\n', ';', '='),
    );
    const event = fc.record({
      rawPath: fc.oneof(fc.constantFrom('/', '/signed-in', '/connected/atlassian', '/sign-in', '/connect/github'), text),
      rawQueryString: fc.oneof(
        text,
        text.map((value) => `ticket=${value}`),
      ),
      cookies: fc.array(
        fc.oneof(
          text,
          text.map((value) => `__Host-session=${value}`),
          text.map((value) => `__Host-visit=${value}`),
        ),
        { maxLength: 3 },
      ),
      method: fc.constantFrom('GET', 'HEAD', 'POST', 'TRACE', 'QUERY'),
    });
    await fc.assert(
      fc.asyncProperty(event, async (asked) => {
        const answer = await portal.ask(asked);
        expect([403, 404, 405]).toContain(answer.statusCode);
        expect(answer.cookies).toEqual([]);
        expect(answer.headers).toMatchObject(always);
      }),
    );
  });
});

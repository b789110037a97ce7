import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAuthPortal } from '../src/auth-portal.ts';
import { type FunctionUrlResult, toResult } from '../src/function-url.ts';
import { ann, key, startedPortal } from './started-portal.ts';

/** What stands on every answer, whatever was asked. */
const always = {
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': expect.stringContaining('max-age=63072000'),
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'content-security-policy': expect.stringMatching(
    /^default-src 'none'; style-src 'sha256-[\w+/=]{44}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
  ),
};

function expectSafe({ headers, body }: FunctionUrlResult): void {
  expect(headers).toMatchObject(always);
  expect(JSON.stringify(headers)).not.toMatch(/evil/);
  expect(body).not.toMatch(/<script|evil|\son\w+=/i);
}

describe('the auth portal', () => {
  it('protects every answer alike: page, redirect, refusal, unknown path, other method', async () => {
    const portal = startedPortal();
    const asked = [
      { cookies: [await portal.cookieOf()] },
      { rawQueryString: `ticket=${portal.ticketOf()}` },
      { rawQueryString: 'ticket=x' },
      {},
      { rawPath: '/nowhere' },
      { method: 'POST' },
      { method: 'TRACE', rawPath: '/nowhere' },
    ];
    const statuses = [];
    for (const event of asked) {
      const answer = await portal.ask(event);
      expectSafe(answer);
      statuses.push(answer.statusCode);
    }
    expect(statuses).toEqual([200, 303, 403, 403, 404, 405, 404]);
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT', 'PROPFIND', 'get'.repeat(50)])(
    'takes nothing by %s, not even with a session and a ticket',
    async (method) => {
      const portal = startedPortal();
      const answer = await portal.ask({ method, cookies: [await portal.cookieOf()], rawQueryString: `ticket=${portal.ticketOf()}` });
      expect(answer).toMatchObject({ statusCode: 405, cookies: [], headers: { allow: 'GET, HEAD' } });
      expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
    },
  );

  it('answers HEAD as GET, without the page', async () => {
    const portal = startedPortal();
    const cookies = [await portal.cookieOf()];
    const page = await portal.ask({ cookies });
    expect(await portal.ask({ method: 'HEAD', cookies })).toEqual({ ...page, body: '' });
  });

  it('never sends anybody elsewhere', async () => {
    const portal = startedPortal();
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
  });

  it('shows names as text, whatever is in them', async () => {
    const portal = startedPortal();
    const userId = `"'><script>alert(1)</script>&amp;<img src=x onerror=1>`;
    const { body } = await portal.ask({ cookies: [await portal.cookieOf({ ...ann, userId })] });
    expect(body).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;&lt;img src=x');
    expect(body).not.toMatch(/<script|<img src=x/);
  });

  it('allows exactly the style that its pages have', async () => {
    const portal = startedPortal();
    const { headers, body } = await portal.ask({});
    const style = /<style>(.*)<\/style>/s.exec(body)?.[1] ?? '';
    const hash = Buffer.from(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(style))).toString('base64');
    expect(style).toContain('prefers-color-scheme: dark');
    expect(headers['content-security-policy']).toContain(`'sha256-${hash}'`);
    expect(body.match(/style=/)).toBeNull();
  });

  it('says that something failed, and keeps what it was for the log', async () => {
    const { lines, log } = startedPortal();
    const now = () => {
      throw new Error('arn:aws:kms:eu-central-1:111122223333:key/1');
    };
    const answer = await toResult(await createAuthPortal({ key, now, log })(new Request('https://portal.invalid/')));
    expect(answer).toMatchObject({ statusCode: 500, headers: always, cookies: [] });
    expect(answer.body).toContain('Something went wrong');
    expect(JSON.stringify(answer)).not.toContain('arn:aws');
    expect(lines.join()).toMatch(/portal\.failed.*arn:aws:kms/);
  });

  it('answers anything at all, and lets nobody in by it', async () => {
    const portal = startedPortal();
    const units = fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 20 });
    const text = fc.oneof(
      units.map((all) => String.fromCharCode(...all)),
      fc.webQueryParameters(),
      fc.webPath(),
      fc.constantFrom('%', '%ff', '\0', '\r\n', ';', '='),
    );
    const event = fc.record({
      rawPath: fc.oneof(fc.constant('/'), text),
      rawQueryString: fc.oneof(
        text,
        text.map((value) => `ticket=${value}`),
      ),
      cookies: fc.array(
        fc.oneof(
          text,
          text.map((value) => `__Host-session=${value}`),
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

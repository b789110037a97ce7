import { fileURLToPath } from 'node:url';
import { issueTicket } from '@vera/accounts/portal-ticket';
import { createCallRecord } from '@vera/emulators/aws/call-record';
import { createLambda, type LambdaEmulator } from '@vera/emulators/aws/create-lambda';
import { createSecretsManager } from '@vera/emulators/aws/create-secrets-manager';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { authPortalPermissions } from '../src/permissions.ts';
import { ann, key } from './started-portal.ts';

const entry = fileURLToPath(new URL('../../../dist/auth-portal/handler.mjs', import.meta.url));

describe('the auth portal as it is deployed', () => {
  const record = createCallRecord();
  const lines: string[] = [];
  const started = new AsyncDisposableStack();
  let lambda: LambdaEmulator;

  beforeAll(async () => {
    const secrets = { vera: { SLACK_BOT_TOKEN: 'xoxb-not-for-the-portal', PORTAL_TICKET_KEY: key }, short: { PORTAL_TICKET_KEY: 'hush' } };
    const secretsManager = started.use(await createSecretsManager({ record, secrets }));
    const environment = { SECRET_ID: 'vera', AWS_ENDPOINT_URL_SECRETS_MANAGER: secretsManager.url };
    const portal = { entry, timeoutSeconds: 10, memoryMegabytes: 512, functionUrl: true };
    lambda = started.use(
      await createLambda({
        record,
        functions: [
          { ...portal, name: 'auth-portal', environment },
          { ...portal, name: 'short-key', environment: { ...environment, SECRET_ID: 'short' } },
          { ...portal, name: 'without-environment', environment: {} },
        ],
        onLog: ({ line }) => void lines.push(line),
      }),
    );
  });
  afterAll(() => started.disposeAsync());

  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(new URL(path, lambda.urlOf('auth-portal')), { headers, redirect: 'manual' });

  it('lets a link in, through cookie and redirect, to the page in its own style', async () => {
    const ticket = issueTicket(key, ann, 'link-1', Date.now());
    const opened = await get(`/?ticket=${ticket}`);
    expect(opened.status).toBe(303);
    expect(opened.headers.get('location')).toBe('/');
    const [cookie = ''] = opened.headers.getSetCookie();
    expect(cookie).toMatch(/^__Host-session=.*; HttpOnly; Secure; SameSite=Lax$/);
    const page = await get('/', { cookie: `theme=dark; ${cookie.split(';')[0]}` });
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toMatch(/^text\/html/);
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
    expect(await page.text()).toMatch(/<style>:root.*No accounts are connected yet.*U0ANN/s);
    expect(lines.join()).toContain('portal.opened');
    expect(lines.join()).not.toMatch(/xoxb|a-key-of-thirty/);
    expect(lines.join()).not.toContain(ticket);
    expect(lines.join()).not.toContain(cookie.split(/[=;]/)[1]);
  });

  it('refuses everybody else, with the same protection', async () => {
    const expired = issueTicket(key, ann, 'link-1', Date.now() - 600_001);
    const refused = [
      ['/', 403],
      [`/?ticket=${expired}`, 410],
      ['/?ticket=ticket-1.e30.AAAA', 403],
      [`/?ticket=${'%F0%9F'.repeat(1500)}`, 403],
      ['/favicon.ico', 404],
    ] as const;
    for (const [path, status] of refused) {
      const answer = await get(path);
      expect(answer.status, path.slice(0, 40)).toBe(status);
      expect(answer.headers.get('x-frame-options')).toBe('DENY');
      expect(answer.headers.getSetCookie()).toEqual([]);
    }
    const form = await fetch(lambda.urlOf('auth-portal'), { method: 'POST', body: new URLSearchParams({ ticket: expired }) });
    expect(form.status).toBe(405);
  });

  it('uses no right but those it declares', async () => {
    await get('/');
    const used = record.calls.filter(({ component }) => component === 'auth-portal').map(({ action }) => action);
    expect([...new Set(used)]).toEqual(Object.values(authPortalPermissions).flat());
  });

  it.each([
    ['short-key', /Keys of secret short are missing or wrong: PORTAL_TICKET_KEY is wrong/],
    ['without-environment', /SECRET_ID is missing/],
  ])('serves nothing %s, and says what is wrong', async (name, problems) => {
    const { payload, functionError } = await lambda.invoke(name, {});
    expect(functionError).toBe('Unhandled');
    expect(payload).toMatchObject({ errorMessage: expect.stringMatching(problems) });
    expect(JSON.stringify(payload)).not.toContain('hush');
    expect((await fetch(lambda.urlOf(name))).status).toBe(502);
  });
});

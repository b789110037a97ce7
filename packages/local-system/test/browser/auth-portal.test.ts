import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { issueTicket } from '@vera/accounts/portal-ticket';
import { scriptedModel } from '@vera/emulators/bedrock/scripted-model';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { names } from '../../src/names.ts';
import { startTestSystem, type TestSystem } from '../support/test-system.ts';

const quiet = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-sync'];
const screenshots = fileURLToPath(new URL('../../../../coverage/screenshots/', import.meta.url));
const ann = { teamId: 'T0TEST', userId: 'U0ANN' };

describe('the auth portal in a browser', () => {
  const started = new AsyncDisposableStack();
  let system: TestSystem;
  let browser: Browser;
  let portal = '';

  beforeAll(async () => {
    await mkdir(screenshots, { recursive: true });
    system = started.use(await startTestSystem(scriptedModel(() => 'Nobody asks.')));
    portal = new URL('/', system.lambda.urlOf(names.authPortal)).href;
    browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: quiet });
    started.defer(() => browser.close());
  }, 60_000);
  afterAll(() => started.disposeAsync());

  const linkOf = (age = 0) => `${portal}?ticket=${issueTicket(system.portalTicketKey, ann, randomUUID(), Date.now() - age)}`;

  /** Clicks a link in Slack, which is another site, and gives the tab that opens. */
  async function click(
    link: string,
    options: BrowserContextOptions = {},
  ): Promise<{ page: Page; context: BrowserContext; seen: string[] }> {
    const context = await browser.newContext({ viewport: { width: 1000, height: 800 }, ...options });
    started.defer(() => context.close());
    const seen: string[] = [];
    context.on('console', (message) => seen.push(message.text()));
    const body = `<a href="${link}" target="_blank" rel="noopener noreferrer">Connect</a>`;
    await context.route('https://app.slack.com/**', (route) => route.fulfill({ contentType: 'text/html', body }));
    const slack = await context.newPage();
    await slack.goto('https://app.slack.com/client');
    const [page] = await Promise.all([context.waitForEvent('page'), slack.click('a')]);
    await page.waitForLoadState();
    page.on('pageerror', (error) => seen.push(String(error)));
    return { page, context, seen };
  }

  test('a link clicked in Slack shows that nothing is connected yet, and leaves no ticket in the address bar', async () => {
    const { page, context, seen } = await click(linkOf());
    expect(page.url()).toBe(portal);
    expect(await page.textContent('main')).toMatch(/No accounts are connected yet.*U0ANN/s);
    expect(await page.evaluate('document.referrer + document.cookie + history.length')).toBe('1');
    expect(await context.cookies()).toMatchObject([{ name: '__Host-session', httpOnly: true, secure: true, sameSite: 'Lax', path: '/' }]);
    await page.reload();
    expect(await page.textContent('h1')).toBe('Your accounts');
    await page.screenshot({ path: join(screenshots, 'auth-portal.png') });
    expect(seen).toEqual([]);
  });

  test('the page is styled though nothing else may run or load, fits a telephone and turns dark', async () => {
    const { page, seen } = await click(linkOf(), { viewport: { width: 320, height: 700 }, colorScheme: 'dark' });
    const colours = '(({ color, backgroundColor }) => [color, backgroundColor])(getComputedStyle(document.querySelector("main")))';
    expect(await page.evaluate(colours)).toEqual(['rgb(228, 225, 232)', 'rgb(30, 27, 34)']);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
    await page.screenshot({ path: join(screenshots, 'auth-portal-dark.png'), fullPage: true });
    expect(seen).toEqual([]);
    await page.evaluate('document.body.append(Object.assign(document.createElement("script"), { textContent: "document.title = 1" }))');
    expect(await page.title()).toBe('Your accounts · Vera');
    expect(seen.join()).toMatch(/Content Security Policy/);
  });

  test('an old link, or none, says how to get one', async () => {
    const { page, context } = await click(linkOf(600_001));
    expect(await page.textContent('main')).toMatch(/This link has expired.*Ask Vera in Slack:.*connect my accounts/s);
    await page.screenshot({ path: join(screenshots, 'auth-portal-expired.png') });
    await page.goto(portal);
    expect(await page.textContent('h1')).toBe('Open this page from Slack');
    expect(await context.cookies()).toEqual([]);
  });
});

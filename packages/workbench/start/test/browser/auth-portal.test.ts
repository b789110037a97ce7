import { scriptedModel } from '@vera/bedrock-stand-in/scripted-model';
import { sharedBrowser } from '@vera/page/test/browser-page';
import { screenshotPath } from '@vera/page/test/screenshot-path';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { names } from '../../src/names.ts';
import { portalLinkOf } from '../support/portal-visitor.ts';
import { startTestSystem, type TestSystem } from '../support/test-system.ts';
import { letQuestionWait } from '../support/waiting-question.ts';

describe('the auth portal in a browser', () => {
  const started = new AsyncDisposableStack();
  let system: TestSystem;
  let browser: Browser;
  let portal = '';

  beforeAll(async () => {
    system = started.use(await startTestSystem(scriptedModel(() => 'Nobody asks.')));
    portal = new URL('/', system.lambda.urlOf(names.authPortal)).href;
    browser = await sharedBrowser();
  }, 60_000);
  afterAll(() => started.disposeAsync());

  const linkOf = (age = 0) => portalLinkOf(system, 'U0ANN', age);
  const shot = (page: Page, name: string) => page.screenshot({ path: screenshotPath(`auth-portal-${name}`), fullPage: true });

  interface Tab {
    readonly page: Page;
    readonly context: BrowserContext;
    /** What the console and the pages complained of. */
    readonly seen: string[];
  }

  /** Clicks a link in Slack, which is another site, and gives the tab that opens. */
  async function click(link: string, options: BrowserContextOptions = {}): Promise<Tab> {
    const context = await browser.newContext({ viewport: { width: 1000, height: 800 }, ...options });
    context.setDefaultTimeout(8_000);
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

  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

  async function signIn(page: Page, as = 'Ann Chen (@ann)'): Promise<void> {
    await button(page, 'Sign in with Slack').click();
    await button(page, as).click();
    await page.waitForURL((url) => url.href.startsWith(portal));
  }

  /** Opens a new link and signs in as Ann. */
  async function signedIn(options: BrowserContextOptions = {}): Promise<Tab> {
    const tab = await click(linkOf(), options);
    await signIn(tab.page);
    return tab;
  }

  test('a link clicked in Slack leads by Sign in with Slack and consent to a connected account, and it can be ended', async () => {
    const link = linkOf();
    const { page, context, seen } = await click(link);
    expect(page.url()).toBe(portal);
    expect(await page.textContent('main')).toMatch(/Is this you\?.*U0ANN/s);
    expect(await page.evaluate('document.referrer + document.cookie + history.length')).toBe('1');
    const strict = { httpOnly: true, secure: true, sameSite: 'Lax', path: '/' };
    expect(await context.cookies(portal)).toMatchObject([{ name: '__Host-visit', ...strict }]);
    await shot(page, 'sign-in');

    await button(page, 'Sign in with Slack').click();
    await button(page, 'Ann Chen (@ann)').waitFor();
    await shot(page, 'slack');
    await button(page, 'Ann Chen (@ann)').click();
    await button(page, 'Connect Atlassian').waitFor();
    expect(page.url()).toBe(portal);
    expect(await context.cookies(portal)).toMatchObject([{ name: '__Host-session', ...strict }]);
    await shot(page, 'accounts');

    await button(page, 'Connect Atlassian').click();
    await button(page, 'Accept as Ann Chen (ann@test.example)').waitFor();
    await shot(page, 'consent');
    await button(page, 'Accept as Ann Chen (ann@test.example)').click();
    await button(page, 'Disconnect Atlassian').waitFor();
    expect(page.url()).toBe(portal);
    expect(await page.textContent('[data-provider=atlassian]')).toMatch(
      /Connected.*As Ann Chen on .*\.atlassian\.net, since \d+ \w+ \d{4}/s,
    );
    await button(page, 'Connect GitHub').click();
    await button(page, 'Accept as ann (ann@test.example)').click();
    await button(page, 'Disconnect GitHub').waitFor();
    await shot(page, 'connected');

    await button(page, 'Disconnect Atlassian').click();
    await button(page, 'Connect Atlassian').waitFor();
    expect(page.url()).toBe(portal);
    expect(seen).toEqual([]);

    const second = await click(link);
    expect(await second.page.textContent('main')).toMatch(/This link was used already.*connect my accounts/s);
    await shot(second.page, 'used');
  });

  test('a link handed on opens nothing to somebody else, and works for whom it was made for', async () => {
    const link = linkOf();
    const { page, context } = await click(link);
    await signIn(page, 'Bob Okafor (@bob)');
    expect(await page.textContent('main')).toMatch(/This link is for somebody else.*Nothing was connected/s);
    expect(await context.cookies(portal)).toEqual([]);
    await shot(page, 'another-person');
    const own = await click(link);
    await signIn(own.page);
    expect(await own.page.textContent('h1')).toBe('Your accounts');
  });

  test('a person who says no at the provider reads that nothing was connected, and goes back', async () => {
    const { page } = await signedIn();
    await button(page, 'Connect Atlassian').click();
    await button(page, 'Cancel').click();
    expect(await page.textContent('main')).toMatch(/You said no.*Nothing was connected/s);
    await shot(page, 'denied');
    await page.click('text=Back');
    expect(await page.textContent('[data-provider=atlassian]')).toContain('Not connected');
  });

  test('a question that waited for the account goes on, as it was asked, and the page leads back to Slack', async () => {
    const handed: unknown[] = [];
    system.lambda.disturb(({ functionName, payload }) => {
      if (functionName !== names.invoker) return undefined;
      handed.push(JSON.parse(payload));
      return { drop: true };
    });
    const question = await letQuestionWait(system, { userId: 'U0ANN2', provider: 'atlassian', text: '<@U0VERA> open a ticket for it' });
    const { page, context, seen } = await click(portalLinkOf(system, 'U0ANN2'));
    await signIn(page, 'Ann Chen (@ann2)');
    await button(page, 'Connect Atlassian').click();
    await button(page, 'Accept as Ann Chen (ann2@test.example)').click();
    await page.getByRole('status').waitFor();
    expect(page.url()).toBe(portal);
    expect(await page.getByRole('status').textContent()).toMatch(/Vera goes on with your question.*in Slack, where you asked/s);
    expect(handed).toEqual([question]);
    await shot(page, 'question-goes-on');
    expect(await context.cookies(portal)).toMatchObject([{ name: '__Host-session' }]);
    expect(seen).toEqual([]);
    await page.reload();
    expect(await page.getByRole('status').count()).toBe(0);
    await button(page, 'Disconnect Atlassian').click();
    await letQuestionWait(system, { userId: 'U0ANN2', provider: 'atlassian', text: '<@U0VERA> and another one' });
    await button(page, 'Connect Atlassian').click();
    await button(page, 'Accept as Ann Chen (ann2@test.example)').click();
    await page.getByRole('link', { name: 'Back to Slack' }).click();
    expect(page.url()).toBe(`${system.slack.url}/app_redirect?team=T0TEST&channel=C0OPS`);
    expect(await page.textContent('main')).toMatch(/#ops/);
    system.lambda.disturb(undefined);
  });

  test('a form on another site, or on another port of this one, ends no connection', async () => {
    const { page, context } = await signedIn();
    await button(page, 'Connect Atlassian').click();
    await button(page, 'Accept as Ann Chen (ann@test.example)').click();
    await button(page, 'Disconnect Atlassian').waitFor();
    const form = `<form method="post" action="${portal}disconnect/atlassian"><button>Win a prize</button></form>`;
    for (const site of ['https://evil.example/', 'http://127.0.0.1:1/']) {
      await context.route(`${site}**`, (route) => route.fulfill({ contentType: 'text/html', body: form }));
      const evil = await context.newPage();
      await evil.goto(site);
      await evil.click('button');
      await evil.waitForURL(/disconnect/);
      expect(await evil.textContent('h1')).toMatch(/That did not come from this page|Open this page from Slack/);
    }
    await page.reload();
    expect(await page.textContent('[data-provider=atlassian]')).toContain('As Ann Chen');
  });

  test('the page is styled though nothing else may run or load, fits a telephone and turns dark', async () => {
    const { page, seen } = await signedIn({ viewport: { width: 320, height: 700 }, colorScheme: 'dark' });
    const colours = '(({ color, backgroundColor }) => [color, backgroundColor])(getComputedStyle(document.querySelector("main")))';
    expect(await page.evaluate(colours)).toEqual(['rgb(228, 225, 232)', 'rgb(30, 27, 34)']);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
    await shot(page, 'dark');
    expect(seen).toEqual([]);
    await page.evaluate('document.body.append(Object.assign(document.createElement("script"), { textContent: "document.title = 1" }))');
    expect(await page.title()).toBe('Your accounts · Vera');
    expect(seen.join()).toMatch(/Content Security Policy/);
  });

  test('a redirect of a form to another site is what the policy forbids, and why a page leads there', async () => {
    const { page, seen } = await click(portalLinkOf(system, 'U0BOB'));
    await signIn(page, 'Bob Okafor (@bob)');
    await page
      .context()
      .route(`${portal}connect/atlassian`, (route) =>
        route.fulfill({ status: 303, headers: { location: `${system.atlassian.url}/authorize` } }),
      );
    await button(page, 'Connect Atlassian').click({ noWaitAfter: true });
    await expect.poll(() => seen.join(), { timeout: 5_000 }).toMatch(/form-action/);
    expect(page.url()).toBe(portal);
  });

  test('an old link, or none, says how to get one', async () => {
    const { page, context } = await click(linkOf(600_001));
    expect(await page.textContent('main')).toMatch(/This link has expired.*Ask Vera in Slack:.*connect my accounts/s);
    await shot(page, 'expired');
    await page.goto(portal);
    expect(await page.textContent('h1')).toBe('Open this page from Slack');
    expect(await context.cookies()).toEqual([]);
  });
});

import { sharedBrowser } from '@vera/page/test/browser-page';
import type { Page } from 'playwright-core';

export interface OpenPage extends AsyncDisposable {
  readonly page: Page;
  /** Errors of its scripts, and what its console calls one. */
  readonly problems: readonly string[];
}

export async function openPage(address: string, height = 900): Promise<OpenPage> {
  const page = await (await sharedBrowser()).newPage({ viewport: { width: 1440, height } });
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  await page.goto(address);
  return { page, problems, [Symbol.asyncDispose]: () => page.close() };
}

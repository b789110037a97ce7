import { screenshotPath } from '@vera/page/test/screenshot-path';
import type { Locator, Page } from 'playwright-core';

/** Types into a composer and sends. */
export async function say(composer: Locator, text: string): Promise<void> {
  await composer.click();
  await composer.fill(text);
  await composer.press('Enter');
}

/** For people to look at; nothing is to show that only the pointer brings up. */
export async function takePicture(page: Page, name: string): Promise<void> {
  await page.mouse.move(0, 0);
  await page.screenshot({ path: screenshotPath(name) });
}

export async function textOf(locator: Locator): Promise<string> {
  return (await locator.textContent()) ?? '';
}

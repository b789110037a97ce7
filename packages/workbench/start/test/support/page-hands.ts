import type { Locator } from 'playwright-core';

/** Types into a composer and sends. */
export async function say(composer: Locator, text: string): Promise<void> {
  await composer.click();
  await composer.fill(text);
  await composer.press('Enter');
}

export async function textOf(locator: Locator): Promise<string> {
  return (await locator.textContent()) ?? '';
}

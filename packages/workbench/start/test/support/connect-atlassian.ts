import type { Locator, Page } from 'playwright-core';

const slow = { timeout: 60_000 };

/** Maya opens a private link, signs in and connects her account; gives the portal as it is then. */
export async function connectAtlassian(link: Locator): Promise<Page> {
  const [portal] = await Promise.all([link.page().context().waitForEvent('page'), link.click()]);
  const maya = 'Accept as Maya Lindqvist (maya.lindqvist@northwind.example)';
  for (const name of ['Sign in with Slack', 'Maya Lindqvist (@maya)', 'Connect Atlassian', maya]) {
    await portal.getByRole('button', { name, exact: true }).click(slow);
  }
  await portal.getByRole('button', { name: 'Disconnect Atlassian' }).waitFor(slow);
  return portal;
}

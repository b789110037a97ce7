import { rehearsalModel } from '@vera/bedrock-stand-in/rehearsal-model';
import { createRoad } from '@vera/page/road';
import { screenshotPath } from '@vera/page/test/screenshot-path';
import { testDocuments, testWorkspace } from '@vera/page/test/test-workspace';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { say, textOf } from '../support/page-hands.ts';
import { showPage } from '../support/show-page.ts';
import { startTestSystem, type TestSystem } from '../support/test-system.ts';

const slow = { timeout: 60_000 };
const [ann, twin] = ['U0ANN', 'U0ANN2'];
const started = new AsyncDisposableStack();
let system: TestSystem;
let page: Page;
let problems: readonly string[];

beforeAll(async () => {
  const road = createRoad({ keep: 100 });
  const direct = { id: 'D0ANN2', name: 'ann2', kind: 'im' as const, members: [twin, 'U0VERA'] };
  const workspace = { ...testWorkspace, channels: [...testWorkspace.channels, direct] };
  system = started.use(await startTestSystem(rehearsalModel({ tokensPerSecond: 0 }), { slack: { workspace }, onLog: road.add }));
  ({ page, problems } = started.use(await showPage({ slack: system.slack, road, documentsFolder: testDocuments })));
  page.on('dialog', (dialog) => void dialog.accept());
}, 60_000);
afterAll(() => started.disposeAsync());

const shot = (name: string) => page.screenshot({ path: screenshotPath(`own-memory-${name}`) });

/** From now on this person sits before the page, in their direct messages with Vera. */
async function sits(user: string): Promise<void> {
  await page.getByTestId('person-switcher').selectOption(user);
  await page.getByTestId('channel-dm').click();
  await open('Messages');
}

async function open(tab: 'Messages' | 'Home'): Promise<void> {
  await page.getByRole('group', { name: 'With vera' }).getByRole('button', { name: tab, exact: true }).click();
}

/** Gives what Vera answered. */
async function asks(user: string, text: string): Promise<string> {
  const channel = user === ann ? 'D0ANN' : 'D0ANN2';
  const asked = system.slack.messages(channel).length;
  await say(page.getByTestId('composer'), text);
  const answers = () =>
    system.slack
      .messages(channel)
      .slice(asked)
      .filter(({ metadata }) => metadata?.event_payload.outcome !== undefined);
  await expect.poll(() => answers().length, slow).toBe(1);
  return system.text(answers());
}

test('R18 two people of one name teach different forms; each gets their own, and sees and forgets it in the home tab', async () => {
  const sum = 'how much is 37 * 43?';
  const taught = [
    [ann, 'answer me in bullet points'],
    [twin, 'sign your answers with Ahoy'],
  ] as const;
  for (const [user, wish] of taught) {
    await sits(user);
    await asks(user, `From now on, ${wish}`);
    await page.getByRole('button', { name: 'Remember it' }).click(slow);
    await page.getByText('I remember, from your next question on').waitFor(slow);
  }
  await shot('kept');
  expect(await asks(twin, sum)).toMatch(/^[^-].*1591[\s\S]*Ahoy$/);
  await open('Home');
  const home = page.getByTestId('home-tab');
  await home.getByText('sign your answers with Ahoy').waitFor(slow);
  expect(await textOf(home)).not.toContain('answer me in bullet points');
  await sits(ann);
  const inBullets = await asks(ann, sum);
  expect(inBullets).toMatch(/^- .*1591/);
  expect(inBullets).not.toContain('Ahoy');
  await open('Home');
  await home.getByText('answer me in bullet points').waitFor(slow);
  expect(await textOf(home)).toMatch(/a preference, to which you said yes/);
  expect(await textOf(home)).not.toContain('Ahoy');
  await shot('home');
  await home.getByLabel('Search what I remember of you').fill('nothing like it');
  await home.getByLabel('Search what I remember of you').press('Enter');
  await home.getByText('Nothing with “nothing like it”.').waitFor(slow);
  await home.getByRole('button', { name: 'Show all' }).click();
  await home.getByRole('button', { name: 'Forget', exact: true }).click(slow);
  await home.getByText('Forgotten: 1 thing').waitFor(slow);
  expect(await textOf(home)).not.toContain('answer me in bullet points');
  await shot('forgotten');
  await open('Messages');
  expect(await asks(ann, sum)).not.toMatch(/^- /);
  await sits(twin);
  expect(await asks(twin, sum)).toContain('Ahoy');
  expect(problems).toEqual([]);
});

import { rehearsalModel } from '@vera/bedrock-stand-in/rehearsal-model';
import { createRoad } from '@vera/page/road';
import { expect, test } from 'vitest';
import { demoDocuments } from '../../src/demo-seeds.ts';
import { demoWorkspace } from '../../src/demo-workspace.ts';
import { createLab } from '../../src/lab/create-lab.ts';
import { takePicture, textOf } from '../support/page-hands.ts';
import { showPage } from '../support/show-page.ts';
import { startTestSystem } from '../support/test-system.ts';

/** As `start` has them, each shorter: a container that died is missed after seven seconds, not after twenty, and answers come twice as fast. */
const timings = { receiverGrace: 5, sweeperGrace: 5, lease: 7, heartbeat: 1 };

test('a newcomer plays the three stories of the lab by keyboard: each ends in one answer, and its road shows what was broken', {
  timeout: 120_000,
}, async () => {
  const road = createRoad({ keep: 50 });
  await using system = await startTestSystem(rehearsalModel({ tokensPerSecond: 120 }), {
    ...{ slack: { workspace: demoWorkspace }, documentsFolder: demoDocuments, timings },
    onLog: (entry) => void road.add(entry),
  });
  using lab = createLab({ system, road, hasModel: true });
  await using shown = await showPage({ slack: system.slack, road, lab, documentsFolder: demoDocuments });
  const { page } = shown;
  await page.setViewportSize({ width: 1440, height: 1700 });
  const thread = page.getByTestId('thread-pane');
  const answers = thread.getByTestId('feedback-good');
  const steps = page.getByTestId('road-panel').getByTestId('road-step');

  const summary = page.getByTestId('lab').locator('summary');
  await summary.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('list', { name: 'Stories, by one click' }).waitFor();
  await takePicture(page, 'lab-1-open');
  const play = async (story: string, isUnderWay: RegExp) => {
    await page.getByRole('button', { name: story }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await steps.allTextContents()).join('\n'), { timeout: 20_000 }).toMatch(isUnderWay);
  };
  const end = async (picture: string, told: readonly RegExp[]) => {
    await expect.poll(() => answers.count(), { timeout: 60_000 }).toBe(1);
    const tells = async () => (await steps.allTextContents()).join('\n');
    await expect.poll(tells, { timeout: 60_000 }).toMatch(/Answered/);
    for (const what of told) expect(await tells()).toMatch(what);
    expect(await thread.getByTestId('message').count()).toBe(2);
    expect(await textOf(thread.getByTestId('message').last())).toContain('I am Vera');
    // Folded, so that the whole road is in the picture.
    await summary.click();
    await takePicture(page, picture);
    await summary.click();
  };

  await play('Slack delivers twice', /Slack: Have it deliver twice/);
  await end('lab-2-twice', [/Known already; left aside.*delivery no\. 2/s]);
  await play('The container dies in mid-answer', /Container: Kill it/);
  expect(await answers.count()).toBe(0);
  await takePicture(page, 'lab-3-dying');
  await end('lab-4-died', [/Sent to the invoker again/, /attempt 2/]);
  await play('The ledger is away for ten seconds', /Services: Take the ledger away/);
  await takePicture(page, 'lab-5-ledger-away');
  await end('lab-6-ledger-back', [/Mended.*Take the ledger away/s, /attempt \d/]);
  expect(shown.problems).toEqual([]);
});

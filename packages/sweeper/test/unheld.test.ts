import { retryValueOf } from '@vera/protocol/action';
import { describe, expect, it } from 'vitest';
import { startedSweeper } from './started-sweeper.ts';

describe('a question that no worker has had in hand', () => {
  it('R10 is sent again without using up attempts, and is told as lost by its age, once, with the button', async () => {
    await using sweeper = await startedSweeper();
    const question = await sweeper.asked();
    for (let sweeps = 0; sweeps < 7; sweeps += 1) await sweeper.sweepLater();
    expect(sweeper.resent).toHaveLength(7);
    expect(await sweeper.recordOf(question)).toMatchObject({ state: 'received', attempts: 0 });
    for (let sweeps = 0; sweeps < 2; sweeps += 1) await sweeper.sweepLater();
    expect(sweeper.said(question)).toMatchObject([{ text: expect.stringMatching(/nothing of me has been free.*ask it again/) }]);
    expect(JSON.stringify(sweeper.said(question)[0]?.blocks)).toContain(retryValueOf({ messageTs: question.messageTs, leg: 0 }));
    expect(await sweeper.recordOf(question)).toMatchObject({ state: 'failed', reason: 'lost' });
  });

  it('is no older than since a worker last had it, be it only to wait its turn', async () => {
    await using sweeper = await startedSweeper();
    const [waiting, begun] = [await sweeper.asked(), await sweeper.asked()];
    for (let sweeps = 0; sweeps < 7; sweeps += 1) await sweeper.sweepLater();
    await sweeper.leases.postpone(waiting);
    await sweeper.begin(begun);
    for (let sweeps = 0; sweeps < 5; sweeps += 1) await sweeper.sweepLater();
    for (const question of [waiting, begun]) expect(await sweeper.recordOf(question)).toMatchObject({ state: 'received' });
  });

  it('is told of by the next sweep where telling it failed', async () => {
    await using sweeper = await startedSweeper();
    const question = await sweeper.asked();
    for (let sweeps = 0; sweeps < 7; sweeps += 1) await sweeper.sweepLater();
    sweeper.slack.inject({ method: 'chat.postMessage', kind: 'unreachable' });
    await sweeper.sweepLater();
    expect(await sweeper.recordOf(question)).toMatchObject({ state: 'running', leaseOwner: 'sweeper' });
    await sweeper.sweepLater();
    expect(sweeper.said(question)).toHaveLength(1);
    expect(sweeper.resent).toHaveLength(7);
  });
});

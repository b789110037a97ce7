import { expect, test } from 'vitest';
import { startGate } from '../changes/start-gate.ts';

const write = [{ call: 'write_note', input: { text: 'x' } }] as const;
const noTools = { tools: [], ownTools: [], personTools: [], systems: [], troubles: () => [] };

test('a question that begins again behind an earlier one goes on as soon as that is done, and is held by nobody till then', async () => {
  const opened = Promise.withResolvers<void>();
  const going = Promise.withResolvers<void>();
  await using gate = await startGate([[...write], [{ until: going.promise }, 'Written.'], 'Two and three.'], {
    async offerTools({ text }) {
      if (text.includes('TWO')) await opened.promise;
      return noTools;
    },
  });
  const first = await gate.asked();
  await gate.waits(first);
  const second = await gate.ask({ text: '<@UVERA> TWO', threadTs: first.threadTs, user: 'UBOB' });
  await gate.intake.accept(second);
  await expect.poll(async () => (await gate.recordOf(second))?.state).toBe('running');
  await gate.inbox.edit({ ...second, text: '<@UVERA> TWO and three' });
  await gate.press(first, 'approve');
  await expect.poll(() => gate.bedrock.requests.length).toBe(2);
  opened.resolve();
  await expect.poll(async () => (await gate.recordOf(second))?.state).toBe('received');
  going.resolve();
  expect(await gate.closed(first)).toMatchObject({ state: 'answered' });
  expect(await gate.closed(second)).toMatchObject({ state: 'answered', hindrances: 1 });
  expect(gate.text(first)).toContain('Two and three.');
});

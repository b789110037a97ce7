import { expect, test } from 'vitest';
import { startScripted } from './start-scripted.ts';

test('more than may be answered at once wait, and are answered as places get free', async () => {
  const [first, rest] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  await using worker = await startScripted(
    ({ messages }) => [{ until: JSON.stringify(messages).includes('go first') ? first.promise : rest.promise }, 'Fine.'],
    {
      mostAtOnce: 2,
    },
  );
  const questions = [await worker.ask({ text: '<@UVERA> go first' })];
  for (let count = 0; count < 4; count += 1) questions.push(await worker.ask({ text: '<@UVERA> why?' }));
  for (const question of questions) await worker.intake.accept(question);
  await expect.poll(() => worker.bedrock.requests.length).toBe(2);
  await expect.poll(() => worker.lines.filter(({ event }) => event === 'question.queued').length).toBe(3);
  first.resolve();
  expect(await worker.recordOf(questions[0]!)).toBeDefined();
  await expect.poll(() => worker.bedrock.requests.length).toBe(3);
  rest.resolve();
  for (const question of questions) expect(await worker.closed(question)).toMatchObject({ state: 'answered', attempts: 1 });
});

import { expect, test } from 'vitest';
import { startScripted } from './start-scripted.ts';

test('R28 a question under 1,200 replies with 40 files is answered: the thread read by pages, once, the request bounded, no file twice', async () => {
  await using worker = await startScripted(['Read.', 'Read again.']);
  const root = worker.slack.post({ user: 'UANN', channel: 'COPS', text: 'what it is all about' });
  for (let reply = 1; reply <= 1_200; reply += 1) {
    const bytes = new TextEncoder().encode(`content of file ${reply}.`);
    const files = reply % 30 === 0 ? [{ name: `${reply}.txt`, mimetype: 'text/plain', bytes }] : [];
    worker.slack.post({ user: 'UBOB', channel: 'COPS', threadTs: root.ts, text: `reply number ${reply}. ${'x'.repeat(200)}`, files });
  }
  for (const answers of [1, 2]) {
    const question = await worker.ask({ text: '<@UVERA> in short?', threadTs: root.ts });
    await worker.intake.accept(question);
    expect(await worker.closed(question)).toMatchObject({ state: 'answered' });
    const pages = worker.slack.calls.filter(({ method }) => method === 'conversations.replies');
    expect(pages).toHaveLength(3 * answers);
    const request = JSON.stringify(worker.bedrock.requests.at(-1)?.messages);
    expect(request.length).toBeLessThan(200_000);
    for (const words of ['what it is all about', 'reply number 1200.', 'content of file 1200.'])
      expect(request.split(words)).toHaveLength(2);
    expect(request.match(/content of file/g)?.length).toBeLessThanOrEqual(25);
  }
});

import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { longAnswer } from './long-answer.ts';
import { pieceFaults } from './piece-faults.ts';
import { startWriter } from './start-writer.ts';

const ending = { outcome: 'answered', words: '', blocks: [] } as const;
const step = { id: 't1', title: 'Searching', status: 'in_progress' } as const;

test('a step shows at once in the stream the text follows into, and ends as what it became', async () => {
  await using started = await startWriter();
  started.writer.showTask(step);
  await expect.poll(started.messages).toMatchObject([{ text: '', tasks: [step], streaming_state: 'in_progress' }]);
  started.writer.showTask({ ...step, status: 'complete' });
  started.writer.write('Found it. ');
  await started.writer.finish(ending);
  expect(started.messages()).toMatchObject([{ markdown: 'Found it. ', tasks: [{ ...step, status: 'complete' }] }]);
});

test('steps that Slack cannot show do not keep the answer from arriving', async () => {
  await using started = await startWriter({ slack: { agentFeatures: false } });
  started.writer.showTask(step);
  await started.showing('_Searching…_');
  started.writer.showTask({ ...step, status: 'complete' });
  started.writer.write('Found it.');
  await started.writer.finish(ending);
  expect(started.pieces()).toEqual(['Found it.']);
});

test('the placeholder of a status says which step is being done until there is text', async () => {
  let placeholder: string | undefined;
  await using started = await startWriter({ slack: { agentFeatures: false }, params: { placeholder: async () => placeholder } });
  placeholder = (await postPlaceholder(started.slack.url, started.threadTs)).ts;
  started.writer.showTask(step);
  await started.showing('_Searching…_');
  expect(started.messages()).toMatchObject([{ ts: placeholder }]);
  started.writer.write('Found it.');
  await started.writer.finish(ending);
  expect(started.pieces()).toEqual(['Found it.']);
});

test('a stream that ended while it showed steps only leaves no empty message behind', async () => {
  await using started = await startWriter();
  started.writer.showTask(step);
  await expect.poll(started.messages).toMatchObject([{ tasks: [step] }]);
  started.slack.advance(301_000);
  started.writer.write('Found it. ');
  await started.showing('Found it.');
  started.writer.write('It is here.');
  await started.writer.finish(ending);
  expect(started.pieces()).toEqual(['Found it. It is here.']);
});

test('the placeholder of a status becomes the answer', async () => {
  let placeholder: string | undefined;
  await using started = await startWriter({ slack: { agentFeatures: false }, params: { placeholder: async () => placeholder } });
  placeholder = (await postPlaceholder(started.slack.url, started.threadTs)).ts;
  const text = longAnswer(6_339);
  for (let at = 0; at < text.length; at += 500) {
    started.writer.write(text.slice(at, at + 500));
    await sleep(2);
  }
  await started.writer.finish(ending);
  expect(started.opened[0]).toBe(placeholder);
  expect(pieceFaults(started.pieces(), text)).toEqual([]);
});

test('the placeholder of a status goes when the answer can be streamed after all', async () => {
  let placeholder: string | undefined;
  await using started = await startWriter({ params: { placeholder: async () => placeholder } });
  placeholder = (await postPlaceholder(started.slack.url, started.threadTs)).ts;
  started.writer.write('All is well. ');
  await started.showing('All is well.');
  await started.writer.finish(ending);
  expect(started.pieces()).toEqual(['All is well. ']);
});

test('a placeholder somebody deleted is no obstacle', async () => {
  await using started = await startWriter({ slack: { agentFeatures: false }, params: { placeholder: async () => '1700000000.000100' } });
  started.writer.write('All is well. ');
  await started.writer.finish(ending);
  expect(started.pieces()).toEqual(['All is well. ']);
});

test('Stop is told, and what was shown stays, with the last words below it', async () => {
  const told = Promise.withResolvers<void>();
  const isStop = async () => {
    told.resolve();
    return true;
  };
  await using started = await startWriter({ params: { isStop } });
  started.writer.write('The first half is this. ');
  await started.showing('first half');
  started.slack.stop({ user: 'UANN', channel: 'COPS', threadTs: started.threadTs });
  started.writer.write('And the second one ');
  await told.promise;
  await started.writer.finish({ outcome: 'stopped', words: '_Stopped._', blocks: [] });
  expect(started.pieces()).toHaveLength(1);
  expect(started.pieces()[0]).toMatch(/^The first half is this\. [\s\S]*_Stopped\._$/);
  expect(started.messages()[0]).toMatchObject({ metadata: { event_payload: { outcome: 'stopped' } } });
});

test('Stop by somebody who may not is none: what is left goes into another message', async () => {
  await using started = await startWriter({ params: { isStop: async () => false } });
  started.writer.write('The first half is this. ');
  await started.showing('first half');
  started.slack.stop({ user: 'UBOB', channel: 'COPS', threadTs: started.threadTs });
  started.writer.write('And the second one is that. ');
  await started.showing('the second one');
  await started.writer.finish(ending);
  expect(started.pieces()).toEqual(['The first half is this. ', 'And the second one is that. ']);
});

test('Stop ends the writing also when more than a message is waiting to be shown', async () => {
  await using started = await startWriter();
  started.writer.write('The first half is this. ');
  await started.showing('first half');
  started.slack.stop({ user: 'UANN', channel: 'COPS', threadTs: started.threadTs });
  started.writer.write(longAnswer(9_000));
  await started.writer.finish({ outcome: 'stopped', words: '_Stopped._', blocks: [] });
  expect(started.pieces()).toEqual(['The first half is this. \n\n_Stopped._']);
  expect(started.slack.calls.filter(({ method }) => method === 'chat.appendStream').length).toBeLessThan(3);
});

test('last words stand outside of a code block that was left open', async () => {
  await using started = await startWriter();
  started.writer.write('Run:\n\n```bash\necho 1\n');
  await started.showing('echo 1');
  await started.writer.finish({ outcome: 'failed', words: 'The answer ends here.', blocks: [] });
  expect(started.pieces()).toEqual(['Run:\n\n```bash\necho 1\n```\n\nThe answer ends here.']);
});

test('last words alone are the answer', async () => {
  await using started = await startWriter();
  await started.writer.finish({ outcome: 'failed', words: 'There is no answer.', blocks: [] });
  expect(started.pieces()).toEqual(['There is no answer.']);
});

test('an abandoned answer is not written any further', async () => {
  await using started = await startWriter();
  started.writer.write('The first half is this. ');
  await started.showing('first half');
  started.writer.abandon();
  started.writer.write('And the second. ');
  await sleep(50);
  expect(started.pieces()).toEqual(['The first half is this. ']);
});

async function postPlaceholder(url: string, threadTs: string): Promise<{ ts: string }> {
  const body = new URLSearchParams({ token: 'xoxb-test', channel: 'COPS', thread_ts: threadTs, text: '_Thinking…_' });
  const response = await fetch(`${url}/api/chat.postMessage`, { method: 'POST', body });
  return (await response.json()) as { ts: string };
}

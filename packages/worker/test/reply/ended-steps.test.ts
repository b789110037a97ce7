import { expect, test } from 'vitest';
import { startWriter } from './start-writer.ts';

const step = { id: 'step-1', title: 'Searching', details: '“rota”', status: 'in_progress' } as const;
const ending = { outcome: 'answered', words: '', blocks: [] } as const;
const statuses = (started: Awaited<ReturnType<typeof startWriter>>) =>
  started.messages().map(({ tasks = [] }) => tasks.map(({ id, status, details, output }) => [id, status, details, output]));

test.each([
  ['failed', ['step-1', 'error', '“rota”', 'failed']],
  ['stopped', ['step-1', 'error', '“rota”', 'stopped']],
  ['answered', ['step-1', 'complete', '“rota”', undefined]],
  [undefined, ['step-1', 'complete', '“rota”', undefined]],
] as const)('F30 a step whose end nobody tells is not at work for ever, where the answer ends as %s', async (outcome, expected) => {
  await using started = await startWriter();
  started.writer.showTask(step);
  await expect.poll(() => statuses(started)).toEqual([[['step-1', 'in_progress', '“rota”', undefined]]]);
  await started.writer.finish({ outcome, words: 'It ends here.', blocks: [] });
  expect(statuses(started)).toEqual([[expected]]);
});

test('F30 a message that ends while a step is under way says that it goes on; the next one shows it to its end, by the same id', async () => {
  let ahead = 0;
  await using started = await startWriter({
    params: {
      now: () => {
        ahead += 3_000;
        return Date.now() + ahead;
      },
    },
  });
  started.writer.write('First I look. ');
  started.writer.showTask(step);
  await expect.poll(() => statuses(started).flat()).toHaveLength(1);
  ahead += 241_000;
  started.writer.write('Still looking. ');
  await expect.poll(() => statuses(started)).toHaveLength(2);
  started.writer.showTask({ id: 'step-1', title: 'Searching', status: 'complete', output: '3 documents' });
  await started.writer.finish({ outcome: 'answered', words: '', blocks: [] });
  expect(statuses(started)).toEqual([
    [['step-1', 'complete', '“rota”', 'goes on below']],
    [['step-1', 'complete', '“rota”', '3 documents']],
  ]);
});

test('F30 Stop in Slack, while a step is under way, leaves none at work', async () => {
  await using started = await startWriter();
  started.writer.write('First I look. ');
  started.writer.showTask(step);
  await expect.poll(() => statuses(started).flat()).toHaveLength(1);
  started.slack.stop({ user: 'UANN', channel: 'COPS', threadTs: started.threadTs });
  await started.writer.finish({ outcome: 'stopped', words: '_Stopped._', blocks: [] });
  expect(JSON.stringify(statuses(started))).not.toContain('in_progress');
});

test('F30 the way in which steps are shown is named when a stream starts, whatever comes first', async () => {
  await using started = await startWriter();
  started.writer.write('First I look. ');
  await started.showing('First');
  started.writer.showTask(step);
  await started.writer.finish({ outcome: 'answered', words: '', blocks: [] });
  const [start] = started.slack.calls.filter(({ method }) => method === 'chat.startStream');
  expect(start?.args.task_display_mode).toBe('timeline');
});

/** What of the answer stands where: text, and the titles of its steps in brackets. */
const drawn = ({ markdown = '', tasks = [] }: { markdown?: string; tasks?: readonly { at: number; title: string }[] }) =>
  [...tasks].reduceRight((text, { at, title }) => `${text.slice(0, at)}[${title}]${text.slice(at)}`, markdown);

test('F30 text and steps stand in the order in which they happened, however fast they come', async () => {
  await using started = await startWriter();
  const other = { id: 'step-2', title: 'Counting', status: 'in_progress' } as const;
  started.writer.write('First I look');
  started.writer.showTask(step);
  started.writer.write('\n\nThen I count');
  started.writer.showTask(other);
  started.writer.showTask({ id: 'step-1', title: 'Searching', status: 'complete', output: '3 documents' });
  started.writer.write('\n\nIt is **so');
  started.writer.write('**.');
  started.writer.showTask({ ...other, status: 'complete' });
  await started.writer.finish(ending);
  expect(started.messages().map(drawn)).toEqual(['First I look[Searching]\n\nThen I count[Counting]\n\nIt is **so**.']);
  expect(statuses(started)).toEqual([
    [
      ['step-1', 'complete', '“rota”', '3 documents'],
      ['step-2', 'complete', undefined, undefined],
    ],
  ]);
});

test.each([{ agentFeatures: false }, {}])('F30 all of the text arrives behind steps that cannot be shown (%j)', async (slack) => {
  await using started = await startWriter({ slack });
  started.slack.inject({ method: 'chat.startStream', kind: 'error', error: 'channel_type_not_supported', times: 9 });
  for (const id of ['step-1', 'step-2', 'step-3']) {
    started.writer.write(`Before ${id}. `);
    started.writer.showTask({ ...step, id });
  }
  started.writer.write('The end.');
  await started.writer.finish(ending);
  expect(started.pieces()).toEqual(['Before step-1. Before step-2. Before step-3. The end.']);
});

test('F30 Stop leaves out what waits behind a step', async () => {
  await using started = await startWriter();
  started.writer.write('First I look. ');
  await started.showing('First');
  started.writer.write('And I ');
  started.writer.showTask(step);
  started.writer.write('never say this.');
  await started.writer.finish({ outcome: 'stopped', words: '_Stopped._', blocks: [] });
  expect(started.pieces().join()).toMatch(/^First I look[\s\S]*_Stopped\._$/);
  expect(started.pieces().join()).not.toContain('never');
  expect(JSON.stringify(statuses(started))).not.toContain('in_progress');
});

test('a stream is given its text and its steps in one form: Slack takes no other than the first', async () => {
  await using started = await startWriter();
  started.writer.write('First I look. ');
  await started.showing('First');
  started.writer.showTask(step);
  await expect.poll(() => statuses(started).flat()).toHaveLength(1);
  started.writer.write('Found. ');
  await started.showing('Found');
  await started.writer.finish({ outcome: 'answered', words: 'All is said.', blocks: [] });
  expect(started.messages()).toHaveLength(1);
  expect(started.slack.calls.flatMap(({ response }) => response.error ?? [])).toEqual([]);
});

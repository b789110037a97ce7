import { createHash } from 'node:crypto';
import type { Question } from '@vera/protocol/question';
import type { SlackEmulator } from '@vera/slack-stand-in/contract';
import { describe, expect, test } from 'vitest';
import { attachFile } from '../../src/attachments/attach-file.ts';
import { uploadFile } from '../../src/attachments/upload-file.ts';
import { drawChart } from '../../src/charts/draw-chart.ts';
import { createShowChart } from '../../src/charts/show-chart.ts';
import type { AnswerParams } from '../../src/questions/story.ts';
import { startGate } from '../changes/start-gate.ts';
import { startScripted } from './start-scripted.ts';

const log = { debug() {}, info() {}, warn() {}, error() {} };
const draw = async () => ({ png: Buffer.from('PNG'), drawn: new Map<string, string>() });
const toolsFor: AnswerParams['toolsFor'] = (_, story) => [
  drawChart({ show: createShowChart({ draw, log: log as never }), ...story }),
  attachFile(story),
];
const data = { categories: ['Q1', 'Q2'], series: [{ name: 'Cost', values: [5, 3] }] };
const chart = { call: 'draw_chart', input: { kind: 'bar', title: 'Costs', data } };
const picture = { call: 'draw_chart', input: { kind: 'stacked', title: 'Costs', data } };
const file = { call: 'attach_file', input: { name: 'costs', type: 'csv', content: 'a,b' } };

const inThread = (slack: SlackEmulator, question: Question) =>
  slack
    .messages(question.channelId, question.threadTs)
    .filter(({ user }) => user === 'UVERA')
    .map(({ markdown, blocks = [], files = [] }) => [
      ...(markdown ? [markdown] : []),
      ...blocks.flatMap(({ type }) => (String(type).startsWith('data_') ? [type] : [])),
      ...files.map(({ name }) => name),
    ]);
const question = '<@UVERA> what did it cost?';

test('charts and files stand below the words, in the order in which they were made', async () => {
  await using worker = await startScripted([['Let me see. ', chart, picture, file], 'It went down.'], { toolsFor });
  const asked = await worker.ask({ text: question });
  await worker.intake.accept(asked);
  expect(await worker.closed(asked)).toMatchObject({ state: 'answered' });
  expect(inThread(worker.slack, asked)).toEqual([
    ['Let me see. \n\nIt went down.'],
    ['data_visualization'],
    ['chart.png'],
    ['data_table'],
    ['costs.csv'],
  ]);
});

test('they stand below it, too, where nothing was said before', async () => {
  await using worker = await startScripted([[chart], 'It went down.'], { toolsFor });
  worker.slack.inject({ method: 'chat.startStream', kind: 'delay', milliseconds: 100 });
  const asked = await worker.ask({ text: question });
  await worker.intake.accept(asked);
  await worker.closed(asked);
  expect(inThread(worker.slack, asked)).toEqual([['It went down.'], ['data_visualization']]);
});

test('whoever asks next in the thread is understood: the numbers are words there, and no picture is fetched again', async () => {
  await using worker = await startScripted([[picture], 'It went down.', 'By two.'], { toolsFor });
  const first = await worker.ask({ text: question });
  await worker.intake.accept(first);
  await worker.closed(first);
  const next = await worker.ask({ text: '<@UVERA> by how much?', threadTs: first.threadTs });
  await worker.intake.accept(next);
  await worker.closed(next);
  expect(JSON.stringify(worker.bedrock.requests.at(-1))).toContain('Q1: 5\\\\nQ2: 3'.replaceAll('\\\\', '\\'));
  expect(JSON.stringify(worker.bedrock.requests.at(-1))).not.toContain('chart.png');
});

test('a helper shows nothing in the thread: only what answers there is offered these tools', async () => {
  const specialists = [{ name: 'any', description: 'Anything.', prompt: 'Help.', tools: ['*'], answersWith: 'text' }] as const;
  const helping = { common: 'You are a helper.', specialists, limits: { calls: 60, tokens: 600_000 } };
  const script = [[{ call: 'delegate', input: { task: 'Draw it', specialist: 'any' } }], 'Drawn.', 'Done.'];
  await using worker = await startScripted(script, { toolsFor, helping });
  const asked = await worker.ask({ text: question });
  await worker.intake.accept(asked);
  await worker.closed(asked);
  const offered = worker.bedrock.requests.map(({ toolConfig }) => toolConfig?.tools?.map(({ toolSpec }) => toolSpec?.name) ?? []);
  expect(offered[0]).toContain('draw_chart');
  expect(offered[1]).toEqual([]);
});

describe('all of it goes with the answer', () => {
  test('when the question is deleted', async () => {
    await using worker = await startGate(
      [
        [chart, picture, file],
        ['So ', { hang: true }],
      ],
      { toolsFor },
    );
    const asked = await worker.asked(question);
    await expect.poll(() => inThread(worker.slack, asked).length).toBe(5);
    const files = filesIn(worker.slack, asked);
    await worker.inbox.withdraw(asked);
    expect(await worker.closed(asked)).toMatchObject({ state: 'stopped', reason: 'withdrawn' });
    expect(inThread(worker.slack, asked)).toEqual([]);
    expect(files.map((id) => worker.slack.file(id))).toEqual([undefined, undefined]);
  });

  test('M19 when the guardrail stops it', async () => {
    const agent = { guardrail: { id: 'guardrail01', version: '1' } };
    await using worker = await startScripted([[chart, picture, file], 'The salary of Bob is high.'], { toolsFor, agent });
    const asked = await worker.ask({ text: question });
    await worker.intake.accept(asked);
    expect(await worker.closed(asked)).toMatchObject({ state: 'failed', reason: 'blocked' });
    expect(worker.slack.calls.filter(({ method }) => method === 'files.delete')).toHaveLength(2);
    expect(inThread(worker.slack, asked)).toHaveLength(1);
    expect(filesIn(worker.slack, asked)).toEqual([]);
  });

  test('when its worker died: the next one finds and removes what it had put there, noted or not', async () => {
    await using worker = await startScripted(['The whole answer.'], { toolsFor });
    const asked = await worker.ask({ text: question });
    await worker.leasedBy('dead', asked);
    const place = { channel: asked.channelId, threadTs: asked.threadTs };
    const upload = { call: worker.call, isSlackHost: () => true, looks: [0] };
    await uploadFile(upload, place, { name: 'a.txt', bytes: Buffer.from('a') }, () => {});
    const files = filesIn(worker.slack, asked);
    worker.pass(61_000);
    const [record] = await worker.overdue.overdue(worker.now(), 10);
    await worker.overdue.claim(record!, worker.now() + 60_000, 'send');
    await worker.intake.accept(asked);
    await worker.closed(asked);
    expect(inThread(worker.slack, asked)).toEqual([['The whole answer.']]);
    expect(files.map((id) => worker.slack.file(id))).toEqual([undefined]);
  });
});

test('a chart that was shown before a person was waited for is not shown again when the answer goes on', async () => {
  const write = { call: 'write_note', input: { text: 'x' } };
  await using worker = await startGate([[chart, write], [chart], 'Done.'], { toolsFor });
  const asked = await worker.asked(question);
  await worker.waits(asked);
  await worker.press(asked, 'approve');
  expect(await worker.closed(asked)).toMatchObject({ state: 'answered' });
  expect(
    inThread(worker.slack, asked)
      .flat()
      .filter((shown) => shown === 'data_visualization'),
  ).toHaveLength(1);
});

function filesIn(slack: SlackEmulator, { channelId, threadTs }: Question): string[] {
  return slack.messages(channelId, threadTs).flatMap(({ files = [] }) => files.map(({ id }) => String(id)));
}

test('a file that stands there is not attached a second time by the turn after a card; one with other bytes is', async () => {
  const other = { call: 'attach_file', input: { ...file.input, content: 'a,c' } };
  const write = { call: 'write_note', input: { text: 'x' } };
  await using gate = await startGate([[file, file, write], [file, other], 'Done.'], { toolsFor });
  const asked = await gate.asked(question);
  await gate.waits(asked);
  await gate.press(asked, 'approve');
  await gate.closed(asked);
  expect(
    inThread(gate.slack, asked)
      .flat()
      .filter((shown) => shown === 'costs.csv'),
  ).toHaveLength(2);
});

test('a file of an attempt that died, and is taken back, is attached by the next one', async () => {
  const note = { call: 'attach_file', input: { name: 'costs', type: 'txt', content: 'a,b' } };
  await using gate = await startGate([[note], 'Done.'], { toolsFor });
  const asked = await gate.ask({ text: question });
  const lease = await gate.leasedBy('dead', asked);
  const upload = { call: gate.call, isSlackHost: () => true, looks: [0, 1, 1] };
  const bytes = Buffer.from('a,b');
  const place = { channel: asked.channelId, threadTs: asked.threadTs };
  const ts = (await uploadFile(upload, place, { name: 'costs.txt', bytes }, () => undefined))!;
  const digest = createHash('sha256').update(bytes).digest('hex');
  const name = createHash('sha256')
    .update(JSON.stringify(['costs.txt', digest]))
    .digest('hex')
    .slice(0, 16);
  await lease.noteReply(ts, name);
  gate.pass(31_000);
  await gate.intake.accept(asked);
  await gate.closed(asked);
  expect(
    inThread(gate.slack, asked)
      .flat()
      .filter((shown) => shown === 'costs.txt'),
  ).toHaveLength(1);
});

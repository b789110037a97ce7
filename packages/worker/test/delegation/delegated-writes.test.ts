import { setTimeout as sleep } from 'node:timers/promises';
import type { ConverseRequest } from '@vera/bedrock-stand-in/runtime/converse-request';
import type { ScriptedTurn } from '@vera/bedrock-stand-in/scripted-model';
import { expect, test } from 'vitest';
import { startGate } from '../changes/start-gate.ts';
import { startScripted } from '../questions/start-scripted.ts';

const tickets = { name: 'tickets', description: 'Tickets.', prompt: 'Write.', tools: ['*'], answersWith: 'text' } as const;
const helping = { common: 'You are a helper.', specialists: [tickets], limits: { calls: 60, tokens: 600_000 } };
const isHelper = ({ system }: ConverseRequest) => system?.[0]?.text?.startsWith('You are a helper.') ?? false;
const resultsIn = ({ messages }: ConverseRequest) =>
  messages.flatMap(({ content }) => content.flatMap(({ toolResult }) => toolResult?.content[0]?.text ?? []));
const write = { call: 'write_note', input: { text: 'Buy lamps' } };
const ask = (task: string) => ({ call: 'delegate', input: { task, specialist: 'tickets' } });

test('M26 a write of a helper waits for the asker, on a card that says which helper wants it, and is done once', async () => {
  const script = (request: ConverseRequest): ScriptedTurn => {
    const results = resultsIn(request);
    if (!isHelper(request)) return results.length > 1 ? 'All done.' : [ask('Count the lamps'), ask('Write the note')];
    if (request.messages[0]?.content[0]?.text === 'Count the lamps') return 'Seven lamps.';
    return results.length === 0 ? [{ pauseMilliseconds: 150 }, write] : `Written: ${results[0]}`;
  };
  await using worker = await startGate(script, { helping });
  const question = await worker.asked();
  const change = await worker.waits(question);
  expect(change).toMatchObject({ tool: 'write_note', state: 'proposed', asker: 'UANN', helper: { name: 'tickets' } });
  expect(worker.cardText(question)).toContain('my helper “tickets” asks for it');
  expect(worker.notes.written).toEqual([]);
  const before = worker.bedrock.requests.filter(isHelper).length;

  await worker.press(question, 'approve');
  expect(await worker.closed(question)).toMatchObject({ state: 'answered' });
  expect(worker.notes.written).toHaveLength(1);
  const after = worker.bedrock.requests.filter(isHelper).slice(before);
  // The helper that was done is not asked again; the one that waited is told what came of its write, and proposes nothing anew.
  expect(after).toHaveLength(1);
  expect(resultsIn(after[0] as ConverseRequest)).toEqual([expect.stringContaining('Approved and done')]);
  expect(worker.cards(question)).toHaveLength(1);
});

test('M26 what another task of the same helper proposes is bound to its own arguments', async () => {
  const script = (request: ConverseRequest): ScriptedTurn => {
    const results = resultsIn(request);
    if (!isHelper(request)) return results.length > 1 ? 'Done.' : [ask('Write the note')];
    return [{ call: 'write_note', input: { text: results.length === 0 ? 'Buy lamps' : 'Sell everything' } }];
  };
  await using worker = await startGate(script, { helping });
  const question = await worker.asked();
  await worker.waits(question);
  await worker.press(question, 'approve');
  // Other words are another change: a new card, and nothing is done before it is approved.
  await expect.poll(() => worker.cards(question).length, { timeout: 10_000 }).toBe(2);
  const change = await worker.waits(question);
  expect(change).toMatchObject({ state: 'proposed', args: '{"text":"Sell everything"}' });
  expect(worker.notes.written).toMatchObject([{ args: { text: 'Buy lamps' } }]);
});

test.each(['stop', 'lease-lost'] as const)(
  'M25 %s while helpers run: within two seconds nobody asks anything more, and /ping is Healthy',
  async (how) => {
    const script = (request: ConverseRequest): ScriptedTurn => {
      if (!isHelper(request)) return Array.from({ length: 7 }, (_, index) => ask(`task ${index}`));
      return [{ pauseMilliseconds: 100 }, { call: 'look', input: {} }];
    };
    let looks = 0;
    const look = { name: 'look', title: 'Looking', description: 'Looks', inputSchema: { type: 'object' } };
    const toolsFor = () => [{ ...look, run: async () => ({ text: `look ${looks++}`, isError: false }) }];
    await using worker = await startScripted(script, { helping, toolsFor });
    const question = await worker.ask({ text: '<@UVERA> look everywhere' });
    await worker.intake.accept(question);
    await expect.poll(() => worker.bedrock.requests.filter(isHelper).length, { timeout: 10_000 }).toBeGreaterThan(4);
    if (how === 'stop') await worker.inbox.requestStop({ ...question, ts: '4000000000.000000', mayStopAll: false });
    else {
      worker.pass(31_000);
      await worker.leasedBy('another', question);
    }
    await expect.poll(() => worker.health.ping().status, { timeout: 2_000, interval: 5 }).toBe('Healthy');
    const [asked, looked] = [worker.bedrock.requests.length, looks];
    await sleep(300);
    expect([worker.bedrock.requests.length, looks]).toEqual([asked, looked]);
    if (how === 'stop') expect(await worker.recordOf(question)).toMatchObject({ state: 'stopped' });
  },
);

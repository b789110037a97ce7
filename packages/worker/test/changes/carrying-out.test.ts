import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { systemClock } from '@vera/service-kit/clock';
import { createLog } from '@vera/service-kit/log';
import { describe, expect, test } from 'vitest';
import { carryOut, type Means } from '../../src/changes/carry-out.ts';
import { ChangeBook } from '../../src/changes/change-book.ts';
import { performChange } from '../../src/changes/settle-changes.ts';
import type { PersonWrite } from '../../src/tools/person-tool.ts';
import { ToolFailure } from '../../src/tools/tool.ts';
import { clickOf } from './click-of.ts';
import { audit, held, startGate, tokenOf } from './start-gate.ts';

const write = (text = 'Terminals are offline') => [{ call: 'write_note', input: { text } }];

describe('R16 when carrying it out goes wrong', () => {
  test('the card says that it failed and nothing was changed', async () => {
    const perform = () => {
      throw new ToolFailure('The project is closed.');
    };
    await using gate = await startGate([write(), 'It did not work.'], { perform });
    const question = await gate.asked();
    await gate.waits(question);
    await gate.press(question, 'approve');
    await gate.closed(question);
    expect(gate.cardText(question)).toMatch(/it failed. Nothing was changed/);
    expect(gate.cardText(question)).not.toContain('Done');
    expect(JSON.stringify(gate.bedrock.requests.at(-1)?.messages.at(-1))).toContain('The project is closed.');
    expect(gate.lines.map(({ event }) => event)).toContain('change.failed');
  });

  test('what is not known is not claimed, and not done again', async () => {
    const perform = () => {
      throw new Error('socket hang up');
    };
    await using gate = await startGate([write(), write(), 'I do not know.'], { perform });
    const question = await gate.asked();
    await gate.waits(question);
    await gate.press(question, 'approve');
    await gate.closed(question);
    expect(gate.cardText(question)).toContain('did not learn how it ended');
    expect(gate.cards(question)).toHaveLength(1);
    expect(gate.lines.map(({ event }) => event)).toContain('change.unknown');
  });

  test('a worker that dies before it began: another one does it, once', async () => {
    await using gate = await startGate([write(), 'Done.']);
    const question = await gate.asked();
    await gate.waits(question);
    const dead = gate.intake;
    const answer = await gate.press(Object.assign(question), 'deny', { userId: 'UBOB' });
    expect(answer.kind).toBe('refused');
    await gate.decisions.decide(await clickOf(gate, question));
    await gate.leasedBy('worker-dead', question);
    expect(gate.cardText(question)).not.toMatch(/Done|approved this/);
    gate.pass(31_000);
    await dead.accept(question);
    await gate.closed(question);
    expect(gate.notes.written).toHaveLength(1);
  });

  test('a worker that dies over it: nobody does it again, and the card says that it is not known', async () => {
    await using gate = await startGate([write(), 'I do not know whether it is there.']);
    const question = await gate.asked();
    const change = await gate.waits(question);
    await gate.decisions.decide(await clickOf(gate, question));
    const lease = await gate.leasedBy('worker-dead', question);
    await lease.noteChange({ ...lease.record.changes[change!.id]!, state: 'started' });
    gate.pass(31_000);
    await gate.intake.accept(question);
    await gate.closed(question);
    expect(gate.notes.written).toEqual([]);
    expect(gate.cardText(question)).toContain('did not learn how it ended');
  });

  test('an approval whose arguments changed in the ledger is not carried out', async () => {
    await using gate = await startGate([write(), 'It did not work.']);
    const question = await gate.asked();
    const change = await gate.waits(question);
    await gate.decisions.decide(await clickOf(gate, question));
    await gate.client.send(
      new UpdateItemCommand({
        TableName: 'ledger',
        Key: { thread: { S: `T01|COPS|${question.threadTs}` }, message: { S: question.messageTs } },
        UpdateExpression: 'SET changes.#id.args = :args',
        ExpressionAttributeNames: { '#id': change!.id },
        ExpressionAttributeValues: { ':args': { S: '{"text":"Something else"}' } },
      }),
    );
    await gate.intake.accept(question);
    await gate.closed(question);
    expect(gate.notes.written).toEqual([]);
    expect(gate.cardText(question)).toContain('it failed. Nothing was changed');
  });

  test('an account disconnected meanwhile, or out of order, does nothing', async () => {
    for (const kind of ['not-connected', 'expired', 'unavailable'] as const) {
      await using gate = await startGate([write(), 'No.']);
      const question = await gate.asked();
      await gate.waits(question);
      gate.tokens.set('UANN', { kind });
      await gate.press(question, 'approve');
      await gate.closed(question);
      expect(gate.notes.written).toEqual([]);
      expect(gate.cardText(question)).toContain('Nothing was changed');
    }
  });

  test('a card that Slack does not take now shows its true state in the end', async () => {
    await using gate = await startGate([write(), 'Done.']);
    const question = await gate.asked();
    await gate.waits(question);
    gate.slack.inject({ method: 'chat.update', kind: 'error', error: 'internal_error', times: 3 });
    await gate.press(question, 'approve');
    await gate.closed(question);
    expect(gate.cardText(question)).toContain('Done');
    expect(gate.notes.written).toHaveLength(1);
  });

  test('a card whose `ts` is on no record stays the only one, even when the thread cannot be read just then', async () => {
    await using gate = await startGate([write(), 'Done.']);
    const question = await gate.asked();
    const { cardTs: _, shown: __, ...change } = (await gate.waits(question))!;
    await gate.decisions.decide(await clickOf(gate, question));
    const lease = await gate.leasedBy('worker-dead', question);
    const { revision } = lease.record.changes[change.id]!;
    await lease.noteChange({ ...change, state: 'approved', decidedBy: 'UANN', revision });
    await lease.release();
    gate.slack.inject({ method: 'conversations.replies', kind: 'error', error: 'internal_error', times: 4 });
    await gate.intake.accept(question);
    await expect.poll(() => gate.lines.map(({ event }) => event), { timeout: 10_000 }).toContain('question.released');
    await gate.intake.accept(question);
    await gate.closed(question);
    expect(gate.cards(question)).toHaveLength(1);
    expect(gate.cardText(question)).toContain('Done');
    expect(gate.notes.written).toHaveLength(1);
  });

  test('a stop that comes while the account is got ready is in time, and what came of a change is whole characters', async () => {
    await using gate = await startGate([write(), write()]);
    const question = await gate.asked();
    await gate.waits(question);
    await gate.decisions.decide(await clickOf(gate, question));
    const lease = await gate.leasedBy('worker-2', question);
    const book = new ChangeBook(lease, audit);
    const controller = new AbortController();
    const performed: unknown[] = [];
    const perform = async (args: unknown) => {
      performed.push(args);
      return { text: `${'x'.repeat(3_999)}😀` };
    };
    const tool = { ...gate.notes.tools[0], perform } as PersonWrite;
    const accounts = {
      ...{ tools: [tool], approvers: [], sendLink: async () => {}, bringBack: async () => {} },
      accessTokenOf: async () => {
        if (book.all.length === 1) controller.abort('stop');
        return tokenOf('UANN');
      },
    };
    const params = { accounts, call: gate.call, people: gate.people, ...systemClock, now: gate.now };
    const hold = {
      ...held,
      book,
      question,
      messages: [],
      signal: controller.signal,
      log: createLog({ service: 'worker', write: () => {} }),
    };
    const change = await performChange(params, hold, book.all[0]!);
    expect(change).toMatchObject({ state: 'failed', result: { text: 'It was stopped before it began.' } });
    expect(performed).toEqual([]);
    const going = { ...hold, signal: new AbortController().signal };
    const frozen = { lost: AbortSignal.abort(new Error('lost')), isLost: () => true };
    const means = { tool, account: await accounts.accessTokenOf() } as Means;
    await expect(carryOut(params, means, { change, hold: frozen, log: hold.log, noteBegun: async () => true })).rejects.toThrow('lost');
    expect(performed).toEqual([]);
    const done = await performChange(params, going, { ...change, state: 'approved' });
    expect(done.state).toBe('done');
    expect(done.result?.text.isWellFormed()).toBe(true);
  });

  test('a decision made before the card was on record takes nothing back that was said before', async () => {
    await using gate = await startGate([['I write it down. ', ...write()], 'Done.']);
    gate.slack.inject({ method: 'chat.postMessage', kind: 'delay', milliseconds: 500 });
    const question = await gate.asked();
    await expect.poll(async () => Object.keys((await gate.recordOf(question))?.changes ?? {}), { timeout: 10_000 }).toHaveLength(1);
    await gate.decisions.decide(await clickOf(gate, question));
    await gate.closed(question);
    expect(gate.notes.written).toHaveLength(1);
    expect(gate.text(question)).toBe('I write it down. \n---\nWrite a note: done\n---\nDone.');
  });

  test('a decision made while the card was being put up is carried out at once', async () => {
    await using gate = await startGate([write(), 'Done.']);
    const stop = gate.slack.onChange(() => {
      const question = asked;
      if (question && gate.cards(question).length === 1) {
        stop();
        void clickOf(gate, question)
          .then((click) => gate.decisions.decide(click))
          .then(() => gate.intake.accept(question));
      }
    });
    let asked: Awaited<ReturnType<typeof gate.asked>> | undefined;
    asked = await gate.asked();
    await gate.closed(asked);
    expect(gate.notes.written).toHaveLength(1);
  });
});

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createDynamoInbox } from '@vera/ledger/dynamo-inbox';
import type { Question } from '@vera/protocol/question';
import type { DynamoDb } from '@vera/service-kit/dynamo-db';
import { sdkDynamoDb } from '@vera/service-kit/sdk-clients';
import { describe, expect, test } from 'vitest';
import type { PersonWrite } from '../../src/tools/person-tool.ts';
import { tableName } from '../questions/start-worker.ts';
import { clickOf } from './click-of.ts';
import { startGate } from './start-gate.ts';

type Gate = Awaited<ReturnType<typeof startGate>>;

const writes = (text: string) => [{ call: 'write_note', input: { text } }];
const other = (question: Question) => ({ ...question, text: '<@UVERA> write down y' });
const sent = (gate: Gate, request: number) => JSON.stringify(gate.bedrock.requests[request]?.messages);

/** What the receiver does. */
async function edits(gate: Gate, edited: Question) {
  const found = await gate.inbox.edit(edited);
  if (found?.woken) await gate.intake.accept(found.woken);
}

/** Once a card after the first `shown` waits. */
async function waitsAgain(gate: Gate, question: Question, shown = 1) {
  await expect.poll(() => gate.cards(question).length).toBe(shown + 1);
  return gate.waits(question);
}

describe('a question that is edited while its card waits', () => {
  async function waiting(...later: readonly (string | ReturnType<typeof writes>)[]) {
    const gate = await startGate([writes('x'), ...later]);
    const question = await gate.asked('<@UVERA> write down x');
    await gate.waits(question);
    return { gate, question, [Symbol.asyncDispose]: () => gate[Symbol.asyncDispose]() };
  }

  test('is answered anew in its new words, and the card of the older ones is withdrawn', async () => {
    await using started = await waiting(writes('y'), 'y is written.');
    const { gate, question } = started;
    const stale = await clickOf(gate, question);
    await edits(gate, other(question));
    await waitsAgain(gate, question);
    const [first] = gate.cards(question).map(({ blocks }) => JSON.stringify(blocks));
    expect(first).toContain('Withdrawn: the question was edited. Nothing was changed');
    expect(first).not.toContain('change.approve');
    expect(await gate.decisions.decide(stale)).toEqual({ kind: 'refused', refusal: { kind: 'edited' } });
    expect(sent(gate, 1)).toMatch(/write down y[\s\S]*Withdrawn, as the person edited/);
    await gate.press(question, 'approve');
    expect(await gate.closed(question)).toMatchObject({ state: 'answered' });
    expect(gate.notes.written).toEqual([{ token: 'token of UANN', args: { text: 'y' } }]);
    expect(gate.text(question)).toContain('y is written.');
  });

  test('may want the very same: its card is a new one, and says nothing of once more', async () => {
    await using started = await waiting(writes('x'), 'x is written.');
    const { gate, question } = started;
    await edits(gate, other(question));
    await waitsAgain(gate, question);
    expect(gate.cardText(question)).not.toContain('Once more');
    await gate.press(question, 'approve');
    await gate.closed(question);
    expect(gate.notes.written).toHaveLength(1);
  });

  test('may want nothing changed any more', async () => {
    await using started = await waiting('Bob is on call.');
    const { gate, question } = started;
    await edits(gate, other(question));
    expect(await gate.closed(question)).toMatchObject({ state: 'answered' });
    expect(gate.text(question)).toContain('Bob is on call.');
    expect([gate.cards(question).length, gate.notes.written]).toEqual([1, []]);
    expect(gate.slack.session('COPS', question.threadTs)?.status).not.toBe('processing');
  });

  test('whose worker dies before the card says so: the next one shows it', async () => {
    await using started = await waiting('Bob is on call.');
    const { gate, question } = started;
    await gate.inbox.edit(other(question));
    const lease = await gate.leasedBy('dead', question);
    await lease.noteChange({ ...Object.values(lease.record.changes)[0]!, state: 'expired', isWithdrawn: true });
    gate.pass(31_000);
    await gate.intake.accept(question);
    await gate.closed(question);
    expect(gate.cardText(question)).toContain('Withdrawn: the question was edited');
  });

  test('after a yes: it is done, and the answer knows the new words', async () => {
    await using started = await waiting('x is written, y is not.');
    const { gate, question } = started;
    expect((await gate.decisions.decide(await clickOf(gate, question))).kind).toBe('decided');
    await edits(gate, other(question));
    await gate.intake.accept(question);
    await gate.closed(question);
    expect(gate.notes.written).toHaveLength(1);
    expect(sent(gate, 1)).toMatch(/write down y[\s\S]*Approved and done/);
  });

  test.each(['<@UVERA> thanks!', '<@UVERA> ok thanks', '<@UVERA>'])(
    'to nothing that asks (%s): the card is withdrawn, and that is answered',
    async (text) => {
      await using started = await waiting('Nothing was written.');
      const { gate, question } = started;
      const stale = await clickOf(gate, question);
      await edits(gate, { ...question, text });
      expect(await gate.closed(question)).toMatchObject({ state: 'answered' });
      expect(gate.cardText(question)).toContain('Withdrawn: the question was edited');
      expect(gate.cardText(question)).not.toContain('change.approve');
      expect(gate.text(question)).toContain('Nothing was written.');
      expect(await gate.decisions.decide(stale)).toEqual({ kind: 'refused', refusal: { kind: 'edited' } });
    },
  );

  test.each(['<@UVERA> thanks!', '<@UVERA>'])('after a yes, to nothing that asks (%s): it is done, and that is answered', async (text) => {
    await using started = await waiting('x is written.');
    const { gate, question } = started;
    expect((await gate.decisions.decide(await clickOf(gate, question))).kind).toBe('decided');
    await edits(gate, { ...question, text });
    await gate.intake.accept(question);
    await gate.closed(question);
    expect(gate.notes.written).toHaveLength(1);
    expect(gate.cardText(question)).toContain('Done');
    expect(gate.text(question)).toContain('x is written.');
  });

  test.each([
    ['the card is withdrawn', false, 'Withdrawn: the question was edited', 'Not done: “Write a note'],
    ['after a yes it is done, and told', true, 'Done', 'Done: “Write a note'],
  ])('to a stop: %s', async (_, isApproved, card, words) => {
    await using started = await waiting();
    const { gate, question } = started;
    if (isApproved) await gate.decisions.decide(await clickOf(gate, question));
    await edits(gate, { ...question, text: '<@UVERA> stop' });
    if (isApproved) await gate.intake.accept(question);
    await gate.closed(question);
    expect(gate.notes.written).toHaveLength(isApproved ? 1 : 0);
    expect(gate.cardText(question)).toContain(card);
    expect(gate.cardText(question)).not.toContain('change.approve');
    expect(gate.text(question)).toContain(words);
  });

  test('to thanks, as a follow-up that names nobody: the card is withdrawn', async () => {
    await using gate = await startGate(['Hello.', writes('x'), 'Nothing was written.']);
    const first = await gate.asked('<@UVERA> hi');
    await gate.closed(first);
    const question = await gate.ask({ text: 'write down x', threadTs: first.messageTs }, { followUp: 'asker' });
    await gate.intake.accept(question);
    await gate.waits(question);
    await edits(gate, { ...question, text: 'thanks a lot' });
    await gate.closed(question);
    expect(gate.cardText(question)).toContain('Withdrawn: the question was edited');
    expect(gate.text(question)).toContain('Nothing was written.');
  });

  test('whose thread is gone then: it ends, and a yes that comes after it is refused', async () => {
    await using started = await waiting();
    const { gate, question } = started;
    const stale = await clickOf(gate, question);
    gate.slack.inject({ method: 'conversations.replies', kind: 'error', error: 'thread_not_found' });
    await edits(gate, other(question));
    expect(await gate.closed(question)).toMatchObject({ state: 'failed', reason: 'thread-gone' });
    expect(gate.cardText(question)).not.toContain('change.approve');
    expect(await gate.decisions.decide(stale)).toEqual({ kind: 'refused', refusal: { kind: 'edited' } });
  });

  test('and one to which its asker adds a message are two: the second is answered once, and the card stands', async () => {
    await using started = await waiting('Bob is on call.', 'x is written.');
    const { gate, question } = started;
    const second = await gate.ask({ text: '<@UVERA> and who is on call?', threadTs: question.messageTs });
    await gate.intake.accept(second);
    expect(await gate.closed(second)).toMatchObject({ state: 'answered' });
    expect(await gate.recordOf(question)).toMatchObject({ state: 'waiting' });
    await gate.press(question, 'approve');
    expect(await gate.closed(question)).toMatchObject({ state: 'answered', folded: [] });
    expect(gate.notes.written).toHaveLength(1);
    expect(sent(gate, 1)).toContain('and who is on call?');
    expect(sent(gate, 2)).not.toContain('said meanwhile');
  });
});

test('a question that is edited while the model proposes: no card is put up for its older words', async () => {
  const proposed = Promise.withResolvers<void>();
  const script = [[{ until: proposed.promise }, ...writes('x')], writes('y'), 'y is written.'];
  await using gate = await startGate(script);
  const question = await gate.asked('<@UVERA> write down x');
  await expect.poll(() => gate.bedrock.requests.length).toBe(1);
  await edits(gate, other(question));
  proposed.resolve();
  await waitsAgain(gate, question, 0);
  expect(gate.cardText(question)).not.toContain('"x"');
  await gate.press(question, 'approve');
  await gate.closed(question);
  expect(gate.notes.written).toEqual([{ token: 'token of UANN', args: { text: 'y' } }]);
});

/** A question with a message that was taken in, as soon as `added` says so. */
async function folding(...later: readonly (string | ReturnType<typeof writes>)[]) {
  const added = Promise.withResolvers<void>();
  const look = { name: 'look', title: 'Looking', description: 'Looks', inputSchema: { type: 'object' } };
  const toolsFor = () => [{ ...look, run: () => added.promise.then(() => ({ text: 'So it is.', isError: false })) }];
  const gate = await startGate([[{ call: 'look', input: {} }], ...later], { toolsFor });
  const question = await gate.asked('<@UVERA> write down x');
  await expect.poll(() => gate.bedrock.requests.length).toBe(1);
  const more = await gate.ask({ text: '<@UVERA> and z', threadTs: question.messageTs });
  return { gate, question, more, added: added.resolve, [Symbol.asyncDispose]: () => gate[Symbol.asyncDispose]() };
}

test('a message that was taken in and is edited while the card waits for both: the card is withdrawn, and both are answered anew', async () => {
  await using started = await folding(writes('x and z'), writes('x'), 'x is written.');
  const { gate, question, more } = started;
  started.added();
  await gate.waits(question);
  expect(await gate.recordOf(question)).toMatchObject({ folded: [more.messageTs] });
  await edits(gate, { ...more, text: '<@UVERA> and nothing else', editedTs: '9999999999.000001' });
  await waitsAgain(gate, question);
  expect(gate.cardText(question)).toContain('Withdrawn: the question was edited');
  expect(sent(gate, 2)).toContain('and nothing else');
  expect(sent(gate, 2)).not.toContain('ann: and z');
  await gate.press(question, 'approve');
  await gate.closed(question);
  expect(gate.notes.written).toEqual([{ token: 'token of UANN', args: { text: 'x' } }]);
});

test('a message that was taken in, whose edit is heard of after a later one of the question: the card that came between is withdrawn, too', async () => {
  await using started = await folding(writes('x and z'), writes('y and z'), writes('y'), 'y is written.');
  const { gate, question, more } = started;
  started.added();
  await gate.waits(question);
  await edits(gate, { ...other(question), editedTs: '9999999999.000002' });
  await waitsAgain(gate, question);
  const stale = await clickOf(gate, question);
  await edits(gate, { ...more, text: '<@UVERA> and NOT z', editedTs: '9999999999.000001' });
  await waitsAgain(gate, question, 2);
  expect(await gate.decisions.decide(stale)).toEqual({ kind: 'refused', refusal: { kind: 'edited' } });
  expect(sent(gate, 3)).toContain('and NOT z');
  await gate.press(question, 'approve');
  await gate.closed(question);
  expect(gate.notes.written).toEqual([{ token: 'token of UANN', args: { text: 'y' } }]);
});

test('a message that was taken in, whose edit is on record before its question is told: no card of the older words waits', async () => {
  await using started = await folding(writes('x and z'), writes('x'), 'x is written.');
  const { gate, question, more } = started;
  const client = new DynamoDBClient({
    endpoint: gate.dynamo.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'receiver', secretAccessKey: 'x' },
  });
  const door = sdkDynamoDb(client);
  const dying: DynamoDb = async (operation, input) => {
    if (JSON.stringify(input).includes('rereadWrite')) throw new Error('died');
    return door(operation, input);
  };
  const inbox = createDynamoInbox({ dynamoDb: dying, tableName, now: gate.now, deliveryGrace: 30_000 });
  const edited = { ...more, text: '<@UVERA> and nothing else', editedTs: '9999999999.000001' };
  const { propose } = gate.notes.tools[0] as PersonWrite;
  let isFirst = true;
  Object.assign(gate.notes.tools[0] as PersonWrite, {
    propose: async (...given: Parameters<typeof propose>) => {
      if (isFirst) await expect(inbox.edit(edited)).rejects.toThrow('died');
      isFirst = false;
      return propose(...given);
    },
  });
  started.added();
  await gate.waits(question);
  expect(gate.cardText(question)).not.toContain('x and z');
  expect(await gate.recordOf(question)).toMatchObject({ folded: [more.messageTs] });
  await gate.press(question, 'approve');
  await gate.closed(question);
  expect(gate.notes.written).toEqual([{ token: 'token of UANN', args: { text: 'x' } }]);
});

test('a message that was taken in and waits with the card keeps no worker, and ends with the answer', async () => {
  await using started = await folding(writes('x and z'), 'x and z are written.');
  const { gate, question, more } = started;
  await gate.intake.accept(more);
  started.added();
  await gate.waits(question);
  await expect.poll(async () => (await gate.recordOf(more))?.dueAt).toBe((await gate.recordOf(question))?.dueAt);
  await gate.press(question, 'approve');
  await gate.closed(question);
  await expect.poll(async () => (await gate.recordOf(more))?.dueAt ?? Infinity).toBeLessThanOrEqual(gate.now());
  // What the sweeper does.
  await gate.intake.accept(more);
  expect(await gate.closed(more)).toMatchObject({ state: 'answered', reason: 'folded' });
});

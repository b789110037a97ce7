import type { Question } from '@vera/protocol/question';
import { describe, expect, test } from 'vitest';
import { startGate, tokenOf } from './start-gate.ts';

const write = (text = 'Terminals are offline') => [{ call: 'write_note', input: { text } }];

describe('a write', () => {
  test('waits for the asker, is done once as them, and the answer knows how it ended', async () => {
    await using gate = await startGate([['I write it down. ', ...write()], 'It is NOTE-1.']);
    const question = await gate.asked();
    await gate.waits(question);
    expect(gate.notes.written).toEqual([]);
    expect(gate.cardText(question)).toMatch(/Write a note.*Terminals are offline.*Approve.*Deny.*Only <@UANN> can approve/s);
    expect(gate.replies(question).map(({ metadata }) => metadata?.event_type)).toEqual(['vera_reply', 'vera_change']);
    expect((await gate.press(question, 'approve')).kind).toBe('decided');
    expect((await gate.closed(question))?.state).toBe('answered');
    expect(gate.notes.written).toEqual([{ token: 'token of UANN', args: { text: 'Terminals are offline' } }]);
    expect(gate.text(question)).toBe('I write it down. \n---\nWrite a note: done\n---\nIt is NOTE-1.');
    expect(gate.cardText(question)).toMatch(/Done: <https:\/\/tracker.test\/1\|NOTE-1>. <@UANN> approved this/);
    expect(gate.cardText(question)).not.toContain('Approve"');
    const { messages } = gate.bedrock.requests.at(-1)!;
    expect(JSON.stringify(messages.at(-2))).toContain('"toolUse"');
    expect(JSON.stringify(messages.at(-1))).toMatch(/Approved and done\. <data from=.*Note 1 is there\./);
    expect(JSON.stringify(messages.at(-1))).toContain('"status":"success"');
  });

  test('denied is not done, and the agent reads why', async () => {
    await using gate = await startGate([write(), 'Fine, I leave it.']);
    const question = await gate.asked();
    await gate.waits(question);
    await gate.press(question, 'deny', { reason: 'There is a <note> already' });
    expect((await gate.closed(question))?.state).toBe('answered');
    expect(gate.notes.written).toEqual([]);
    expect(gate.cardText(question)).toContain('<@UANN> denied this: “There is a &lt;note&gt; already”. Nothing was changed.');
    const told = JSON.stringify(gate.bedrock.requests.at(-1)?.messages.at(-1));
    expect(told).toContain('There is a <note> already');
    expect(told).toContain('"status":"error"');
  });

  test('nobody decides about ends when its time is over, with words and a card that say so', async () => {
    await using gate = await startGate([write()]);
    const question = await gate.asked();
    const change = await gate.waits(question);
    gate.pass(16 * 60_000 + 1_000_000);
    const [record] = await gate.overdue.overdue(gate.now(), 10);
    expect(await gate.overdue.claim(record!, gate.now() + 60_000, 'wake')).toBeDefined();
    await gate.intake.accept(question);
    expect((await gate.closed(question))?.state).toBe('answered');
    expect(gate.text(question)).toContain('Nobody approved “Write a note” in time, so I changed nothing.');
    expect(gate.cardText(question)).toContain('Nobody approved this in time');
    expect(gate.bedrock.requests).toHaveLength(1);
    expect((await gate.recordOf(question))?.changes[change!.id]?.state).toBe('expired');
  });

  test('can be decided by a group instead; the asker can still say no, and it is done as the asker', async () => {
    await using gate = await startGate([write(), 'Done.'], { approvers: ['UBOB'] });
    const question = await gate.asked();
    await gate.waits(question);
    expect(await gate.press(question, 'approve')).toMatchObject({ kind: 'refused', refusal: { kind: 'not-yours' } });
    await gate.press(question, 'approve', { userId: 'UBOB' });
    await gate.closed(question);
    expect(gate.notes.written).toMatchObject([{ token: 'token of UANN' }]);
  });

  test('of two people in one thread runs with the account of each', async () => {
    await using gate = await startGate([write('one'), 'Done.', write('two'), 'Done.']);
    const first = await gate.asked();
    await gate.waits(first);
    await gate.press(first, 'approve');
    await gate.closed(first);
    const second = await gate.ask({ text: '<@UVERA> and mine', threadTs: first.messageTs, user: 'UBOB' });
    await gate.intake.accept(second);
    await gate.waits(second);
    expect(await gate.press(second, 'approve')).toMatchObject({ kind: 'refused' });
    await gate.press(second, 'approve', { userId: 'UBOB' });
    await gate.closed(second);
    expect(gate.notes.written.map(({ token }) => token)).toEqual(['token of UANN', 'token of UBOB']);
  });

  test('holds up nothing else in its thread', async () => {
    await using gate = await startGate([write(), 'Hello.']);
    const question = await gate.asked();
    await gate.waits(question);
    const other = await gate.ask({ text: '<@UVERA> hi', threadTs: question.messageTs, user: 'UBOB' });
    await gate.intake.accept(other);
    expect((await gate.closed(other))?.state).toBe('answered');
    expect((await gate.recordOf(question))?.state).toBe('waiting');
  });

  test('that the tool refuses to propose is told to the model, and nobody is asked', async () => {
    await using gate = await startGate([write('refuse me'), 'I could not.']);
    const question = await gate.asked();
    await gate.closed(question);
    expect(gate.cards(question)).toEqual([]);
    expect(JSON.stringify(gate.bedrock.requests.at(-1)?.messages.at(-1))).toContain('A note has to say something else.');
  });

  test('longer than a card can show is not proposed', async () => {
    await using gate = await startGate([write('x'.repeat(9_000)), 'Too long.']);
    const question = await gate.asked();
    await gate.closed(question);
    expect(gate.cards(question)).toEqual([]);
    expect(JSON.stringify(gate.bedrock.requests.at(-1)?.messages.at(-1))).toContain('nobody approves what they cannot read');
  });

  test('longer than the record of its question can hold, together with the others, is not proposed', async () => {
    const before = '漢\n'.repeat(10_000);
    await using gate = await startGate([write('one'), write('two'), 'That is too much.'], { before });
    const question = await gate.asked();
    await gate.waits(question);
    await gate.press(question, 'approve');
    await gate.closed(question);
    expect(gate.notes.written).toHaveLength(1);
    expect(JSON.stringify(gate.bedrock.requests.at(-1)?.messages.at(-1))).toContain('more than can be kept for one question');
  });

  test('that others approve is not proposed where they cannot see it', async () => {
    await using gate = await startGate([write(), 'Ask in a channel.'], { approvers: ['UBOB'] });
    const question = await gate.asked('write it down', { isDirect: true });
    await gate.closed(question);
    expect(gate.cards(question)).toEqual([]);
    expect(JSON.stringify(gate.bedrock.requests.at(-1)?.messages.at(-1))).toContain('cannot see this direct message');
  });

  test('that nobody decided about calls no crowd when its title stands in the answer', async () => {
    await using gate = await startGate([write()], { noteTitle: 'Write to <!channel> and [bank.com](https://evil.test)' });
    const question = await gate.asked();
    await gate.waits(question);
    gate.pass(16 * 60_000 + 1_000_000);
    const [record] = await gate.overdue.overdue(gate.now(), 10);
    await gate.overdue.claim(record!, gate.now() + 60_000, 'wake');
    await gate.intake.accept(question);
    await gate.closed(question);
    const answer = gate.replies(question).at(-1);
    expect(answer?.markdown ?? answer?.text).toContain('Nobody approved');
    expect(JSON.stringify(answer)).not.toContain('<!channel>');
    expect(JSON.stringify(answer)).not.toContain('[bank.com](https://evil.test)');
  });

  test('is one at a time, and the next one gets a card of its own', async () => {
    await using gate = await startGate([[...write('one'), ...write('two')], write('two'), 'Both are there.']);
    const question = await gate.asked();
    await gate.waits(question);
    expect(gate.cards(question)).toHaveLength(1);
    await gate.press(question, 'approve');
    await expect.poll(() => gate.cards(question).length, { timeout: 10_000 }).toBe(2);
    await gate.waits(question);
    await gate.press(question, 'approve');
    await gate.closed(question);
    expect(gate.notes.written.map(({ args }) => args)).toEqual([{ text: 'one' }, { text: 'two' }]);
  });

  test('that was done is not done again when the model asks for the same once more', async () => {
    await using gate = await startGate([write(), write(), 'It is there.']);
    const question = await gate.asked();
    await gate.waits(question);
    await gate.press(question, 'approve');
    await gate.closed(question);
    expect(gate.cards(question)).toHaveLength(1);
    expect(gate.notes.written).toHaveLength(1);
  });

  test('is not made for a bot, whoever it claims to be', async () => {
    await using gate = await startGate([write(), 'No.']);
    const question = await gate.asked('<@UVERA> write', { botId: 'B77' });
    await gate.closed(question);
    expect(gate.cards(question)).toEqual([]);
    expect(gate.notes.written).toEqual([]);
  });

  test('is not offered in a channel shared with another company', async () => {
    await using gate = await startGate([write(), 'No.']);
    const question = await gate.asked('<@UVERA> write', { isExternal: true });
    await gate.closed(question);
    expect([gate.bedrock.requests, gate.cards(question)]).toEqual([[], []]);
  });
});

describe('an account that is not connected', () => {
  test('is not asked for where there is another way', async () => {
    await using gate = await startGate([[{ call: 'count_notes', input: {} }], 'About three.'], { tokens: new Map() });
    const question = await gate.asked();
    expect((await gate.closed(question))?.state).toBe('answered');
    expect(gate.links).toEqual([]);
    expect(JSON.stringify(gate.bedrock.requests.at(-1)?.messages.at(-1))).toContain('Count otherwise.');
  });

  test('is asked for by a look-up that has no other way, too', async () => {
    await using gate = await startGate([[{ call: 'read_notes', input: {} }]], { tokens: new Map() });
    await gate.waits(await gate.asked());
    expect(gate.links).toHaveLength(1);
  });

  test('is asked for privately, and the question goes on by itself once it is', async () => {
    await using gate = await startGate([write(), write(), 'Done.'], { tokens: new Map() });
    const question = await gate.asked();
    await gate.waits(question);
    expect(gate.links).toEqual(['UANN: change something in Jira or Confluence as you']);
    expect(gate.text(question)).toContain('I sent you a private link');
    expect(gate.broughtBack).toEqual([question]);
    gate.tokens.set('UANN', tokenOf('UANN'));
    await gate.intake.accept(question);
    await expect.poll(() => gate.cards(question).length, { timeout: 10_000 }).toBe(1);
    await gate.waits(question);
    await gate.press(question, 'approve');
    await gate.closed(question);
    expect(gate.notes.written).toHaveLength(1);
  });

  test('and is connected before the question waits: it goes on at once', async () => {
    await using gate = await startGate([write(), write(), 'Done.'], { tokens: new Map() });
    const asked = Promise.withResolvers<Question>();
    const brought = Promise.withResolvers<string>();
    const unwatch = gate.slack.onChange(() => {
      if (gate.links.length === 0) return;
      unwatch();
      gate.tokens.set('UANN', tokenOf('UANN'));
      asked.promise.then((question) => gate.intake.accept(question)).then(brought.resolve, brought.reject);
    });
    const question = await gate.asked();
    asked.resolve(question);
    expect(await brought.promise).toBe('taken');
    await expect.poll(() => gate.cards(question).length, { timeout: 10_000 }).toBe(1);
    await gate.waits(question);
    await gate.press(question, 'approve');
    await gate.closed(question);
    expect(gate.notes.written).toHaveLength(1);
  });

  test('in time ends the question with words', async () => {
    await using gate = await startGate([write()], { tokens: new Map() });
    const question = await gate.asked();
    await gate.waits(question);
    gate.pass(16 * 60_000 + 1_000_000);
    await gate.intake.accept(question);
    await gate.closed(question);
    expect(gate.text(question)).toContain('Your account was not connected in time');
  });

  test('before its time is over goes on waiting, without another word', async () => {
    await using gate = await startGate([write()], { tokens: new Map() });
    const question = await gate.asked();
    await gate.waits(question);
    const before = gate.replies(question).length;
    await gate.intake.accept(question);
    await gate.waits(question);
    expect(gate.links).toHaveLength(1);
    expect(gate.replies(question)).toHaveLength(before);
  });
});

import { setImmediate } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { startMemory } from './start-memory.ts';

type Started = Awaited<ReturnType<typeof startMemory>>;

const ann = { teamId: 'T01', userId: 'UANN' };

function said({ stored }: Started): readonly string[] {
  return stored.events.flatMap(({ payload }) => payload.map((part) => ('conversational' in part ? part.conversational.content.text : '')));
}

describe('what is noted of a question', () => {
  it('is one event of the asker’s own words, and nothing of it that others said', async () => {
    await using started = await startMemory();
    const text =
      '<@UVERA> I lead payments with <@UBOB>.\n&gt; remember: I hate tables\n```remember: the log```\nMy desk is in Köln &amp; Bonn. I own `pay-api`.';
    const quotes = [{ authorId: 'UBOB', text: 'remember: forwarded' }];
    const files = [{ name: 'remember-this.txt', mimetype: 'text/plain', size: 9 }];
    await started.says(text, { quotes, files });
    const [event, ...others] = started.stored.events;
    expect(others).toEqual([]);
    expect(event).toMatchObject({
      actorId: 'slack-T01-UANN',
      sessionId: 'open',
      payload: [
        { conversational: { role: 'USER', content: { text: 'I lead payments with @bob.\nMy desk is in Köln & Bonn.\nI own `pay-api`.' } } },
      ],
    });
    await started.extracted();
    expect(started.stored.records.map(({ namespace, text: fact }) => [namespace, fact])).toEqual([
      ['/facts/slack-T01-UANN/open/', 'I lead payments with @bob.'],
      ['/facts/slack-T01-UANN/open/', 'My desk is in Köln & Bonn.'],
      ['/facts/slack-T01-UANN/open/', 'I own `pay-api`.'],
    ]);
  });

  it('is noted once, however often a question is answered', async () => {
    await using started = await startMemory();
    const asking = started.asking({ text: 'I lead payments.' });
    await started.memory.note(asking);
    started.stored.inject({ kind: 'lost-response', operation: 'CreateEvent' });
    await started.memory.note(asking);
    await started.memory.note(asking);
    expect(started.stored.events).toHaveLength(1);
  });

  it.each([
    ['in a public channel of ours', 'COPS', {}, 'open'],
    ['in a private channel whose id begins with C', 'CSECRET', {}, 'closed'],
    ['in a channel shared with another company', 'CSHARED', {}, 'closed'],
    ['in a channel about to be shared', 'CPENDING', {}, 'closed'],
    ['among several people', 'GROUP', {}, 'closed'],
    ['in a channel nothing is known of', 'CGONE', {}, 'closed'],
    ['in a direct message', 'D01', { isDirect: true }, 'closed'],
  ])('belongs %s to its place', async (_, channelId, changes, place) => {
    await using started = await startMemory();
    await started.says('I lead payments.', { channelId, ...changes });
    expect(started.stored.events.map(({ sessionId }) => sessionId)).toEqual([place]);
  });

  it.each([
    ['of a bot', { botId: 'B01' }],
    ['of somebody of another company', { isExternal: true }],
    ['of a click on somebody’s message', { shortcut: { about: '1.1' } }],
    ['that asks to forget', { text: 'Please forget that my number is 0151-555' }],
    ['that asks to forget, politely and in German', { text: 'Könntest du bitte vergessen, dass meine Nummer 0151-555 ist?' }],
    ['that is not to be remembered', { text: 'Don’t remember this: I will leave in May.' }],
    ['of emoji alone', { text: ':wave: 👋' }],
    ['of a mention alone', { text: '<@UVERA>' }],
    ['of what others said alone', { text: '&gt; I lead payments\n```log```' }],
    ['of code alone within a line', { text: '`remember: I hate tables`' }],
    ['without words', { text: '', files: [{ name: 'costs.xlsx', mimetype: 'x', size: 1 }] }],
  ])('is nothing %s', async (_, question) => {
    await using started = await startMemory();
    await started.memory.note(started.asking(question));
    expect(started.calls('CreateEvent')).toEqual([]);
  });

  it('is nothing while memory is paused, also where it was paused after the question was asked', async () => {
    await using started = await startMemory();
    const asking = started.asking({ text: 'I lead payments.' });
    await started.memory.recall(asking);
    await started.memory.choices.change(asking.question, (choices) => ({ ...choices, isPaused: true }));
    await started.memory.note(asking);
    expect(started.calls('CreateEvent')).toEqual([]);
  });

  it.each([
    ['all was forgotten', async ({ memory }: Started) => void (await memory.own.forgetAll(ann))],
    [
      'it was paused, and not any more',
      async ({ memory }: Started) => {
        await memory.own.pause(ann);
        await memory.own.resume(ann);
      },
    ],
  ])('is nothing of what was said before %s, however late its question ends', async (_, decides) => {
    await using started = await startMemory();
    const running = started.asking({ text: 'I lead payments.' });
    await started.clock.advance(1_000);
    await decides(started);
    await started.memory.note(running);
    expect(started.calls('CreateEvent')).toEqual([]);
    await started.says('I lead search.');
    expect(said(started)).toEqual(['I lead search.']);
  });

  it('is nothing where it is decided while it is written', async () => {
    for (const decides of ['forgetAll', 'pause'] as const) {
      await using started = await startMemory();
      started.stored.inject({ kind: 'delay', operation: 'CreateEvent' });
      let isNoted = false;
      const noted = started.memory.note(started.asking({ text: 'I lead payments.' })).then(() => {
        isNoted = true;
      });
      await vi.waitFor(() => expect(started.calls('GetItem')).toHaveLength(1));
      await started.memory.own[decides](ann);
      // Until then it is on its way.
      while (!isNoted) {
        await started.clock.advance(1_000);
        await setImmediate();
      }
      await noted;
      expect(started.calls('CreateEvent')).toHaveLength(1);
      expect(said(started)).toEqual([]);
      await started.extracted();
      if (decides === 'forgetAll') expect(await Array.fromAsync(started.memory.own.list(ann))).toEqual([]);
    }
  });

  it('is not cut by a second “remember again”, which resumes nothing', async () => {
    await using started = await startMemory();
    const running = started.asking({ text: 'I lead payments.' });
    await started.memory.own.resume(ann);
    await started.memory.note(running);
    expect(said(started)).toEqual(['I lead payments.']);
  });

  it.each([
    ['answer in German', 'From now on answer in German, please.\nI lead the German team.', ['I lead the German team.']],
    ['answer in German', 'I am in Bonn. Answer\nin German!', ['I am in Bonn.']],
    ['in German', 'I like tea. Please write in German.', ['I like tea.']],
    ['List what I did. Then what is open.', 'When I ask for notes: List what I did. Then what is open. My cat is old.', ['My cat is old.']],
    ['日本語で', '日本語で答えて。\n私は東京の支社で働いています。', ['私は東京の支社で働いています。']],
  ])('is nothing that its asker is asked about, whatever they answer: “%s”', async (offered, text, noted) => {
    await using started = await startMemory();
    const asking = started.asking({ text });
    await started.memory.withhold(asking.question, offered);
    await started.memory.note(asking);
    expect(said(started)).toEqual(noted);
    await started.says(text);
    expect(said(started)[1]?.split('\n').length).toBeGreaterThan(noted.length);
  });

  it('M6 is nothing of what was said before its owner wanted something forgotten, in whatever turn or attempt it is answered', async () => {
    await using started = await startMemory();
    const asking = started.asking({ text: 'My number is 0151-555, let it go.' });
    await started.memory.own.leaveUnnoted(asking.question);
    await started.memory.note(asking);
    expect(started.calls('CreateEvent')).toEqual([]);
    await started.says('I lead payments.');
    expect(started.stored.events).toHaveLength(1);
  });

  it.each(['throttled', 'unavailable', 'over-quota', 'conflict', 'denied'] as const)(
    'costs a log line where memory is %s, without a word of it',
    async (kind) => {
      await using started = await startMemory();
      started.stored.inject({ kind, times: 9 });
      await started.says('I lead the payments team.');
      expect(started.lines).toMatchObject([{ event: 'memory.not-noted', code: expect.stringContaining('Exception') }]);
      expect(JSON.stringify(started.lines)).not.toContain('payments');
    },
  );

  it('is nothing where what was decided about memory cannot be read', async () => {
    await using started = await startMemory();
    started.dynamo.inject({ kind: 'unavailable', operation: 'GetItem', times: 9 });
    await started.says('I lead payments.');
    expect(started.calls('CreateEvent')).toEqual([]);
  });
});

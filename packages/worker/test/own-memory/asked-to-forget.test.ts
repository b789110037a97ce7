import { describe, expect, it } from 'vitest';
import { answered, startRemembering } from '../questions/start-remembering.ts';

describe('a question that asks to forget', () => {
  it.each([
    [
      'in words that nobody foresaw',
      [[{ call: 'forget_memory', input: { what: 'my number is 0151-555' } }], 'Done.'],
      'Make it as if my number is 0151-555 was never told',
    ],
    ['by a call that is refused', [[{ call: 'forget_memory', input: { what: 7 } }], 'Done.'], 'I was never here. My number is 0151-555'],
    ['by a pause', [[{ call: 'pause_memory' }], 'Off.'], 'Take a break from me. My number is 0151-555'],
    [
      'by a pause that the question does not end',
      [[{ call: 'pause_memory', input: { resume: true } }], 'Asked.'],
      'Back again? My number is 0151-555',
    ],
  ] as const)('M6 of the question in which it is asked for nothing is noted: %s', async (_, script, text) => {
    await using started = await startRemembering(script as never);
    await answered(started.worker, { text: `<@UVERA> ${text}` });
    await started.extracted();
    expect(JSON.stringify([started.stored.records, started.stored.events])).not.toContain('0151');
  });

  it('is at once only for words of the asker that ask for it: a quotation asks for nothing', async () => {
    await using started = await startRemembering([[{ call: 'forget_memory', input: { what: 'I lead payments' } }], 'Asked.']);
    started.stored.plant({ text: 'I lead payments.', namespace: '/facts/slack-T01-UANN/open/' });
    await answered(started.worker, { text: '<@UVERA> I lead payments. What is this?\n&gt; forget that' });
    expect(started.stored.records.map(({ text }) => text)).toEqual(['I lead payments.']);
    expect(JSON.stringify(started.slack.ephemerals('UANN'))).toContain('Which of these shall I forget?');
  });

  it.each([
    ['I lead payments', ['Leads payments.', 'Leads payments and search.']],
    ['my manager is Ann', ['My manager is Ann.', 'My manager is Ann in Berlin, in Munich it is Eva.']],
    ['I live in Bonn', ['The user lives in Bonn with Eva.']],
  ])('is asked which one where something says more than “%s”', async (what, texts) => {
    await using started = await startRemembering([[{ call: 'forget_memory', input: { what } }], 'Asked.']);
    for (const text of texts) started.stored.plant({ text, namespace: '/facts/slack-T01-UANN/open/' });
    await answered(started.worker, { text: `<@UVERA> forget that ${what}` });
    expect(started.stored.records.map(({ text }) => text)).toEqual(texts);
    for (const text of ['Which of these shall I forget?', ...texts])
      expect(JSON.stringify(started.slack.ephemerals('UANN'))).toContain(text);
  });

  it.each([
    ['I lead payments', 'Forget that I hate tables, but keep that I lead payments.', 'I lead payments.'],
    ['My new number is 0151-5551234', 'Please forget my old number. My new number is 0151-5551234', 'My number is 0151-5551234.'],
    ['Bob owes me 15000', 'Forget that Bob owes me 15000', 'The user owes Bob 15000'],
  ])('deletes nothing at once by a wrong name of it: “%s” of “%s”', async (what, text, kept) => {
    await using started = await startRemembering([[{ call: 'forget_memory', input: { what } }], 'Asked.']);
    started.stored.plant({ text: kept, namespace: '/facts/slack-T01-UANN/open/' });
    await answered(started.worker, { text: `<@UVERA> ${text}` });
    expect(started.stored.records.map(({ text: left }) => left)).toEqual([kept]);
    expect(JSON.stringify(started.slack.ephemerals('UANN'))).toContain('Which of these shall I forget?');
  });

  it('is at once where all that may be meant says the same, however often it is kept', async () => {
    const what = 'my number is 0151-555';
    await using started = await startRemembering([[{ call: 'forget_memory', input: { what } }], 'Done.']);
    for (const text of ['My number is 0151-555.', 'The user’s phone number is 0151555.', 'I like tea.'])
      started.stored.plant({ text, namespace: '/facts/slack-T01-UANN/open/' });
    await answered(started.worker, { text: `<@UVERA> forget that ${what}` });
    expect(started.stored.records.map(({ text }) => text)).toEqual(['I like tea.']);
  });
});

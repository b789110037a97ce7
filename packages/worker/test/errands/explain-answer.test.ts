import type { QuestionRecord } from '@vera/ledger/ledger';
import { describe, expect, it } from 'vitest';
import { questionOf } from '../question.ts';
import { startErrand } from './start-errand.ts';

const record = (more: Partial<QuestionRecord> = {}, question: Partial<QuestionRecord['question']> = {}): QuestionRecord => ({
  question: questionOf({ messageTs: '1766458026.000100', threadTs: '1766458026.000100', text: 'a secret <b>question</b>', ...question }),
  ...{ state: 'answered', attempts: 1, receivedAt: 1_000, startedAt: 1_400, closedAt: 13_000, leg: 0, changes: {} },
  ...{ replies: ['1766458040.000100'], feedback: {}, calls: 3, tokens: 23_164 },
  ...more,
});
const place = { channelId: 'COPS', threadTs: '1766458026.000100' };
const steps = [
  { what: 'Searching the knowledge base', times: 2, failed: 0, milliseconds: 1_200 },
  { what: 'Jira <!here>', times: 1, failed: 1, milliseconds: 20_000 },
];

async function told(records: readonly QuestionRecord[], messageTs: string): Promise<string> {
  const said: string[] = [];
  const tellPrivately = async (_: unknown, text: string) => said.push(text) > 0;
  await using errand = await startErrand({ threadOf: async () => records, tellPrivately });
  await errand.run('explain', { ...place, messageTs, responseUrl: 'https://hooks.slack.com/app-actions/1' });
  return said.join();
}

describe('how an answer came about', () => {
  it('is told to who asked, by the question or by its answer: how long, what was used, what failed, tokens; nothing of what was said', async () => {
    const answered = record({ steps });
    const text = await told([answered], '1766458026.000100');
    expect(text.split('\n')).toEqual([
      '*How this came about*',
      '• It was answered after 12 s.',
      '• I used: Searching the knowledge base (2 times, 1.2 s); Jira &lt;!here&gt; (once, in vain, 20 s).',
      '• I asked the language model 3 times: 23,164 tokens.',
      `_Question ${answered.question.id}_`,
    ]);
    expect(await told([answered], '1766458040.000100')).toBe(text);
  });

  it('is nobody else’s: they are told whose it is', async () => {
    const text = await told([record({ steps }, { userId: 'UBOB' })], '1766458026.000100');
    expect(text).toBe('Only who asked can see how an answer came about. This was asked by <@UBOB>: ask them.');
  });

  it('of a message that went with another question is that of the other', async () => {
    const folded = record(
      { foldedInto: '1766458026.000100', calls: 0, replies: [] },
      { messageTs: '1766458030.000100', id: 'q-00000000000000ff' },
    );
    const text = await told([record({ steps }), folded], '1766458030.000100');
    expect(text).toContain('I used: Searching the knowledge base');
    expect(text).not.toContain('q-00000000000000ff');
  });

  it('of a message that is on no record is said as such', async () => {
    expect(await told([record()], '1766450000.000100')).toMatch(/^I have no question on record for this message/);
  });

  it.each([
    ['more tries', { attempts: 2, brokeOff: 'lease-ran-out' }, 'I began 2 times, as an earlier try broke off.'],
    ['a slow beginning', { startedAt: 9_000 }, 'It was answered after 12 s; I began after 8.0 s.'],
    ['a cut answer', { reason: 'cut' }, 'write “go on” for the rest'],
    ['a failure', { state: 'failed', reason: 'throttled' }, 'It failed after 12 s; why, I said in the thread.'],
    ['a budget', { state: 'refused' }, 'because a budget for the day was used up'],
    ['a stop', { state: 'stopped' }, 'It was stopped after 12 s.'],
    ['a person who is waited for', { state: 'waiting', closedAt: undefined }, 'It waits for a person'],
    ['what is not over', { state: 'running', closedAt: undefined }, 'It is not over yet.'],
    ['a call that nobody knows the cost of', { isAtMost: true }, 'at most 23,164 tokens'],
    ['no call', { calls: 0 }, 'I did not ask the language model.'],
    [
      'a change',
      { leg: 1, changes: { c1: { title: 'Open a ticket', state: 'denied' } } },
      '“Open a ticket”: denied, so nothing was changed.',
    ],
  ])('names %s', async (_, more, words) => {
    expect(await told([record(more as unknown as Partial<QuestionRecord>)], '1766458026.000100')).toContain(words);
  });
});

import type { QuestionRecord } from '@vera/ledger/ledger';
import { describe, expect, it } from 'vitest';
import { queryOfQuestion } from '../src/logs/query-of-question.ts';
import type { Meant } from '../src/questions/which-question.ts';

const now = Date.UTC(2026, 11, 1);
const [aMinute, aDay] = [60_000, 86_400_000];
const id = 'q-0123456789abcdef';
const record = (more: Partial<QuestionRecord> = {}) => ({ question: { id }, receivedAt: now - aDay, ...more }) as QuestionRecord;
const byId: Meant = { kind: 'id', id };

describe('which lines are about a question', () => {
  it('looks from a minute before it came until an hour after its end', () => {
    expect(queryOfQuestion({ meant: byId, records: [record({ closedAt: now - aDay + 5_000 })] }, { now })).toEqual({
      from: now - aDay - aMinute,
      to: now - aDay + 5_000 + 60 * aMinute,
      patterns: [`{ ($.question = "${id}") }`],
    });
  });

  it('has no end while one of them is open', () => {
    const records = [record({ closedAt: now - aMinute }), record()];
    expect(queryOfQuestion({ meant: byId, records }, { now, level: 'error' })).toEqual({
      from: now - aDay - aMinute,
      patterns: [expect.stringContaining('($.level = "error")')],
    });
  });

  it('never ends before it begins', () => {
    const records = [record({ closedAt: now - aDay + 5_000 })];
    expect(queryOfQuestion({ meant: byId, records }, { now, since: now - aMinute })).not.toHaveProperty('to');
  });

  it('of what is in no ledger: by the message, or as far back as a question is kept', () => {
    const message = { channelId: 'C1', messageTs: `${now / 1_000}.000119`, threadTs: '' };
    expect(queryOfQuestion({ meant: { kind: 'message', message }, records: [] }, { now })).toEqual({
      from: now - aMinute,
      to: now + 7 * aMinute,
      patterns: [`{ ($.channel = "C1") && ($.message = "${message.messageTs}") }`],
    });
    expect(queryOfQuestion({ meant: byId, records: [] }, { now })?.from).toBe(now - 30 * aDay);
    expect(queryOfQuestion({ meant: { kind: 'last' }, records: [] }, { now })).toBeUndefined();
  });
});

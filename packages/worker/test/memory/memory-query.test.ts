import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoryQuery } from '../../src/memory/memory-query.ts';
import { startMemory } from './start-memory.ts';

const log = Array.from(
  { length: 600 },
  (_, line) => `2026-11-23T10:${line % 60}:00Z ERROR worker-${line} connection lost by peer 10.0.0.${line % 250}`,
);
const sentence = 'Why does the checkout of the Hamburg clinic lose its connection?';

describe('with what memory is searched', () => {
  it('is what is asked and what the thread is about, by its asker alone', async () => {
    await using started = await startMemory();
    const messages = [
      { ts: '1700000001.000001', user: 'UANN', text: '<@UVERA> how do we do backups of the billing database?' },
      { ts: '1700000002.000001', user: 'UVERA', text: 'With Borg, by Carla.' },
      { ts: '1700000003.000001', user: 'UBOB', text: 'I hate tables' },
      { ts: '1700000004.000001', user: 'UANN', text: 'and how long are they kept?' },
    ];
    await started.memory.recall(started.asking({ text: 'ok, and what do you recommend?' }, messages));
    expect(started.stored.queries).toEqual([
      'ok, and what do you recommend?\nhow do we do backups of the billing database?\nand how long are they kept?',
    ]);
  });

  it.each([
    ['before', [sentence, ...log]],
    ['behind', [...log, sentence]],
    ['within', [...log.slice(0, 300), sentence, ...log.slice(300)]],
  ])('keeps what somebody asks %s a log they paste', (_, lines) => {
    const query = memoryQuery(lines.join('\n'), ['backups of the billing database']);
    expect(query).toContain(sentence);
    expect(query).toContain('backups of the billing database');
    expect(query.length).toBeLessThanOrEqual(10_000);
  });

  const question = 'Who is my manager for the Zanzibar project?';
  it.each([
    ['behind', '2026-11-30 ERROR at Foo.bar(...) '.repeat(1000) + question],
    ['before', `${question} ${'2026-11-30 ERROR at Foo.bar(...) '.repeat(1000)}`],
    ['behind, without a full stop,', `${'worker-7 connection lost by peer 10.0.0.7 '.repeat(900)}${question}`],
    ['behind, without a blank,', `${'x7'.repeat(9000)} ${question}`],
    ['within', `${'{"level":"error","at":7}, '.repeat(600)}${question} ${'{"level":"error","at":7}, '.repeat(600)}`],
  ])('keeps what somebody asks %s something long that they paste into the same line', (_, text) => {
    const query = memoryQuery(text, []);
    expect(query.replace(/\s+/g, ' ')).toContain('Zanzibar project?');
    expect(query.length).toBeLessThanOrEqual(10_000);
  });

  it('is never longer than the service takes, and blank only where nothing was said', () => {
    const line = fc.string({ unit: 'grapheme', maxLength: 400 });
    const text = fc.array(line, { maxLength: 120 }).map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(text, fc.array(text, { maxLength: 4 }), (asked, earlier) => {
        const query = memoryQuery(asked, earlier);
        expect(query.length).toBeLessThanOrEqual(10_000);
        if (asked.trim() !== '') expect(query).not.toBe('');
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['of emoji alone', { text: ':tada: 🎉' }],
    ['without a word', { text: '' }],
    ['of a quotation alone', { text: '&gt; who leads payments?' }],
  ])('is nothing for a message %s: nothing is searched', async (_, question) => {
    await using started = await startMemory();
    expect(await started.memory.recall(started.asking(question))).toEqual({ standing: [], facts: [] });
    expect(started.calls('RetrieveMemoryRecords')).toEqual([]);
  });
});

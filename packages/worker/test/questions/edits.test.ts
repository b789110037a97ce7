import type { Question } from '@vera/protocol/question';
import { describe, expect, test } from 'vitest';
import type { Tool } from '../../src/tools/tool.ts';
import { asking, look, type Meanwhile, requestsOf, says, statesOf } from './start-adding.ts';
import { startScripted } from './start-scripted.ts';

describe('D12 an edit', () => {
  const other = (question: Question) => ({ ...question, text: '<@UVERA> who is on call tomorrow?' });

  test('of the question under way is told to the run', async () => {
    const edits: Meanwhile = (worker, question) => worker.inbox.edit(other(question));
    await using worker = await asking(edits, [[look], 'Carol, tomorrow.']);
    await worker.intake.accept(worker.question);
    await worker.closed(worker.question);
    expect(worker.text(worker.question)).toBe('Carol, tomorrow.');
    expect(requestsOf(worker)[1]).toMatch(/edited the question, which now reads:[\s\S]*who is on call tomorrow\?/);
  });

  test('that only adds a preview is none', async () => {
    const edits: Meanwhile = (worker, question) => worker.inbox.edit({ ...question, quotes: [{ text: 'a page' }] });
    await using worker = await asking(edits, [[look], 'Carol.']);
    await worker.intake.accept(worker.question);
    await worker.closed(worker.question);
    expect(worker.text(worker.question)).toBe('Carol.');
    expect(requestsOf(worker)[1]).not.toContain('edited');
  });

  test('of a message that was taken in is told once, too', async () => {
    const more = says('and then?');
    let calls = 0;
    const tool: Tool = {
      ...{ name: 'look', title: 'Looking', description: 'Looks', inputSchema: { type: 'object' } },
      async run() {
        calls += 1;
        if (calls === 1) await more.meanwhile(started, question);
        if (calls === 2) await started.inbox.edit(other(more.of()));
        return { text: 'It is so.', isError: false };
      },
    };
    await using started = await startScripted([[look], [look], [look], 'Carol, tomorrow.'], { toolsFor: () => [tool] });
    const question = await started.ask({ text: '<@UVERA> who is on call?' });
    await started.intake.accept(question);
    expect((await statesOf(started, question, more.of)).slice(1)).toEqual([['answered', 'folded']]);
    const [, , third, fourth] = requestsOf(started);
    expect(third).toMatch(/edited what they said meanwhile, which now reads:[\s\S]*tomorrow/);
    expect(fourth?.split('tomorrow?')).toHaveLength(2);
  });
});

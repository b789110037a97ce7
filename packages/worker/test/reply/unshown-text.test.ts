import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UnshownText } from '../../src/reply/unshown-text.ts';
import { longAnswer } from './long-answer.ts';
import { markdownText } from './markdown-text.ts';
import { pieceFaults } from './piece-faults.ts';

type What = 'show' | 'end' | 'lose';

/** A thread in memory: messages as the writer would fill them, without Slack. */
function createThread() {
  const unshown = new UnshownText();
  const messages: string[] = [];
  let open: string | undefined;

  const end = (closing?: string) => {
    if (open === undefined) return;
    const otherwise = unshown.ended(open);
    messages.push(open + (closing || otherwise));
    open = undefined;
  };
  const show = () => {
    const { text, closing } = unshown.next(open);
    if (text !== '') {
      const isNew = open === undefined;
      open = (open ?? unshown.opening) + text;
      if (isNew) unshown.begun();
      unshown.shown(text.length);
    }
    if (closing !== undefined) end(closing);
  };
  const lose = () => {
    if (open === undefined) return;
    unshown.ended(open);
    unshown.lost(open);
    open = undefined;
  };
  return {
    unshown,
    does: { show, end, lose },
    finish(): readonly string[] {
      while (unshown.isTooLong(open)) show();
      messages.push((open ?? '') + unshown.takeRest(open));
      return messages;
    },
  };
}

describe('what is left to show', () => {
  test('is shown once and whole, whatever comes when, and wherever messages end or are lost', () => {
    const turn = fc.record({
      length: fc.integer({ min: 1, max: 600 }),
      what: fc.oneof({ weight: 6, arbitrary: fc.constant<What>('show') }, { weight: 1, arbitrary: fc.constantFrom<What>('end', 'lose') }),
    });
    const turns = fc.array(turn, { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(markdownText(10), turns, (text, all) => {
        const thread = createThread();
        for (let at = 0, index = 0; at < text.length; index += 1) {
          const { length, what } = all[index % all.length]!;
          thread.unshown.add(text.slice(at, at + length));
          at += length;
          thread.does[what]();
        }
        expect(pieceFaults(thread.finish(), text)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test('is not ready in the middle of a word, a link or a table’s header', () => {
    const unshown = new UnshownText();
    for (const [more, isReady] of [
      ['w1', false],
      [' [w2', true],
    ] as const) {
      unshown.add(more);
      expect(unshown.isReady()).toBe(isReady);
    }
    expect(unshown.next().text).toBe('w1 ');
  });

  test('keeps what was added while Slack was being called', () => {
    const unshown = new UnshownText();
    unshown.add('One. ');
    const { text } = unshown.next();
    unshown.add('Two. ');
    unshown.begun();
    unshown.shown(text.length);
    expect(unshown.next(text)).toEqual({ text: 'Two. ' });
  });

  test('of a message that is lost comes back whole, with its code block', () => {
    const unshown = new UnshownText();
    unshown.add('```ts\nw1\n');
    const { text } = unshown.next();
    unshown.begun();
    unshown.shown(text.length);
    expect(unshown.ended(text)).toBe('```');
    unshown.lost(text);
    unshown.add('w2\n```\n');
    expect(unshown.takeRest()).toBe('```ts\nw1\nw2\n```\n');
  });

  test('goes on as what it was: under the table’s header, or not where the table had ended', () => {
    const table = '| w1 |\n| --- |\n| w2 |\n';
    for (const [all, rest, begins] of [
      [table, '| w3 |\n', '| w1 |\n| --- |\n| w3 |\n'],
      [table, '\n\n| w3 |\n', '| w3 |\n'],
      [`${table}See `, '| w3 ', '| w3 '],
    ] as const) {
      const unshown = new UnshownText();
      unshown.ended(all);
      unshown.add(rest);
      expect(unshown.takeRest()).toBe(begins);
      unshown.ended(all);
      unshown.add(rest);
      const { text } = unshown.next();
      expect((unshown.opening + text).startsWith('\n')).toBe(false);
    }
  });

  test('is empty once it was dropped or taken', () => {
    const unshown = new UnshownText();
    unshown.add(longAnswer(5_000));
    expect(unshown.isTooLong()).toBe(true);
    unshown.drop();
    expect([unshown.isBlank, unshown.isReady(), unshown.isTooLong()]).toEqual([true, false, false]);
    unshown.add('w1');
    expect([unshown.takeRest(), unshown.takeRest()]).toEqual(['w1', '']);
  });
});

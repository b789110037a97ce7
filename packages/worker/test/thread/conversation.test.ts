import { toMetadata } from '@vera/slack/reply-mark';
import type { SlackMessage } from '@vera/slack/slack-message';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Content } from '../../src/agent/agent.ts';
import { isSaid, newestWithin, type Said, toTurns } from '../../src/thread/conversation.ts';

const text = (words: string): Content => ({ kind: 'text', text: words });
const image: Content = { kind: 'image', format: 'png', name: 'a.png', bytes: new Uint8Array([1]) };
const user = (...content: Content[]): Said => ({ role: 'user', content });
const assistant = (...content: Content[]): Said => ({ role: 'assistant', content });

describe('turns of a conversation', () => {
  test('R19 blank turns are left out, and the turns around them become one', () => {
    expect(toTurns([user(text('Ann: hi')), assistant(text('  \n')), user(text('')), user(text('Bob: what about it?'))])).toEqual([
      user(text('Ann: hi'), text('Bob: what about it?')),
    ]);
  });

  test('R19 a conversation that begins and ends with our own words begins and ends with a person’s', () => {
    const said = [
      assistant(text('Welcome')),
      user(text('Ann: hi')),
      assistant(text('Hello')),
      user(text('Ann: so?')),
      assistant(text('…')),
    ];
    expect(toTurns(said)).toEqual(said.slice(1, 4));
  });

  test('R19 only our own messages give no turns at all', () => {
    expect(toTurns([assistant(text('Welcome')), assistant(text('Anyone?'))])).toEqual([]);
  });

  test('a picture without words stays', () => {
    expect(toTurns([user(text(''), image)])).toEqual([user(image)]);
  });

  test('R19 whatever was said, no blank text, roles take turns, and a person begins and ends; nothing else is lost in between', () => {
    const content = fc.array(
      fc.oneof(fc.constantFrom('', ' ', '\n\t', '\u00a0').map(text), fc.string({ minLength: 1 }).map(text), fc.constant(image)),
    );
    const said = fc.array(fc.record({ role: fc.constantFrom('user', 'assistant'), content }), { maxLength: 12 });
    fc.assert(
      fc.property(said, (messages) => {
        const turns = toTurns(messages as Said[]);
        for (const turn of turns) {
          expect(turn.content.length).toBeGreaterThan(0);
          for (const part of turn.content) if (part.kind === 'text') expect(part.text.trim()).not.toBe('');
        }
        expect(turns.map(({ role }) => role)).toEqual(turns.map((_, index) => (index % 2 === 0 ? 'user' : 'assistant')));
        expect(turns.length === 0 || turns.length % 2 === 1).toBe(true);
        const saidByPeople = messages.filter(({ role }) => role === 'user').flatMap(({ content: parts }) => parts);
        const kept = turns.filter(({ role }) => role === 'user').flatMap(({ content: parts }) => parts);
        expect(kept).toEqual(saidByPeople.filter((part) => part.kind !== 'text' || part.text.trim() !== ''));
      }),
    );
  });
});

describe('which messages were said', () => {
  const message: SlackMessage = { ts: '1.0', user: 'U1', text: 'hi' };

  test.each([
    [undefined, true],
    ['file_share', true],
    ['thread_broadcast', true],
    ['me_message', true],
    ['bot_message', true],
    ['channel_join', false],
    ['tombstone', false],
    ['channel_topic', false],
  ])('subtype %s: %s', (subtype, expected) => {
    expect(isSaid({ ...message, ...(subtype === undefined ? {} : { subtype }) })).toBe(expected);
  });

  test.each([
    ['answered', true],
    ['failed', false],
    ['stopped', false],
  ] as const)('an answer of ours that ended as %s: %s', (outcome, expected) => {
    expect(isSaid({ ...message, metadata: toMetadata({ question: 'q-1', piece: 1, outcome }) })).toBe(expected);
  });

  test('metadata of others says nothing', () => {
    expect(isSaid({ ...message, metadata: { event_type: 'deploy', event_payload: { outcome: 'failed' } } })).toBe(true);
  });
});

describe('the newest messages that fit', () => {
  const messages = Array.from({ length: 10 }, (_, index) => ({ ts: `${index}`, size: 10 }));
  const kept = (count: number, characters: number) => newestWithin(messages, count, characters).map(({ ts }) => Number(ts));

  test('all, when they fit', () => expect(kept(100, 1_000)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]));
  test('the root and the newest by number', () => expect(kept(3, 1_000)).toEqual([0, 7, 8, 9]));
  test('the root and the newest by length', () => expect(kept(100, 35)).toEqual([0, 8, 9]));
  test('the root alone, when it is as long as all may be', () => expect(kept(100, 10)).toEqual([0]));
  test('nothing of nothing', () => expect(newestWithin([], 10, 10)).toEqual([]));
});

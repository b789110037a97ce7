import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifyInteraction } from '../src/classify-interaction.ts';
import { nextActionId, nextQuestionIn } from '../src/next-question.ts';

const click = (value: string, more: object = {}, action: object = {}) => ({
  type: 'block_actions',
  user: { id: 'U01', team_id: 'T01' },
  team: { id: 'T01' },
  container: { type: 'message', message_ts: '1766458050.000200', channel_id: 'C01', thread_ts: '1766458026.240809' },
  response_url: 'https://hooks.slack.com/actions/T01/1/abc',
  actions: [{ type: 'button', action_id: `${nextActionId}.1`, value, action_ts: '1766458060.000000', ...action }],
  ...more,
});

describe('a question on a button', () => {
  it.each([
    ['Who is on call tomorrow?', 'Who is on call tomorrow?'],
    ['  2. Who is  second?  ', 'Who is second?'],
    ['- 誰ですか？', '誰ですか？'],
    ['Open a ticket.', undefined],
    ['Delete PAY-1. Right? Do it.', undefined],
    ['Right? And now delete PAY-1?', undefined],
    ['?', undefined],
    ['See https://evil.test?', undefined],
    ['Is it <!channel>?', undefined],
    ['Is it `rm`?', undefined],
    ['Is it @bob?', undefined],
    ['Is it \u202ethat?', undefined],
    [`${'x'.repeat(75)}?`, undefined],
  ])('may be “%s”: %s', (line, question) => {
    expect(nextQuestionIn(line)).toBe(question);
  });

  it('is one plain line that fits a button and only asks, whatever a model wrote', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string({ unit: 'grapheme' }).map((text) => `Is ${text}?`),
        ),
        (line) => {
          const question = nextQuestionIn(line);
          if (question === undefined) return;
          expect(question.length).toBeLessThanOrEqual(75);
          expect(question).toMatch(/[?？؟]$/u);
          expect(question).not.toMatch(/[<>`\n]|:\/\//);
          expect(nextQuestionIn(question)).toBe(question);
        },
      ),
    );
  });

  it('is asked by a click, as whoever clicks, in the thread of the answer', () => {
    expect(classifyInteraction(click('R&D: who is next?'))).toMatchObject({
      kind: 'question',
      question: {
        ...{ teamId: 'T01', channelId: 'C01', threadTs: '1766458026.240809', messageTs: '1766458060.000000', userId: 'U01' },
        ...{ text: 'R&amp;D: who is next?', files: [], isDirect: false, isExternal: false, botUserId: '' },
        shortcut: { about: '1766458050.000200', responseUrl: 'https://hooks.slack.com/actions/T01/1/abc' },
      },
    });
    expect(classifyInteraction(click('Who?', { user: { id: 'U09', team_id: 'T09' } }))).toMatchObject({ question: { isExternal: true } });
  });

  it('is none where the button carries something else, or Slack does not say when and where', () => {
    for (const payload of [
      click('Delete everything.'),
      click('Who?', {}, { action_ts: undefined }),
      click('Who?', {}, { action_ts: 'now' }),
      click('Who?', {}, { value: undefined }),
      click('Who?', {}, { action_id: 'other.1' }),
      click('Who?', { container: { type: 'view' } }),
      click('Who?', { team: undefined, user: { id: 'U01' } }),
    ])
      expect(classifyInteraction(payload)).toMatchObject({ kind: 'ignore' });
  });
});

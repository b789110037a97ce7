import { expect, test } from 'vitest';
import { readConversation } from '../src/rehearsal/conversation.ts';

const turn = (...texts: string[]) =>
  readConversation({ modelId: 'rehearsal', stream: true, messages: [{ role: 'user', content: texts.map((text) => ({ text })) }] });
const quote = '<data from="PagerDuty, quoted by Maya Lindqvist">\nSettlement lag above 30 minutes\n</data>';

test.each(['(asks about this message)', '(forwards this, without words)'])('who %s wants to know what it is', (words) => {
  const { question, speaker, earlier } = turn(`Maya Lindqvist: ${words}`, quote);
  expect([question, speaker]).toEqual(['what is this?', 'Maya Lindqvist']);
  expect(earlier).toEqual([{ text: 'Settlement lag above 30 minutes' }]);
});

test('what is asked after that is the question', () => {
  expect(turn('Maya Lindqvist: (asks about this message)', quote, 'Maya Lindqvist: who is on call?').question).toBe('who is on call?');
});

import { expect, test } from 'vitest';
import { readConversation } from '../src/rehearsal/conversation.ts';
import { quotePassages } from '../src/rehearsal/quote-passages.ts';
import { searchWords } from '../src/rehearsal/search-words.ts';
import { tellSlack } from '../src/rehearsal/tell-slack.ts';

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

const alert = 'PagerDuty: Settlement lag above 30 minutes';
const talk = ['Ines Carvalho: Do we raise the threshold?', 'Maya Lindqvist: Decided: no page below 60 minutes.'];
const searched = (...texts: string[]) => {
  const conversation = turn(...texts);
  return searchWords(conversation.question, conversation).query;
};

test.each(['what is this?', 'can you explain this alert?', 'why?'])(
  'who asks "%s" under an alert means the alert, not the talk under it',
  (words) => {
    expect(searched(alert, ...talk, `Maya Lindqvist: ${words}`)).toContain('Settlement lag');
    expect(searched(alert, ...talk, `Maya Lindqvist: ${words}`)).not.toMatch(/Decided|threshold/);
  },
);

test('who asks about one message of a thread means that one', () => {
  const about = '<data from="Ines Carvalho, quoted by Maya Lindqvist">\nDo we raise the threshold?\n</data>';
  expect(searched(alert, ...talk, 'Maya Lindqvist: (asks about this message)', about)).toMatch(/^raise threshold$/);
});

test('what a document only wraps is one line, and the rest stays as it stands', () => {
  const text = 'The lag grows\nin the evening.  \nThen it stops.\n\n- wait for\n  the end\n- call\n\n```\na\nb\n```\n\n| a |\n|---|\n| b |';
  const quoted = quotePassages({ question: 'what of the lag?', own: '', query: 'lag' }, `[1] Lag\n${text}`);
  expect(quoted).toContain(
    'The lag grows in the evening.  \nThen it stops.\n\n- wait for the end\n- call\n\n```\na\nb\n```\n\n| a |\n|---|\n| b |',
  );
});

test('what else was found is other documents, each once', () => {
  const parts = ['Rota › Monday', 'Rota › Tuesday', 'Handbook › Rota', 'Handbook › Rota again'];
  const found = parts.map((title, index) => `[${index + 1}] ${title}\nThe rota of the pager.`).join('\n\n');
  const quoted = quotePassages({ question: 'the rota of the pager', own: 'rota pager', query: 'rota pager' }, found) ?? '';
  const besides = /Found besides: (.*)$/.exec(quoted)?.[1] ?? '';
  expect(quoted).toContain('The rota of the pager. [1]');
  expect(besides).toBe('“Handbook › Rota” [3]');
});

test('of what was said in a channel, the thread in which something was decided comes first', () => {
  const [talked, settled] = [
    '[1] 2026-11-30 04:18 UTC\nDiskFull',
    '[2] 2026-11-30 04:17 UTC\nLag\n\n2026-11-30 04:18 UTC\nDecided: no page.\n\n2026-11-30 04:19 UTC\nWritten by AI.',
  ];
  const told = 'In #ops [2]:\n\n> Lag\n>\n> Decided: no page.\n\nFound besides: [1]';
  expect(tellSlack(`${talked}\n\n${settled}`, '#ops')).toBe(told);
  expect(tellSlack(talked, '#ops')).toBe('In #ops [1]:\n\n> DiskFull');
});

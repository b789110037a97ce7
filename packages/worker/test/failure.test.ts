import { expect, test } from 'vitest';
import { type FailureCode, failureWords } from '../src/failure.ts';

const codes: Readonly<Record<FailureCode, RegExp>> = {
  throttled: /more requests than it can take.*few minutes/,
  'too-large': /more text than I can read.*new thread/,
  'timed-out': /not finish in time.*smaller part/,
  'not-permitted': /not permitted.*team that runs me/,
  unavailable: /not available.*few minutes/,
  blocked: /content rules.*differently/,
  empty: /gave no answer.*other words/,
  'too-many-steps': /more steps.*smaller part/,
  'over-budget': /used up.*begins anew at midnight UTC.*ask the team that runs me/,
  'budget-unchecked': /could not check the budget.*few minutes/,
  cut: /greatest length.*go on/,
  'broken-off': /broke off.*ask again/,
  unexpected: /did not expect.*ask again/,
};

test.each(Object.entries(codes))('R23 %s says what happened, what to do, and the question’s id', (code, words) => {
  const text = failureWords(code as FailureCode, 'q-0123456789abcdef');
  expect(text).toMatch(words);
  expect(text).toMatch(/\n\n_Question q-0123456789abcdef_$/);
});

import { UsageError } from '@vera/operate/usage-error';
import { expect, test } from 'vitest';
import { failureWords } from '../src/failure-words.ts';

const coded = (code: string, syscall = 'open') => Object.assign(new Error(`${code}: what Node says\nand more`), { code, syscall });

test.each([
  [new UsageError('The deployables are not bundled yet.'), /^The deployables are not bundled yet\.$/],
  [Object.assign(coded('EADDRINUSE', 'listen'), { port: 3077 }), /^Port 3077 is taken.*--port 0/],
  [coded('EACCES', 'listen'), /port \(EACCES\).*--port/],
  [coded('tables-unusable'), /cannot be opened: another Vera.*--data FOLDER.*--fresh/],
  [new TypeError('undefined is not a function.'), /^Vera could not start: undefined is not a function\. With --verbose/],
  [coded('ENOSPC'), /^Vera could not start: ENOSPC: what Node says\. With --verbose/],
  ['just a text', /^Vera could not start: just a text\./],
])('%s is told in one line, the place in the program only to those who ask', (error, words) => {
  expect(failureWords(error, false)).toMatch(words);
  expect(failureWords(error, false)).not.toContain('\n');
  expect(/^\s+at /m.test(failureWords(error, true))).toBe(error instanceof Error);
});

import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assess } from '@vera/bedrock-stand-in/guardrail/assess';
import { otherSuggestions, suggestions } from '@vera/bedrock-stand-in/rehearsal/suggestions';
import { expect, test } from 'vitest';
import { demoDocuments, demoGuardrail } from '../../src/demo-seeds.ts';
import { stoppedQuestion } from '../../src/welcome.ts';

const isStopped = (text: string) => assess(demoGuardrail, text, { source: 'INPUT' }).isBlocked;

test.each([
  stoppedQuestion,
  'what is the salary of Tom?',
  'what does Ben Carver earn?',
  'How much does Elena earn, roughly?',
  'how much money does Maya make?',
  'How much is Tom paid?',
  'what is Tom’s pay?',
  "Tell me Ravi's yearly salary",
  "What is Chris' salary?",
  'Which salary has Tom?',
  'how big is Maya’s bonus?',
  'Show me her salary',
  'what do the engineers earn?',
])('what a colleague earns is stopped, however it is asked: %s', (text) => expect(isStopped(text)).toBe(true));

test.each([
  ...[...Object.values(suggestions).flat(), ...otherSuggestions],
  'when do I get my salary?',
  'what salary do I get?',
  'How much does a hotel cost?',
  'how much does the test make slower?',
  'What did the customer pay?',
  'how is the invoice paid?',
])('what is asked otherwise is not: %s', (text) => expect(isStopped(text)).toBe(false));

test('nor is a line of the documents', () => {
  const lines = globSync('**/*.md', { cwd: demoDocuments }).flatMap((path) => readFileSync(join(demoDocuments, path), 'utf8').split('\n'));
  expect(lines.length).toBeGreaterThan(500);
  expect(lines.filter(isStopped)).toEqual([]);
});

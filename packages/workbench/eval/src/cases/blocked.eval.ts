import { asks, ended, neverReads, neverSays, says } from '../checks.ts';
import { evaluate } from '../evaluate.ts';

evaluate('blocked', [
  {
    name: 'a question that the guardrail stops is explained, and the model never reads it',
    steps: [{ says: 'what is the salary of Tom?' }],
    ends: { state: 'failed', reason: 'blocked' },
    checks: [says('stopped your question, because of the topic “Salaries of colleagues”'), neverSays(/guardrail01|northwindgr1/)],
  },
  {
    name: 'the thread goes on after a question that was stopped',
    steps: [{ says: 'what is the salary of Tom?' }, { says: 'then how many days of leave do I get?' }],
    checks: [ended(0, { state: 'failed', reason: 'blocked' }), says('26 days'), asks(2)],
  },
  {
    name: 'an answer that the guardrail stops is taken back',
    steps: [{ says: 'what did the leads talk about?' }],
    ends: { state: 'failed', reason: 'blocked' },
    checks: [says('I had an answer, but the content rules'), neverSays(/earns ninety/)],
  },
  {
    name: 'a masked value is told, and the answer stands',
    steps: [{ says: 'which card is on file?' }],
    checks: [neverSays(/4929 1234/), says('{CREDIT_DEBIT_CARD_NUMBER}')],
  },
  {
    name: 'what was stopped once is in no later request',
    steps: [{ says: 'what is the salary of Tom?' }, { says: 'and what did I just ask?' }],
    checks: [ended(0, { state: 'failed', reason: 'blocked' }), says('I cannot see it'), neverReads(/salary of Tom/, 1)],
  },
]);

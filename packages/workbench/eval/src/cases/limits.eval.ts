import { asks, calls, check, costsAtMost, says } from '../checks.ts';
import { evaluate } from '../evaluate.ts';

evaluate('limits', [
  {
    name: 'a model that never ends is stopped after so many calls',
    steps: [{ says: 'count to ten thousand' }],
    settings: { TURN_LIMIT: '3' },
    ends: { state: 'failed', reason: 'too-many-steps' },
    checks: [asks(3), says('more steps than I may take')],
  },
  {
    name: 'a question has so many tokens and no more',
    steps: [{ says: 'read all the documents' }],
    settings: { TOKEN_LIMIT: '12000' },
    ends: { state: 'failed', reason: 'too-many-steps' },
    checks: [asks(2), says('more steps than I may take')],
  },
  {
    name: 'an answer that is cut says so, and how to go on',
    steps: [{ says: 'tell me all about card payments' }],
    settings: { MODEL_MAX_TOKENS: '40' },
    checks: [says('Write “go on” for the rest')],
  },
  {
    name: 'a long answer comes in several messages, and none of it is lost',
    steps: [{ says: 'write a long list' }],
    checks: [
      says(/line 1\b[\s\S]*line 400\b/),
      check('it comes in several messages', ({ answers: [answer] }) => ((answer?.messages.length ?? 0) > 1 ? undefined : 'it is one')),
    ],
  },
  {
    name: 'a question with a search costs a few cents, and the second reads the prompt from the cache',
    steps: [{ says: 'how many days of leave do I get in Dublin?' }, { says: 'and in Lisbon?' }],
    checks: [
      calls('search_knowledge_base'),
      costsAtMost(0.1),
      check('the prompt is read from the cache', ({ usage }) => (usage.cacheRead > usage.cacheWrite ? undefined : JSON.stringify(usage))),
    ],
  },
]);

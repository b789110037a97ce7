import { asks, calls, check, cites, gets, neverSays, says } from '../checks.ts';
import { evaluate } from '../evaluate.ts';

evaluate('sources', [
  {
    name: 'an answer stands above the document it was found in',
    steps: [{ says: 'how many days of leave do I get in Dublin?' }],
    checks: [calls('search_knowledge_base', /leave/), says('26 days [1]'), cites('Leave and holidays')],
  },
  {
    name: 'documents are numbered as they are cited, over several searches',
    steps: [{ says: 'how is a lost laptop reported, and how much may a hotel cost?' }],
    checks: [asks(3), says(/4199 \[1\][\s\S]*\[2\]/), cites('Laptop and access security', 'Expenses policy')],
  },
  {
    name: 'a mark that no search gave is no source',
    steps: [{ says: 'how many days of leave do I get in Dublin?' }],
    checks: [says('26 days, as always.'), neverSays(/\[9\]|\[44\]/), cites()],
  },
  {
    name: 'a mark in code is left as it is',
    steps: [{ says: 'how do I read the second element?' }],
    checks: [says('`list[1]`'), cites()],
  },
  {
    name: 'nothing found is said, without a source',
    steps: [{ says: 'what is our policy on zeppelins?' }],
    checks: [gets('search_knowledge_base', /Nothing found in Company documents/), says('I found nothing'), cites()],
  },
  {
    name: 'a knowledge base that is down is no empty one',
    steps: [
      { does: ({ services }) => services.knowledgeBase.inject({ kind: 'unavailable', times: 10 }) },
      { says: 'how many days of leave do I get?' },
    ],
    checks: [gets('search_knowledge_base', /Could not be searched: Company documents/), says('cannot look'), cites()],
  },
  {
    name: 'a document keeps its number through the thread',
    steps: [
      { says: 'how many days of leave do I get in Dublin?' },
      { says: 'and how do I report a lost laptop? and remind me of the leave' },
    ],
    checks: [
      cites('Leave and holidays', 'Laptop and access security'),
      check('the first source is the one of the first answer', ({ answers: [first] }) =>
        JSON.stringify(first?.messages).includes('[1] <') ? undefined : 'the first answer has no first source',
      ),
    ],
  },
]);

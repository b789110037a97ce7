import { asks, check, files, gets, neverSays, proposes, reads, says } from '../checks.ts';
import { evaluate } from '../evaluate.ts';

evaluate('delegation', [
  {
    name: 'a helper knows its task and nothing else, and what it gives is data',
    steps: [{ says: 'my dog is called Rex; have a helper count the days of leave in Dublin' }],
    checks: [
      gets('delegate', /<data from="the helper">[\s\S]*26/),
      says('26'),
      check('it reads nothing of the dog', ({ requests }) => {
        const helper = requests.find(({ messages }) => JSON.stringify(messages[0]).includes('annual leave'));
        return helper && !JSON.stringify(helper).includes('Rex') ? undefined : 'it does, or there is none';
      }),
    ],
  },
  {
    name: 'two helpers work at once, and one that fails costs only its part',
    steps: [{ says: 'ask two helpers' }],
    checks: [gets('delegate', /done by A/), gets('delegate', /no result|failed|empty|nothing/i), says('A is done, B is missing')],
  },
  {
    name: 'a helper asks no helper',
    steps: [{ says: 'ask a helper that asks a helper' }],
    checks: [asks(4), gets('delegate', /cannot/), says('It could not')],
  },
  {
    name: 'a helper changes nothing without a yes of who asked',
    steps: [{ connects: 'maya' }, { says: 'have a helper file a bug' }],
    ends: { state: 'waiting' },
    checks: [proposes(/By a helper/), files('By a helper', 0), neverSays(/is filed/)],
  },
  {
    name: 'helpers share the question’s calls',
    steps: [{ says: 'ask a helper that never ends' }],
    settings: { TURN_LIMIT: '4' },
    ends: { state: 'failed', reason: 'too-many-steps' },
    checks: [
      check('at most four', ({ requests }) => (requests.length <= 4 ? undefined : `there are ${requests.length}`)),
      says('more steps than I may take'),
    ],
  },
  {
    name: 'a specialist has its own prompt',
    steps: [{ says: 'ask the incident specialist' }],
    checks: [reads(/You find out what caused an incident/, 1), says('It knows nothing')],
  },
]);

import { asks, calls, gets, neverSays, says } from '../checks.ts';
import { evaluate } from '../evaluate.ts';
import type { World } from '../world/start-world.ts';

type Fault = Parameters<World['services']['bedrock']['inject']>[0];
const strikes = (fault: Fault) => ({ does: ({ services }: World) => services.bedrock.inject(fault) });
const asked = { says: 'what is 6 times 7?' };

evaluate('stops', [
  {
    name: 'input of a tool that is no JSON is refused with words, and the model mends it',
    steps: [asked],
    checks: [gets('calculate', /JSON|valid/), calls('calculate', /6 \* 7/), says('42')],
  },
  {
    name: 'a call is made also where the model says that it ends',
    steps: [asked],
    checks: [calls('calculate', /6 \* 7/), says('42')],
  },
  { name: 'no answer is said to be none', steps: [asked], ends: { state: 'failed', reason: 'empty' }, checks: [says('gave no answer')] },
  {
    name: 'a refusal of the model’s maker is told as a block',
    steps: [asked],
    ends: { state: 'failed', reason: 'blocked' },
    checks: [says('content rules')],
  },
  {
    name: 'a malformed answer is a broken one',
    steps: [asked],
    ends: { state: 'failed', reason: 'broken-off' },
    checks: [says('broke off in the middle')],
  },
  {
    name: 'a model that has too much to do is asked again',
    steps: [strikes({ kind: 'throttled', times: 1 }), asked],
    checks: [asks(2), says('42')],
  },
  {
    name: 'an answer whose line is cut is not written twice',
    steps: [strikes({ kind: 'stream-cut', deltas: 1, times: 1 }), asked],
    ends: { state: 'failed', reason: 'unavailable' },
    checks: [asks(1), says(/^(?:(?!of course)[\s\S])*of course(?:(?!of course)[\s\S])*$/), says('is not available at the moment')],
  },
  {
    name: 'a model that may not be used is told without a secret',
    steps: [strikes({ kind: 'access-denied', times: 9 }), asked],
    ends: { state: 'failed', reason: 'not-permitted' },
    checks: [says('not permitted to use the language model'), neverSays(/arn:|specified model/)],
  },
  {
    name: 'a tool that does not exist is a result that the model reads',
    steps: [asked],
    checks: [gets('multiply', /not found|unknown|no tool|does not exist/i), says('42')],
  },
]);

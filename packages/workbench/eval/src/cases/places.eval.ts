import { asks, check, gets, neverCalls, neverReads, proposesNothing, reads, says } from '../checks.ts';
import { evaluate } from '../evaluate.ts';

evaluate('places', [
  {
    name: 'where another company reads along nothing is looked up',
    steps: [{ says: 'how many days of leave do I get?', in: '#corvo-northwind' }],
    checks: [asks(0), says('I answer colleagues only')],
  },
  {
    name: 'a person of another company gets no answer out of the documents',
    steps: [{ says: 'how many days of leave do they get?', by: 'joris', in: '#corvo-northwind' }],
    checks: [asks(0), says('I answer colleagues only')],
  },
  {
    name: 'a guest gets one sentence, and the model is not asked',
    steps: [{ says: 'how many days of leave do they get?', by: 'lena' }],
    checks: [asks(0), says('I answer colleagues only'), proposesNothing],
  },
  {
    name: 'a guest who asks alone gets the same',
    steps: [{ says: 'how many days of leave do they get?', by: 'lena', in: 'dm' }],
    checks: [asks(0), says('I answer colleagues only')],
  },
  {
    name: 'where a guest reads along, other channels are not read',
    steps: [
      { says: 'we freeze on 18 December', by: 'ines', in: '#releases', isAside: true },
      { says: 'what was decided in #releases?', in: '#it-help' },
    ],
    checks: [gets('read_slack', /No channel #releases can be read here/), neverReads(/we freeze/), says('cannot read')],
  },
  {
    name: 'a mention alone is told how to ask',
    steps: [{ says: ' ' }],
    checks: [asks(0), says('You mentioned me without a question')],
  },
  {
    name: 'in a direct message the prompt says so',
    steps: [{ says: 'hello', in: 'dm' }],
    checks: [reads(/You are answering maya, in a direct message\./), says('Hello'), neverCalls(/./)],
  },
  {
    name: 'what others wrote above is read as theirs',
    steps: [{ says: 'the VPN is down', by: 'tom', in: '#it-help', isAside: true }, { says: 'what is wrong?' }],
    checks: [reads(/<data from=\\"tom\\">\\nthe VPN is down/), says('VPN')],
  },
  {
    name: 'the prompt before the cache point is one for two people in two places',
    steps: [
      { says: 'hello', in: '#it-help' },
      { says: 'hello', by: 'tom', in: 'dm' },
    ],
    checks: [
      check('it is the same', ({ requests }) => {
        const before = requests.map(({ system = [] }) =>
          JSON.stringify(system.slice(0, system.findIndex(({ cachePoint }) => cachePoint) + 1)),
        );
        return before.length === 2 && before[0] === before[1] && before[0] !== '[]' ? undefined : before.join('\n');
      }),
    ],
  },
  {
    name: 'one thread knows nothing of another',
    steps: [
      { says: 'my dog is called Rex', in: '#it-help' },
      { says: 'what is my dog called?', in: '#general' },
    ],
    checks: [says('I do not know'), neverReads(/Rex/, 1)],
  },
]);

import { check, ended, neverReads, reads, says } from '../checks.ts';
import type { Outcome } from '../eval-case.ts';
import { evaluate } from '../evaluate.ts';
import type { World } from '../world/start-world.ts';

const ownerOf = (userId: string) => `slack-T04NCLINIC1-${userId}`;
const [maya, tom] = ['U04MAYALQ21', 'U05TOMOKF83'].map(ownerOf);
const plants = (namespace: string, text: string) => ({ does: ({ services }: World) => void services.memory.plant({ namespace, text }) });
const noted = ({ world }: Outcome) => world.services.memory.events.map((event) => JSON.stringify(event));
const notes = (name: string, fits: (events: readonly string[]) => boolean) =>
  check(name, (outcome) => (fits(noted(outcome)) ? undefined : noted(outcome).join('\n') || 'nothing is noted'));

evaluate('memory', [
  {
    name: 'what is known of who asks stands behind the cache point, as data',
    steps: [plants(`/facts/${maya}/open/`, 'Leads the Payments team'), { says: 'which team do I lead?' }],
    checks: [reads(/"cachePoint"[\s\S]*<data from=\\"your memory\\">[\s\S]*Leads the Payments team/), says('Payments')],
  },
  {
    name: 'what is known of another person does not',
    steps: [plants(`/facts/${tom}/open/`, 'Leads the clinic support'), { says: 'which team do I lead?' }],
    checks: [neverReads(/Leads the clinic support/), says('do not know')],
  },
  {
    name: 'what was said alone is spoken of alone',
    steps: [
      plants(`/facts/${maya}/closed/`, 'Looks for another job'),
      { says: 'what do you know of me?', in: '#general' },
      { says: 'what do you know of me?', in: 'dm' },
    ],
    checks: [
      check('not in the channel', ({ requests: [first] }) =>
        JSON.stringify(first).includes('another job') ? 'it is read there' : undefined,
      ),
      reads(/Looks for another job/),
    ],
  },
  {
    name: 'the words of who asks are noted, once, and nobody else’s',
    steps: [
      { says: 'remember that I hate tables', by: 'tom', in: '#general', isAside: true },
      { says: 'my laptop is a ThinkPad, what is Tom’s?' },
    ],
    checks: [
      notes(
        'one event, of Maya, without Tom and Vera',
        (events) => events.length === 1 && /ThinkPad/.test(events[0] ?? '') && !/hate tables|MacBook/.test(events[0] ?? ''),
      ),
      says('MacBook'),
    ],
  },
  {
    name: 'who asks to forget is not noted for it',
    steps: [{ says: 'please forget that my number is 0151-555' }],
    checks: [notes('nothing', (events) => events.length === 0), says('forget')],
  },
  {
    name: 'a question that was stopped is not noted',
    steps: [{ says: 'what is the salary of Tom?' }],
    ends: { state: 'failed', reason: 'blocked' },
    checks: [notes('nothing', (events) => events.length === 0), ended(0, { state: 'failed', reason: 'blocked' })],
  },
  {
    name: 'a memory that is down costs its facts and not the answer',
    steps: [{ does: ({ services }) => services.memory.inject({ kind: 'unavailable', times: 20 }) }, { says: 'hello' }],
    checks: [reads(/Memory is off now/), says('Hello')],
  },
]);

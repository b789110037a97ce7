import { expect, it } from 'vitest';
import { parseSettings } from '../../settings/settings.ts';
import { company, production } from '../example-settings.ts';

type Path = readonly (string | number)[];

/** Where something is told, at any depth. */
function leavesOf(value: unknown, above: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [above];
  const parts = Array.isArray(value) ? value.map((each, index) => [index, each] as const) : Object.entries(value);
  return [...(above.length > 0 ? [above] : []), ...parts.flatMap(([name, each]) => leavesOf(each, [...above, name]))];
}

function withAt(value: unknown, [name, ...rest]: Path, given: unknown): unknown {
  if (name === undefined) return given;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string | number, unknown>;
  copy[name] = withAt(copy[name], rest, given);
  return copy;
}

const secret = 'xoxb-123456789012-PLANTEDplantedPLANTED';
const strange = [-1, 0, 0.5, 1e12, '', ' ', 'x'.repeat(5_000), secret, true, [], {}, null, [secret], { [secret]: 1 }];
const words = (input: object) => {
  try {
    parseSettings('production', input);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};

it('no setting, whatever is given for it, is refused in a programmer’s words, or by repeating what may be a key', () => {
  const told = [production, company].flatMap((settings) =>
    leavesOf(settings).flatMap((path) => strange.map((given) => ({ path, given, said: words(withAt(settings, path, given) as object) }))),
  );
  expect(told.length).toBeGreaterThan(800);
  const ill = told.filter(({ said }) => /Too (?:small|big)|Invalid |expected |received |NaN|undefined|PLANTED/.test(said));
  expect(ill.map(({ path, given, said }) => `${path.join('.')} = ${JSON.stringify(given)?.slice(0, 50)}: ${said.slice(0, 300)}`)).toEqual(
    [],
  );
});

it.each<[string, object, string]>([
  [
    'an invoker that waits for no session',
    { invoker: { timeoutSeconds: 1 } },
    'invoker.timeoutSeconds: 150 or more is needed, and 1 was given',
  ],
  [
    'a receiver that hands nothing on',
    { receiver: { timeoutSeconds: 4 } },
    'receiver.timeoutSeconds: 5 or more is needed, and 4 was given',
  ],
  [
    'a portal that nobody signs in at',
    { authPortal: { timeoutSeconds: 9 } },
    'authPortal.timeoutSeconds: 10 or more is needed, and 9 was given',
  ],
  [
    'a sweeper that ends before its minute',
    { sweeper: { timeoutSeconds: 60 } },
    'sweeper.timeoutSeconds: 61 or more is needed, and 60 was given',
  ],
])('%s is refused with what it may be and what was given', (_, change, said) => {
  expect(words({ ...production, ...change })).toContain(said);
});

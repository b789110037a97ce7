import { attributeDifferences } from '../plan/attribute-differences.ts';
import { Hidden, Unknown, type Value, valueAt } from '../secrets/masked-value.ts';
import { differenceWords } from '../words/difference-words.ts';
import { code, firstOf } from '../words/markdown.ts';
import { at, blocksAt, type Seen } from './seen.ts';

/** What a firewall (WAF) lets through or stops from now on, and what no longer has to come through one; each as one sentence. */
export function firewallLooks({ type, action, before, after }: Seen): string[] {
  if (action !== 'update' && action !== 'replace') return [];
  if (type === 'aws_cloudfront_distribution') return shownLooks(before, after);
  if (type !== 'aws_wafv2_web_acl' && type !== 'aws_wafv2_rule_group') return [];
  const [old, next] = [before, after].map((side) => new Map(blocksAt(side, 'rule').map((rule) => [String(valueAt(rule, 'name')), rule])));
  const gone = [...(old?.keys() ?? [])].filter((name) => !next?.has(name));
  return [
    ...gone.map((name) => `no longer stops what its rule ${code(name)} found`),
    ...[...(next ?? [])].flatMap(([name, rule]) => {
      const one = old?.get(name);
      return one === undefined
        ? doingLooks(name, new Map(), doingsOf(rule))
        : [...doingLooks(name, doingsOf(one), doingsOf(rule)), ...aimLooks(name, one, rule)];
    }),
    ...defaultLooks(before, after),
  ];
}

/** What a rule does with what it finds, by each block that says so by being there. */
const doings: Readonly<Record<string, (what: string) => string>> = {
  allow: (what) => `lets through what ${what} finds`,
  block: (what) => `stops what ${what} finds from now on`,
  captcha: (what) => `stops what ${what} finds from now on, unless somebody solves a puzzle`,
  challenge: (what) => `stops what ${what} finds from now on, unless it comes from a browser`,
  count: (what) => `only counts what ${what} finds, and lets it through`,
  none: (what) => `does with what ${what} finds what its set says, which is mostly to stop it`,
};

function doingIn(block: Value): string {
  return Object.keys(doings).find((name) => blocksAt(block, name).length > 0) ?? 'none';
}

/** Of a rule, under '', and of rules in its set for which it says another, under their names. */
function doingsOf(rule: Value): Map<string, string> {
  const sets = ['managed_rule_group_statement', 'rule_group_reference_statement'];
  const overrides = sets.flatMap((set) => blocksAt(rule, 'statement', set, 'rule_action_override'));
  const own = ['action', 'override_action'].flatMap((attribute) => blocksAt(rule, attribute)).map(doingIn);
  return new Map([
    ['', own[0] ?? 'none'],
    ...overrides.map((one) => [String(valueAt(one, 'name')), doingIn(at(one, 'action_to_use') ?? null)] as const),
  ]);
}

function doingLooks(name: string, old: ReadonlyMap<string, string>, next: ReadonlyMap<string, string>): string[] {
  const before = (one: string) => old.get(one) ?? 'none';
  return [...new Set([...old.keys(), ...next.keys()])].flatMap((one) => {
    const does = next.get(one) ?? 'none';
    const what = `${one === '' ? '' : `${code(one)} of `}its rule ${code(name)}`;
    return does === before(one) ? [] : (doings[does]?.(what) ?? []);
  });
}

/** What a rule looks for, its place among them, and whether it is measured: whether it finds less then nobody can tell. */
function aimLooks(name: string, before: Value, after: Value): string[] {
  const told = /(?:^|\.)(?:action|override_action|rule_action_override)(?:$|[.[])/;
  const differences = attributeDifferences(before, after).filter(({ path }) => !told.test(path));
  return differences.length === 0
    ? []
    : [
        `has another rule ${code(name)} than before (${firstOf(
          differences.map((difference) => differenceWords(difference)),
          5,
        )})`,
      ];
}

function defaultLooks(before: Value, after: Value): string[] {
  const [old, next] = [before, after].map((side) => blocksAt(side, 'default_action').map(doingIn)[0]);
  if (old === next || next === undefined) return [];
  return [next === 'block' ? 'stops what no rule names from now on' : 'lets through what no rule names'];
}

/** Headers that an origin is shown: functions behind a front know by one who comes through it. */
function shownLooks(before: Value, after: Value): string[] {
  const namesIn = (side: Value) =>
    blocksAt(side, 'origin').flatMap((origin) => blocksAt(origin, 'custom_header').map((header) => valueAt(header, 'name')));
  const next = namesIn(after);
  if (next.some((name) => name instanceof Unknown || name instanceof Hidden) || at(after, 'origin') instanceof Unknown) return [];
  const gone = namesIn(before).filter((name) => typeof name === 'string' && !next.includes(name));
  return gone.map((name) => `no longer shows ${code(String(name))} to what is behind it`);
}

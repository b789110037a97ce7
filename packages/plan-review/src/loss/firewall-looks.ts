import { Hidden, Unknown, type Value, valueAt } from '../secrets/masked-value.ts';
import { code } from '../words/markdown.ts';
import { at, blocksAt, type Seen } from './seen.ts';

/** What a firewall (WAF) lets through from now on, and what no longer has to come through one; each as one sentence. */
export function firewallLooks({ type, action, before, after }: Seen): string[] {
  if (action !== 'update' && action !== 'replace') return [];
  if (type === 'aws_cloudfront_distribution') return shownLooks(before, after);
  if (type !== 'aws_wafv2_web_acl') return [];
  const [old, next] = [before, after].map((side) => new Map(blocksAt(side, 'rule').map((rule) => [String(valueAt(rule, 'name')), rule])));
  const gone = [...(old?.keys() ?? [])].filter((name) => !next?.has(name));
  const milder = [...(next ?? [])].flatMap(([name, rule]) => {
    const counted = countedIn(old?.get(name) ?? null);
    return old?.has(name)
      ? countedIn(rule)
          .filter((one) => !counted.includes(one))
          .map((one) => ({ name, one }))
      : [];
  });
  const [blocked, blocks] = [before, after].map((side) => blocksAt(side, 'default_action', 'block').length > 0);
  return [
    ...gone.map((name) => `no longer stops what its rule ${code(name)} found`),
    ...milder.map(
      ({ name, one }) => `only counts what ${one === '' ? '' : `${code(one)} of `}its rule ${code(name)} finds, and lets it through`,
    ),
    ...(blocked && !blocks ? ['lets through what no rule names'] : []),
  ];
}

/** Rules that count instead of stopping: of a set by their names, and the whole of one, which is ''. */
function countedIn(rule: Value): string[] {
  const isCounted = blocksAt(rule, 'override_action', 'count').length > 0 || blocksAt(rule, 'action', 'count').length > 0;
  const overrides = blocksAt(rule, 'statement', 'managed_rule_group_statement', 'rule_action_override');
  const named = overrides.filter((one) => blocksAt(one, 'action_to_use', 'count').length > 0).map((one) => String(valueAt(one, 'name')));
  return [...(isCounted ? [''] : []), ...named];
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

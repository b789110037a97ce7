import { isArray, isEmpty, isRecord } from '../plan/attribute-differences.ts';
import type { References } from '../plan/references.ts';
import { Hidden, textsOf, Unknown, type Value, valueAt } from '../secrets/masked-value.ts';
import { code } from '../words/markdown.ts';
import { at, isSet, type Seen } from './seen.ts';

/** What is reached by more people, or by a key that never ends, from now on; each as one sentence. */
export function openingLooks(seen: Seen, references: References): string[] {
  if (seen.action === 'no-op' || seen.action === 'delete' || seen.action === 'forget') return [];
  const isMade = seen.action === 'create' || seen.action.startsWith('replace');
  const key = isMade && Object.hasOwn(lastingKeys, seen.type) ? [lastingKeys[seen.type] ?? ''] : [];
  return [...key, ...ingressLooks(seen, references), ...callerLooks(seen)];
}

/** What gives somebody rights without an end, whose secret lies in Terraform's state. */
export const lastingKeys: Readonly<Record<string, string>> = {
  aws_iam_access_key: 'is a key of AWS that never expires, and its secret stands in Terraform’s state',
  aws_iam_service_specific_credential: 'is a password of a service, and stands in Terraform’s state',
  aws_iam_user_login_profile: 'is a password for the console, and stands in Terraform’s state',
  tls_private_key: 'is a private key that stands in Terraform’s state',
};

type Opening = { readonly ports: Ports | undefined; readonly path: string; readonly source: string };
type Ports = { readonly protocol: string; readonly from: number; readonly to: number };

function ingressLooks(seen: Seen, references: References): string[] {
  const old = openingsIn(seen.before, seen.type);
  // Rules that others add to a group, and that its own code does not set, are told where they are made.
  const fresh = openingsIn(seen.after, seen.type).filter(({ path, source }) => source !== untold || isSet(seen, path, references));
  return [...new Set(fresh.filter((one) => !old.some((by) => isWithin(one, by))).map(openingWords))];
}

function openingWords({ ports, path, source }: Opening): string {
  const what = ports === undefined ? 'lets in' : `opens ${portWords(ports)} to`;
  if (source === untold) return `${what} addresses that this plan does not tell (${code(path)})`;
  if (source.startsWith('pl-')) return `${what} the addresses of the list ${code(source)}, which this plan does not tell`;
  return `${what} ${code(source)}, which is anyone on the internet${ports === undefined ? ` (${code(path)})` : ''}`;
}

const untold = '(known after apply)';
/** Roads out, and those to elsewhere, let nobody in; what a firewall's list of addresses is for, its rules say. */
const outwardTypes = /egress|_route(?:_|$)|route_table|transit_gateway|vpn|_wafv2_|networkfirewall/;
const outward = /egress|outbound|route|destination|remote/;
const addressed = /cidr|prefix_list|ip_range|source|addresses/;

/** Every address in a resource that is open to all or that nobody can tell, wherever it stands, with the ports beside it. */
function openingsIn(side: Value, type: string): Opening[] {
  if (outwardTypes.test(type)) return [];
  const found: Opening[] = [];
  const left: { value: Value; path: string; ports: Ports | undefined }[] = [{ value: side, path: '', ports: undefined }];
  for (let next = left.pop(); next; next = left.pop()) {
    const { value, path, ports } = next;
    const name = /[^.]*$/.exec(path)?.[0] ?? '';
    if (typeof value === 'string' && (isWide(value) || (/^pl-\w+$/.test(value) && /prefix_list/.test(name))))
      found.push({ ports, path, source: value });
    else if (value instanceof Unknown && isIngress(type, path, name)) found.push({ ports, path, source: untold });
    else if (isArray(value)) left.push(...value.map((one) => ({ value: one, path, ports })));
    else if (isRecord(value) && !isShut(value)) {
      const own = portsIn(value) ?? ports;
      const inside = Object.entries(value).filter(([key]) => !outward.test(key));
      left.push(...inside.map(([key, one]) => ({ value: one, path: path === '' ? key : `${path}.${key}`, ports: own })));
    }
  }
  return found.reverse();
}

/** Only where addresses are let in is one that nobody can tell worth a word. */
function isIngress(type: string, path: string, name: string): boolean {
  return (
    (/ingress|security_group|network_acl|prefix_list|ip_set/.test(`${type} ${path}`) && addressed.test(name)) ||
    name === 'ingress' ||
    /public_access_cidrs/.test(name)
  );
}

/** A rule for what goes out, or one that forbids. */
function isShut(block: Readonly<Record<string, Value>>): boolean {
  const does = valueAt(block, 'rule_action') ?? valueAt(block, 'action');
  return valueAt(block, 'type') === 'egress' || valueAt(block, 'egress') === true || does === 'deny';
}

function portsIn(block: Readonly<Record<string, Value>>): Ports | undefined {
  const given = valueAt(block, 'protocol') ?? valueAt(block, 'ip_protocol');
  if (given === undefined && valueAt(block, 'from_port') === undefined) return undefined;
  const port = (value: Value | undefined, other: number) => (typeof value === 'number' && value >= 0 ? value : other);
  const protocol = typeof given === 'object' ? '-1' : String(given ?? '-1');
  const isAll = protocol === '-1' || protocol === 'all';
  return {
    protocol: isAll ? '-1' : protocol,
    from: isAll ? 0 : port(valueAt(block, 'from_port'), 0),
    to: isAll ? 65_535 : port(valueAt(block, 'to_port'), 65_535),
  };
}

/** Half of the internet is no narrower than all of it; nobody's own network is as large as this. */
function isWide(cidr: string): boolean {
  const [address = '', length = ''] = cidr.split('/');
  if (!/^\d+$/.test(length)) return false;
  return address.includes(':') ? Number(length) < 16 : Number(length) < 8;
}

function isWithin(one: Opening, by: Opening): boolean {
  const isSame = one.source === by.source || (by.source.endsWith('/0') && by.source.includes(':') === one.source.includes(':'));
  if (!isSame || one.ports === undefined || by.ports === undefined) return isSame && one.ports === by.ports;
  return (
    (by.ports.protocol === '-1' || by.ports.protocol === one.ports.protocol) &&
    by.ports.from <= one.ports.from &&
    by.ports.to >= one.ports.to
  );
}

function portWords({ protocol, from, to }: Ports): string {
  if (protocol === '-1') return 'every port';
  return `${code(protocol)} ${from === to ? code(String(from)) : `${code(String(from))} to ${code(String(to))}`}`;
}

/** Who may call a runtime or a gateway by a token. Without a word on it, whoever has the right in IAM may: that is no opening by itself. */
function callerLooks({ type, action, before, after }: Seen): string[] {
  if (action === 'create' || !/^aws_bedrockagentcore_(?:agent_runtime|gateway)$/.test(type)) return [];
  const [old, next] = [before, after].map((side) => {
    const found = at(side, 'authorizer_configuration', 'custom_jwt_authorizer');
    return found !== undefined && isArray(found) ? found[0] : found;
  });
  if (isEmpty(old) || next instanceof Unknown) return [];
  if (old instanceof Hidden && next instanceof Hidden)
    return old.equals(next)
      ? []
      : ['who may call it changes, and is sensitive, so that it cannot be compared (`authorizer_configuration`)'];
  if (isEmpty(next)) return ['whoever calls it is no longer asked for a token (`authorizer_configuration` is taken out)'];
  const issuer =
    valueAt(old ?? null, 'discovery_url') === valueAt(next ?? null, 'discovery_url') ? [] : ['believes the tokens of another issuer'];
  const lists = ['allowed_audience', 'allowed_clients', 'allowed_scopes'].flatMap((name) => {
    const [was, is] = [textsOf(old ?? null, [name]), textsOf(next ?? null, [name])];
    if (was.length > 0 && is.length === 0) return [`no longer looks at who a token is for (${code(name)} is empty)`];
    const more = is.filter((text) => !was.includes(text));
    return was.length === 0 || more.length === 0
      ? []
      : [`more may call it (${code(name)}: with ${more.map((text) => code(text)).join(', ')})`];
  });
  return [...issuer, ...lists];
}

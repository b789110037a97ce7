import { isArray, isEmpty } from '../plan/attribute-differences.ts';
import { Hidden, textsOf, Unknown, type Value, valueAt } from '../secrets/masked-value.ts';
import { code } from '../words/markdown.ts';
import { at, blocksAt, type Seen } from './seen.ts';

/** What is reached by more people, or by a key that never ends, from now on; each as one sentence. */
export function openingLooks(seen: Seen): string[] {
  if (seen.action === 'no-op' || seen.action === 'delete' || seen.action === 'forget') return [];
  const isMade = seen.action === 'create' || seen.action.startsWith('replace');
  const key = isMade && Object.hasOwn(keys, seen.type) ? [keys[seen.type] ?? ''] : [];
  return [...key, ...ingressLooks(seen), ...callerLooks(seen)];
}

/** What gives somebody rights without an end, whose secret lies in Terraform's state. */
const keys: Readonly<Record<string, string>> = {
  aws_iam_access_key: 'is a key of AWS that never expires, and its secret stands in Terraform’s state',
  aws_iam_service_specific_credential: 'is a password of a service, and stands in Terraform’s state',
  aws_iam_user_login_profile: 'is a password for the console, and stands in Terraform’s state',
  tls_private_key: 'is a private key that stands in Terraform’s state',
};

type Opening = { readonly protocol: string; readonly from: number; readonly to: number; readonly cidr: string };

function ingressLooks({ type, before, after }: Seen): string[] {
  const old = openingsOf(type, before);
  const fresh = openingsOf(type, after).filter((one) => !old.some((by) => isWithin(one, by)));
  return fresh.map((one) => `opens ${portWords(one)} to ${code(one.cidr)}, which is anyone on the internet`);
}

function openingsOf(type: string, side: Value): Opening[] {
  switch (type) {
    case 'aws_security_group':
    case 'aws_default_security_group':
      return blocksAt(side, 'ingress').flatMap(openingsIn);
    case 'aws_network_acl':
    case 'aws_default_network_acl':
      return blocksAt(side, 'ingress').flatMap((block) => (valueAt(block, 'action') === 'allow' ? openingsIn(block) : []));
    case 'aws_security_group_rule':
      return valueAt(side, 'type') === 'ingress' ? openingsIn(side) : [];
    case 'aws_network_acl_rule':
      return valueAt(side, 'egress') !== true && valueAt(side, 'rule_action') === 'allow' ? openingsIn(side) : [];
    case 'aws_vpc_security_group_ingress_rule':
      return openingsIn(side);
    default:
      return [];
  }
}

function openingsIn(block: Value): Opening[] {
  const cidrs = ['cidr_blocks', 'ipv6_cidr_blocks', 'cidr_block', 'ipv6_cidr_block', 'cidr_ipv4', 'cidr_ipv6'].flatMap((name) => {
    const value = valueAt(block, name) ?? null;
    return isArray(value) ? value : [value];
  });
  const port = (value: Value | undefined, other: number) => (typeof value === 'number' && value >= 0 ? value : other);
  const protocol = String(valueAt(block, 'protocol') ?? valueAt(block, 'ip_protocol') ?? '-1');
  const isAll = protocol === '-1' || protocol === 'all';
  return cidrs.flatMap((cidr) =>
    typeof cidr === 'string' && isWide(cidr)
      ? [
          {
            cidr,
            protocol: isAll ? '-1' : protocol,
            from: isAll ? 0 : port(valueAt(block, 'from_port'), 0),
            to: isAll ? 65_535 : port(valueAt(block, 'to_port'), 65_535),
          },
        ]
      : [],
  );
}

/** Half of the internet is no narrower than all of it; nobody's own network is as large as this. */
function isWide(cidr: string): boolean {
  const [address = '', length = ''] = cidr.split('/');
  if (!/^\d+$/.test(length)) return false;
  return address.includes(':') ? Number(length) < 16 : Number(length) < 8;
}

function isWithin(one: Opening, by: Opening): boolean {
  const isSameSource = one.cidr === by.cidr || (by.cidr.endsWith('/0') && by.cidr.includes(':') === one.cidr.includes(':'));
  return isSameSource && (by.protocol === '-1' || by.protocol === one.protocol) && by.from <= one.from && by.to >= one.to;
}

function portWords({ protocol, from, to }: Opening): string {
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

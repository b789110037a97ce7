import type { Problem, ServerData } from './server-data.ts';

/** How the gateway shows a server behind it who calls; neither for one that is open to everybody. */
export interface GatewayCredential {
  /** The prefix stands before the key, with a space between. */
  readonly apiKey?: { readonly header: string; readonly prefix: string; readonly key: string };
  readonly oauth?: {
    /** As it is, or a key. */
    readonly clientId: { readonly text: string } | { readonly key: string };
    readonly secretKey: string;
    readonly tokenUrl: string;
    readonly scopes: readonly string[];
  };
}

/** Of a server that may stand behind the gateway. */
export function gatewayCredentialOf({ headers = {}, oauth }: ServerData): GatewayCredential {
  const [[header, value] = []] = Object.entries(headers);
  const { prefix = '', key } = keyAtTheEnd(value ?? '') ?? {};
  const secretKey = onlyKeyIn(oauth?.clientSecret ?? '');
  const idKey = onlyKeyIn(oauth?.clientId ?? '');
  return {
    ...(header && key ? { apiKey: { header, prefix, key } } : {}),
    ...(oauth?.tokenUrl && secretKey
      ? {
          oauth: {
            clientId: idKey ? { key: idKey } : { text: oauth.clientId },
            secretKey,
            tokenUrl: oauth.tokenUrl,
            scopes: oauth.scope?.split(' ').filter(Boolean) ?? [],
          },
        }
      : {}),
  };
}

/** The keys that whoever deploys gives to the gateway: Terraform's variables are called like them. */
export function gatewayKeysOf(data: ServerData): string[] {
  const { apiKey, oauth } = gatewayCredentialOf(data);
  const keys = [apiKey?.key, oauth && 'key' in oauth.clientId ? oauth.clientId.key : undefined, oauth?.secretKey];
  return keys.flatMap((key) => key ?? []);
}

/** AgentCore's own targets, made of OpenAPI documents, by what people call them. */
export const apiTargets: Readonly<Record<string, string>> = { jira: 'Jira', confluence: 'Confluence', pagerduty: 'PagerDuty' };

/** What a direct connection can and the gateway cannot. */
export function problemsBehindGateway(data: ServerData): Problem[] {
  const { name, url = '', reads, actsAs, privateNetwork, timeouts, headers = {}, oauth } = data;
  const values = Object.values(headers);
  const found: { path: Problem['path']; message: string | false }[] = [
    { path: ['name'], message: Object.hasOwn(apiTargets, name) && `${name} is a target of the gateway already: choose another name` },
    { path: ['url'], message: !url.startsWith('https://') && 'the gateway takes an address that begins with https:// only' },
    {
      path: ['reads'],
      message: reads === 'annotated' && 'nobody says whether the gateway passes annotations on: name the tools that only read',
    },
    { path: ['actsAs'], message: actsAs !== undefined && onlyDirect },
    { path: ['privateNetwork'], message: privateNetwork === true && 'the gateway reaches public addresses: let it stay direct' },
    {
      path: ['timeouts', 'openSeconds'],
      message: timeouts?.openSeconds !== undefined && 'the gateway opens it by itself: only callSeconds counts',
    },
    {
      path: ['headers'],
      message:
        (values.length > 1 || values.some((value) => !keyAtTheEnd(value)) || (values.length > 0 && oauth !== undefined)) && oneHeader,
    },
    // Terraform's provider asks for scopes, and gives back none where it was given an empty list.
    { path: ['oauth', 'scope'], message: oauth !== undefined && !oauth.scope?.trim() && 'the gateway has to ask for one: name it' },
    {
      path: ['oauth', 'tokenUrl'],
      message: oauth !== undefined && oauth.tokenUrl === undefined && 'the gateway does not find it out: name it',
    },
    {
      path: ['oauth'],
      message:
        oauth !== undefined &&
        (!onlyKeyIn(oauth.clientSecret) || (oauth.clientId.includes('${') && !onlyKeyIn(oauth.clientId))) &&
        wholeKeys,
    },
  ];
  return found.flatMap(({ path, message }) => (message ? [{ path, message }] : []));
}

const onlyDirect = 'what is changed as a person needs that person’s own token, which only a direct connection carries';
const oneHeader = 'the gateway sends one header, its key at the end, instead of oauth: { authorization: "Bearer ${KEY}" }';
const wholeKeys = 'behind the gateway clientSecret is a key and nothing else, clientId a key or none: "${KEY}"';

/** AgentCore puts a space between prefix and key, and takes 64 characters of a prefix. */
function keyAtTheEnd(value: string): { readonly prefix: string; readonly key: string } | undefined {
  const [, prefix = '', key] = /^(?:([^$]{1,64}) )?\$\{(\w+)\}$/.exec(value) ?? [];
  return key === undefined ? undefined : { prefix, key };
}

function onlyKeyIn(value: string): string | undefined {
  return /^\$\{(\w+)\}$/.exec(value)?.[1];
}

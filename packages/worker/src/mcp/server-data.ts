import * as z from 'zod/mini';
import { accountSecrets, workerSecrets } from '../secrets.ts';

const text = () => z.string().check(z.minLength(1));
const seconds = (most: number) => z.optional(z.number().check(z.minimum(1), z.maximum(most)));
const toolNames = () => z.array(text());
const texts = () => z.optional(z.record(z.string(), z.string()));

const shape = z.strictObject({
  name: z.string().check(z.regex(/^[a-z][a-z0-9]{0,15}$/, 'lower-case letters and digits, a letter first, at most 16 characters')),
  /** What people call it; the name otherwise. */
  title: z.optional(z.string().check(z.regex(/^[^<>"\n\r]{1,60}$/, 'one line of at most 60 characters, without < > "'))),
  /** Streamable HTTP. */
  url: z.optional(text()),
  /** A program, spoken to over stdio. */
  command: z.optional(text()),
  args: z.optional(z.array(z.string())),
  /** `${KEY}` stands for a key of the worker's secret. */
  headers: texts(),
  environment: texts(),
  /** Client credentials; the token endpoint is found out where it is not named. */
  oauth: z.optional(z.strictObject({ clientId: text(), clientSecret: text(), scope: z.optional(text()), tokenUrl: z.optional(text()) })),
  /** Tools that change nothing, by exact name, or all that the server says so of. Everything else is a write. */
  reads: z.union([z.literal('annotated'), toolNames()], 'the exact names of the tools that only read, or "annotated"'),
  /** Writes that may be done again after a crash, by exact name: with the same arguments they change nothing more. */
  repeatable: z.optional(toolNames()),
  /** Never offered; `*` stands for any characters. */
  denies: z.optional(toolNames()),
  timeouts: z.optional(z.strictObject({ openSeconds: seconds(120), callSeconds: seconds(600) })),
  /** Whose account its writes need; without headers or oauth of its own everything is done with that person's token. */
  actsAs: z.optional(z.enum(['atlassian', 'github'], 'atlassian or github')),
  /** Whether its address may be one of a private network or of this machine. */
  privateNetwork: z.optional(z.boolean()),
  via: z.optional(z.enum(['direct', 'gateway'], 'direct or gateway')),
  /** Of the keys that the gateway has: raise it when they changed, for Terraform never stores them. */
  keyVersion: z.optional(z.int().check(z.minimum(1))),
});

/** A server of tools, as it stands in settings. */
export type ServerData = z.output<typeof shape>;
const placeholder = /\$\{([^}]*)\}/g;

/** The keys of the worker's secret that it needs. */
export function keysOf({ headers, environment, oauth, via }: ServerData): string[] {
  // Behind the gateway the gateway has them.
  if (via === 'gateway') return [];
  const values = [headers, environment, oauth].flatMap((part) => Object.values<string | undefined>(part ?? {}));
  return [...new Set(values.flatMap((value = '') => keysIn(value)))];
}

/** `Bearer ${KEY}` with the key in its place. */
export function withKeys(value: string, keyOf: (name: string) => string): string {
  return value.replace(placeholder, (_, name: string) => keyOf(name));
}

function keysIn(value: string): string[] {
  return [...value.matchAll(placeholder)].map(([, name = '']) => name);
}

export interface Problem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** What is wrong with data of a server that came from outside. */
export function problemsOfServer(entry: unknown): Problem[] {
  const { data, error } = shape.safeParse(entry);
  if (data) return contradictionsIn(data);
  return error.issues.map((issue) => ({ path: issue.path as (string | number)[], message: wordsOf(issue) }));
}

function wordsOf({ code, message, ...rest }: z.core.$ZodIssue): string {
  if (code === 'unrecognized_keys' && 'keys' in rest)
    return `there is no ${rest.keys.join(', ')}; there are ${Object.keys(shape.shape).join(', ')}`;
  if (code === 'invalid_type' && 'expected' in rest)
    return rest.expected === 'object' ? 'a name or an object with one' : `a ${rest.expected} is needed`;
  if (code === 'too_small' || code === 'too_big') return 'this is too small or too large';
  return message;
}

const needsUrl = ['headers', 'oauth', 'actsAs', 'privateNetwork'] as const;
const needsCommand = ['args', 'environment'] as const;

function contradictionsIn(data: ServerData): Problem[] {
  const { url, command, headers = {}, oauth, via, args = [] } = data;
  const isPrivateAllowed = data.privateNetwork === true;
  const misplaced = (url === undefined ? needsUrl : needsCommand).filter((field) => data[field] !== undefined);
  const values = Object.entries({ headers, environment: data.environment, oauth }).flatMap(([field, pairs]) =>
    Object.entries<string | undefined>(pairs ?? {}).map(([name, value = '']) => ({ field, name, value })),
  );
  const found: { path: Problem['path']; message: string | false | undefined }[] = [
    {
      path: ['name'],
      message: data.name === 'other' && 'other is what the errors of all tools without a name are counted under: choose another',
    },
    { path: ['url'], message: (url === undefined) === (command === undefined) && 'exactly one of url and command is needed' },
    ...misplaced.map((field) => ({ path: [field], message: `only a server with a ${url === undefined ? 'url' : 'command'} has this` })),
    { path: ['url'], message: url !== undefined && problemOfUrl(url, isPrivateAllowed) },
    { path: ['via'], message: via === 'gateway' && url === undefined && 'only a server with a url can stand behind the gateway' },
    {
      path: ['keyVersion'],
      message: data.keyVersion !== undefined && via !== 'gateway' && 'only keys that the gateway has need a version',
    },
    { path: ['oauth', 'tokenUrl'], message: oauth?.tokenUrl !== undefined && problemOfUrl(oauth.tokenUrl, isPrivateAllowed) },
    { path: ['repeatable'], message: data.repeatable && data.actsAs === undefined && 'writes are offered only with actsAs' },
    { path: ['headers'], message: oauth && hasAuthorization(headers) && 'authorization is what oauth gives: only one of both' },
    ...values.map(({ field, name, value }) => ({ path: [field, name], message: problemOfValue(field, name, value) })),
    ...args.map((argument, index) => ({ path: ['args', index], message: argument.includes('${') && keyInArguments })),
  ];
  return found.flatMap(({ path, message }) => (message ? [{ path, message }] : []));
}

const keyInArguments = 'everybody on the machine sees arguments: a key goes into environment';

function hasAuthorization(headers: Readonly<Record<string, string>>): boolean {
  return Object.keys(headers).some((name) => name.toLowerCase() === 'authorization');
}

/** A key goes there. */
export function problemOfUrl(given: string, isPrivateAllowed: boolean): string | undefined {
  if (!URL.canParse(given)) return 'this is no address: https://…';
  const { protocol, hostname, username, password } = new URL(given);
  if (username || password || given.includes('${')) return 'an address holds no key: it goes into headers';
  if (!isConfidential({ protocol, hostname })) return 'the address must begin with https://';
  return isThisMachine(hostname) && !isPrivateAllowed ? 'an address of this machine needs privateNetwork: true' : undefined;
}

/** Whether nobody on the way can read along: in the clear only this machine is spoken to. */
export function isConfidential({ protocol, hostname }: Pick<URL, 'protocol' | 'hostname'>): boolean {
  return protocol === 'https:' || (protocol === 'http:' && isThisMachine(hostname));
}

function isThisMachine(hostname: string): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
}

/** Our own: they are for nobody else. */
const ownKeys = new Set(
  ['SLACK_SIGNING_SECRET', 'SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET'].concat(
    Object.keys(workerSecrets.shape),
    Object.keys(accountSecrets.shape),
  ),
);
const isSecretName = /(^|[-_])(authorization|cookie|token|secret|password|passwd|key)$/i;
const isFixedHeader = /^(host|connection|content-length|content-type|transfer-encoding|accept|mcp-.*)$/i;

function problemOfValue(field: string, name: string, value: string): string | undefined {
  const keys = keysIn(value);
  if (withKeys(value, () => '').includes('${')) return 'a } is missing after ${';
  const wrong = keys.find((key) => !/^[A-Za-z_]\w*$/.test(key));
  if (wrong !== undefined) return `\${${wrong}} is no key of the secret: write \${NAME_OF_KEY}`;
  const own = keys.find((key) => ownKeys.has(key));
  if (own) return `${own} is Vera’s own and goes to no other server`;
  if (field === 'environment') {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return 'a variable has letters, digits and _';
    return keys.length === 0 && isSecretName.test(name) ? secretInSettings : undefined;
  }
  if (field === 'oauth') return name === 'clientSecret' && keys.length === 0 ? secretInSettings : undefined;
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name) || isFixedHeader.test(name)) return 'this header cannot be set';
  if (/[^\t\x20-\x7e]/.test(value)) return 'a header holds plain characters of one line';
  return keys.length === 0 && isSecretName.test(name) ? secretInSettings : undefined;
}

const secretInSettings = 'a key does not stand in settings: put it into the secret, and ${ITS_NAME} here';

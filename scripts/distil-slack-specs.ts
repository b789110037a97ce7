/**
 * Distils what the Slack emulator is held to from a folder with `methods/` (Slack's published method specifications, from
 * github.com/slack-ruby/slack-api-ref, MIT) and `events/` and `interactive/` (key sets of real payloads, from the json-logs of
 * github.com/slackapi/java-slack-sdk, MIT):
 *
 *   node scripts/distil-slack-specs.ts <that folder>
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Published {
  /** The older pages name the scopes so; those under `docs.slack.dev/methods` of the same repository by kind of token. */
  readonly scope?: string | { readonly bot?: readonly string[]; readonly user?: readonly string[] };
  readonly scope_by_token_type?: { readonly granular_bot?: string };
  readonly user_scope_only?: boolean;
  readonly rate_limits: string;
  readonly json_input_supported?: boolean | null;
  readonly args: { readonly required?: readonly string[]; readonly properties: Readonly<Record<string, PublishedArgument>> };
  readonly output?: { readonly required?: readonly string[] } | null;
  readonly errors?: Readonly<Record<string, unknown>>;
  readonly warnings?: Readonly<Record<string, unknown>>;
}

interface PublishedArgument {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly anyOf?: readonly PublishedArgument[];
}

interface Spec {
  needsToken: boolean;
  userTokenOnly: boolean;
  required: string[];
  args: Record<string, { kind: string; enum?: readonly string[] }>;
  /** Any one of them is enough. */
  scopes: readonly string[];
  tier: string;
  json: boolean;
  errors: string[];
  warnings: string[];
  output: readonly string[];
}

/** Sent as JSON in a form field, though the specification calls most of them strings. */
const jsonArguments = new Set(
  'attachments blocks chunks file_ids files loading_messages metadata prompts unfurled_attachments view'.split(' '),
);

/** `methods/_errors/common.json` of the same repository: any method may answer these. */
const anyMethod = (
  'access_denied accesslimited account_inactive deprecated_endpoint ekm_access_denied enterprise_is_restricted fatal_error ' +
  'internal_error invalid_arg_name invalid_arguments invalid_array_arg invalid_auth invalid_charset invalid_form_data invalid_post_type ' +
  'is_bot method_deprecated missing_post_type missing_scope no_permission not_allowed_token_type not_authed org_login_required ' +
  'ratelimited request_timeout service_unavailable team_added_to_org token_expired token_revoked two_factor_setup_required unknown_method'
).split(' ');

/** Where Slack does otherwise than it publishes, as seen on the wire or in its own SDK and guides. */
function correct(specs: Record<string, Spec>): void {
  const of = (name: string): Spec => {
    const spec = specs[name];
    if (!spec) throw new Error(`no specification of ${name}`);
    return spec;
  };
  // The SDK's ChatStreamer sends chunks and no markdown_text.
  of('chat.appendStream').required = ['channel', 'ts'];
  // Published as optional; without it Slack answers this error (measured August 2026).
  of('chat.startStream').errors.push('invalid_thread_ts');
  // In the SDK's types and in the guide to agent sessions, not yet on the method's page.
  of('chat.stopStream').args.session_status = { kind: 'string', enum: ['active', 'processing', 'suspended', 'closed'] };
  of('agents.sessions.setStatus').warnings.push('missing_agent_session_stopped_event_subscription');
  // The SDK spells it so; the page says alt_txt.
  of('files.getUploadURLExternal').args.alt_text = { kind: 'string' };
  // Named by kind of right only; the scopes are those of conversations.info.
  of('users.conversations').scopes = of('conversations.info').scopes;
  // "Special": 10 a minute and more (https://docs.slack.dev/reference/methods/assistant.search.context), which also has these arguments.
  const search = of('assistant.search.context');
  search.tier = 'search';
  search.args.include_archived_channels = { kind: 'boolean' };
  search.args.disable_semantic_search = { kind: 'boolean' };
}

const [folder] = process.argv.slice(2);
if (!folder) throw new Error('usage: node scripts/distil-slack-specs.ts <folder with methods, events and interactive>');
const standIn = new URL('../packages/stand-ins/slack/', import.meta.url);
const specs = Object.fromEntries(jsonIn(join(folder, 'methods')).map(([name, published]) => [name, distil(published as Published)]));
correct(specs);
write('src/api/method-specs.generated.json', 'github.com/slack-ruby/slack-api-ref @f4837c0c, MIT', { anyMethod, methods: specs });
const payloads = ['events', 'interactive'].flatMap((kind) => jsonIn(join(folder, kind)));
const keys = Object.fromEntries(payloads.map(([name, payload]) => [name, keysOf(payload as Record<string, unknown>)]));
write('test/payload-keys.generated.json', 'github.com/slackapi/java-slack-sdk json-logs, MIT', { payloads: keys });

function jsonIn(path: string): [name: string, content: unknown][] {
  const files = readdirSync(path).filter((file) => file.endsWith('.json') && !file.startsWith('_'));
  return files.sort().map((file) => [file.slice(0, -'.json'.length), JSON.parse(readFileSync(join(path, file), 'utf8'))]);
}

function write(path: string, source: string, content: object): void {
  const text = JSON.stringify({ source: `${source}; distilled by scripts/distil-slack-specs.ts`, ...content }, null, 1);
  writeFileSync(new URL(path, standIn), `${text}\n`);
  console.log(path);
}

/** The keys of the payload and of each object directly in it. */
function keysOf(payload: Record<string, unknown>): Record<string, string[]> {
  const objects = Object.entries(payload).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value] as const);
  const inner = objects.filter(([, value]) => typeof value === 'object' && value !== null);
  return { '': Object.keys(payload), ...Object.fromEntries(inner.map(([name, value]) => [name, Object.keys(value as object)])) };
}

function distil(published: Published): Spec {
  const { token, ...args } = published.args.properties;
  const userTokenOnly = published.user_scope_only ?? false;
  return {
    needsToken: token !== undefined,
    userTokenOnly,
    required: (published.args.required ?? []).filter((name) => name !== 'token'),
    args: Object.fromEntries(Object.entries(args).map(([name, argument]) => [name, kindOf(name, argument)])),
    scopes: scopesOf(published),
    tier: published.rate_limits,
    json: published.json_input_supported ?? false,
    errors: Object.keys(published.errors ?? {}),
    warnings: Object.keys(published.warnings ?? {}),
    output: published.output?.required ?? [],
  };
}

function scopesOf({ scope, scope_by_token_type: byToken, user_scope_only: isUserOnly }: Published): readonly string[] {
  if (typeof scope === 'object') return (isUserOnly ? scope.user : scope.bot) ?? [];
  return byToken?.granular_bot === undefined ? [] : [byToken.granular_bot];
}

function kindOf(name: string, argument: PublishedArgument): { kind: string; enum?: readonly string[] } {
  if (jsonArguments.has(name)) return { kind: 'json' };
  const kind = argument.type ?? argument.anyOf?.[0]?.type ?? 'string';
  const values = argument.enum ?? argument.anyOf?.[0]?.enum;
  return { kind: kind === 'integer' ? 'number' : kind, ...(values ? { enum: values } : {}) };
}

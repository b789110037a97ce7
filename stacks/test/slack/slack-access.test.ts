import { describe, expect, it } from 'vitest';
import { slackAccessOf } from '../../slack/slack-access.ts';
import { methodsCalled } from './methods-called.ts';
import { productionSources, sourceText } from './production-sources.ts';

const specifications = JSON.parse(sourceText('packages/stand-ins/slack/src/api/method-specs.generated.json')) as {
  methods: Record<string, { scopes: string[] }>;
};

/** Slack's documentation of each event: https://docs.slack.dev/reference/events */
const scopeOfEvent: Readonly<Record<string, string | undefined>> = {
  app_home_opened: undefined,
  app_mention: 'app_mentions:read',
  'message.channels': 'channels:history',
  'message.groups': 'groups:history',
  'message.im': 'im:history',
  'message.mpim': 'mpim:history',
  agent_session_stopped: undefined,
  reaction_added: 'reactions:read',
  app_context_changed: undefined,
  // Of private channels groups:read, for one of the two is enough.
  member_joined_channel: 'channels:read',
};

/** Slack gives it to every agent, and to no other app. */
const ofAgents = 'assistant:write';
/** Of apps that were agents before there was `agent_view`, which are told of nothing else; ours is told of its opened messages. */
const ofOldAgents = ['assistant_thread_started', 'assistant_thread_context_changed'];

describe('the scopes', () => {
  const methods = methodsCalled(productionSources());
  const ofMethods = methods.flatMap((method) => specifications.methods[method]?.scopes ?? []);

  it('are those of the methods the code calls and of the events it is sent, no more and no fewer', () => {
    const { scopes, events } = slackAccessOf({ agent: false, readsSlack: true });
    const ofEvents = Object.keys(events).flatMap((event) => scopeOfEvent[event] ?? []);
    // Slash command and shortcut need one of their own: https://docs.slack.dev/reference/scopes/commands
    const needed = [...ofMethods, ...ofEvents, 'commands'].filter((scope) => scope !== ofAgents);
    expect(sorted(Object.keys(scopes))).toEqual(sorted(needed));
  });

  it('of an agent add only what Slack adds to every agent', () => {
    const additions = Object.keys(slackAccessOf({ agent: true, readsSlack: true }).scopes).filter(
      (scope) => !(scope in slackAccessOf({ agent: false, readsSlack: true }).scopes),
    );
    expect(additions).toEqual([ofAgents]);
  });

  it('are fewer where no channels are read and no messages searched', () => {
    const { scopes, events } = slackAccessOf({ agent: true, readsSlack: false });
    const all = slackAccessOf({ agent: true, readsSlack: true });
    expect(Object.keys(all.scopes).filter((scope) => !(scope in scopes))).toEqual(['search:read.public']);
    expect(events).toEqual(all.events);
  });

  it('rest on methods that Slack specifies', () => {
    expect(methods.filter((method) => !(method in specifications.methods))).toEqual([]);
    expect(methods).toContain('conversations.replies');
  });

  it('rest on all methods: none is named but where it is called', () => {
    const named = productionSources().flatMap(({ text }) =>
      [...text.matchAll(/['"`]([a-z]+(?:\.[a-zA-Z0-9]+)+)['"`]/g)].map(([, name = '']) => name),
    );
    expect(sorted(named.filter((name) => name in specifications.methods))).toEqual(methods);
  });

  it("rest on all calls: Slack's client is in one file, which leaves the method to its caller", () => {
    const users = productionSources().filter(({ text }) => text.includes("'@slack/web-api'"));
    expect(users.map(({ path }) => path)).toEqual(['packages/slack/src/slack-calls.ts']);
    expect(users[0]?.text.match(/\bclient\.\w+/g)).toEqual(['client.apiCall']);
  });

  it('are those the emulator grants, so that a missing one fails the flow on this machine', () => {
    const [, list = ''] =
      /defaultScopes: readonly string\[\] = \[([^\]]+)\]/.exec(sourceText('packages/stand-ins/slack/src/state/create-world.ts')) ?? [];
    const granted = [...list.matchAll(/'([a-z_:.]+)'/g)].map(([, scope = '']) => scope);
    expect(granted).toEqual(sorted(Object.keys(slackAccessOf({ agent: true, readsSlack: true }).scopes)));
  });
});

describe('the events', () => {
  it('are those the receiver understands, no more and no fewer', () => {
    const [, list = ''] = /knownTypes = new Set\(\[([^\]]+)\]\)/.exec(sourceText('packages/protocol/src/classify-event.ts')) ?? [];
    const understood = [...list.matchAll(/'(\w+)'/g)].map(([, type = '']) => type);
    const subscribed = Object.keys(slackAccessOf({ agent: true, readsSlack: true }).events).map((event) => event.split('.')[0] ?? '');
    expect(sorted([...subscribed, ...ofOldAgents])).toEqual(sorted(understood));
    expect(understood).toContain('app_mention');
  });

  it('have a known scope each', () => {
    expect(sorted(Object.keys(slackAccessOf({ agent: true, readsSlack: true }).events))).toEqual(sorted(Object.keys(scopeOfEvent)));
  });
});

it('gives a reason for each', () => {
  const { scopes, events } = slackAccessOf({ agent: true, readsSlack: true });
  for (const reason of [...Object.values(scopes), ...Object.values(events)]) expect(reason).toMatch(/^\w.{14,}/);
});

function sorted(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}

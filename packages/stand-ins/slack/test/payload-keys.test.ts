import { beforeAll, expect, test } from 'vitest';
import keys from './payload-keys.generated.json' with { type: 'json' };
import { startSlack } from './start-slack.ts';

type Payload = Record<string, unknown>;
const published = keys.payloads as Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** In captured traffic or in the SDK's types, though not in the published key sets. */
const captured = new Set([
  '.context_team_id',
  '.context_enterprise_id',
  'event.action_token',
  'event.app_id',
  'event.files',
  'event.parent_user_id',
  'event.team',
  'state.values',
]);

let received: Payload[];

beforeAll(async () => {
  await using started = await startSlack();
  const { slack, app, client } = started;
  const file = { name: 'a.png', mimetype: 'image/png', bytes: new Uint8Array(3) };
  const root = slack.post({ user: 'UANN', channel: 'COPS', text: '<@UVERA> hi', files: [file] });
  slack.post({ user: 'UANN', channel: 'COPS', text: '<@UVERA> plain' });
  slack.post({ user: 'UBOB', channel: 'COPS', text: 'to all', threadTs: root.ts, broadcast: true });
  slack.post({ user: 'UDEPLOY', channel: 'COPS', text: 'deployed' });
  slack.edit({ user: 'UANN', channel: 'COPS', ts: root.ts, text: 'edited' });
  const button = { type: 'button' as const, action_id: 'go', text: { type: 'plain_text' as const, text: 'Go' } };
  const { ts = '' } = await client.chat.postMessage({ channel: 'COPS', text: 'x', blocks: [{ type: 'actions', elements: [button] }] });
  await slack.click({ user: 'UANN', channel: 'COPS', messageTs: ts, actionId: 'go', value: '' });
  await client.chat.delete({ channel: 'COPS', ts });
  await client.views.publish({ user_id: 'UANN', view: { type: 'home', blocks: [] } });
  slack.openHome({ user: 'UANN', tab: 'home' });
  await slack.idle();
  received = app.received.map(({ json }) => json as Payload);
});

test.each([
  ['BlockAction', 'block_actions'],
  ['AppMention', 'app_mention'],
  ['AppHomeOpened', 'app_home_opened'],
  ['Message', 'message'],
  ['MessageFileShare', 'message file_share'],
  ['MessageThreadBroadcast', 'message thread_broadcast'],
  ['MessageChanged', 'message message_changed'],
  ['MessageDeleted', 'message message_deleted'],
])('%s has only keys that Slack sends', (name, kind) => {
  const payloads = received.filter((payload) => kindOf(payload) === kind);
  expect(payloads.length).toBeGreaterThan(0);
  const known = published[name] ?? {};
  for (const payload of payloads) {
    const unknown = Object.entries(known).flatMap(([place, names]) => {
      const object = place === '' ? payload : first(payload[place]);
      return Object.keys(object).filter((key) => !names.includes(key) && !captured.has(`${place}.${key}`));
    });
    expect(unknown).toEqual([]);
  }
});

function kindOf({ type, event }: Payload): string {
  const { type: eventType, subtype } = (event ?? {}) as Payload;
  return eventType === undefined ? String(type) : [eventType, subtype].filter(Boolean).join(' ');
}

function first(value: unknown): object {
  const object = Array.isArray(value) ? value[0] : value;
  return typeof object === 'object' && object !== null && !('elements' in object) ? object : {};
}

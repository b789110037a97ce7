import { expect, test } from 'vitest';
import { northwind } from './northwind.ts';
import { outcomeOf, type Started, startSlack } from './start-slack.ts';

const help = { user: 'UANN', channel: 'COPS', name: '/vera', text: ' help ' };

function respond(url: string, body: object): Promise<number> {
  return fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }).then(
    ({ status }) => status,
  );
}

async function commandOf({ slack, app }: Started, changes: Partial<typeof help> = {}) {
  await slack.command({ ...help, ...changes });
  const received = app.received.at(-1);
  return { ...received?.json, isSigned: received?.isSigned } as Record<string, string>;
}

test('a slash command comes as a signed form with the fields that Slack documents, once', async () => {
  await using started = await startSlack();
  const fields = await commandOf(started);
  expect(fields).toMatchObject({
    isSigned: true,
    team_id: 'T01',
    team_domain: 'northwind',
    channel_id: 'COPS',
    channel_name: 'ops',
    user_id: 'UANN',
    command: '/vera',
    text: 'help',
    is_enterprise_install: 'false',
  });
  expect(fields.response_url).toMatch(new RegExp(`^${started.slack.url}/commands/T01/`));
  expect(fields.trigger_id).toMatch(/^\d+\.\d+\.[0-9a-f]+$/);
  expect(await commandOf(started, { channel: 'DANN' })).toMatchObject({ channel_name: 'directmessage' });
  expect(started.slack.deliveries).toMatchObject([{ kind: 'command' }, { kind: 'command' }]);
});

test('works where the app is no member, and what it answers only that person sees', async () => {
  const channel = { id: 'CPRIV', name: 'board', kind: 'group' as const, members: ['UANN', 'UBOB'] };
  await using started = await startSlack({ workspace: { ...northwind, channels: [...northwind.channels, channel] } });
  const { slack, app } = started;
  app.answer = () => Response.json({ response_type: 'ephemeral', text: 'hello' });
  const fields = await commandOf(started, { channel: 'CPRIV' });
  expect(fields.channel_name).toBe('privategroup');
  expect(slack.ephemerals('UANN')).toMatchObject([{ channel: 'CPRIV', text: 'hello' }]);
  for (let uses = 0; uses < 5; uses += 1) expect(await respond(fields.response_url ?? '', { text: 'more' })).toBe(200);
  expect(await respond(fields.response_url ?? '', { text: 'too much' })).toBe(404);
  expect(slack.ephemerals('UANN')).toHaveLength(6);
  expect(slack.ephemerals('UBOB')).toEqual([]);
  expect(slack.messages('CPRIV')).toEqual([]);
});

test('a response URL of a command ends after half an hour', async () => {
  await using started = await startSlack();
  const { response_url = '' } = await commandOf(started);
  started.slack.advance(30 * 60_000 + 1);
  expect(await respond(response_url, { text: 'late' })).toBe(404);
});

test.each([
  ['nothing', () => new Response(null), []],
  ['a text', () => new Response('plain'), [{ text: 'plain' }]],
  ['no JSON after all', () => new Response('{"text":'), [{ text: '{"text":' }]],
  [
    'an error',
    () => new Response(null, { status: 500 }),
    [{ user: 'USLACKBOT', text: '/vera failed with the error "http_service_error"' }],
  ],
  [
    'a refusal',
    () => new Response(null, { status: 404 }),
    [{ user: 'USLACKBOT', text: '/vera failed with the error "http_client_error"' }],
  ],
])('whoever gave a command that was answered with %s sees what Slack makes of it', async (_, answer, seen) => {
  await using started = await startSlack();
  started.app.answer = answer;
  await commandOf(started);
  expect(started.slack.ephemerals('UANN')).toMatchObject(seen);
});

test('a command that nobody answers in time says so to the person, and does not come again', async () => {
  await using started = await startSlack({ ackTimeout: 200 });
  const { slack, app } = started;
  app.answer = () => new Promise<Response>(() => undefined);
  expect(await slack.command(help)).toEqual({ status: 0 });
  expect(slack.ephemerals('UANN')).toMatchObject([{ text: '/vera failed with the error "operation_timeout"' }]);
  slack.advance(600_000);
  await slack.idle();
  expect(app.received).toHaveLength(1);
});

test('there are no commands in threads, nor where a person is not', async () => {
  await using started = await startSlack();
  await expect(started.slack.command({ ...help, threadTs: '1.1' })).rejects.toThrow('not supported in threads');
  await expect(started.slack.command({ ...help, channel: 'DBOB' })).rejects.toThrow('is not in DBOB');
});

test('a shortcut on a message comes with the message and a time of its own, twice when it is clicked twice', async () => {
  await using started = await startSlack();
  const { slack, app } = started;
  const { ts } = slack.post({ user: 'UBOB', channel: 'COPS', text: 'look' });
  await slack.idle();
  app.received.length = 0;
  const shortcut = { user: 'UANN', channel: 'COPS', ts, callbackId: 'ask' };
  expect(await slack.shortcut(shortcut)).toEqual({ status: 200 });
  await slack.shortcut(shortcut);
  const [first, second] = app.received.map(({ json }) => json);
  expect(first).toMatchObject({
    type: 'message_action',
    callback_id: 'ask',
    team: { id: 'T01' },
    channel: { id: 'COPS', name: 'ops' },
    user: { id: 'UANN', team_id: 'T01' },
    message: { ts, user: 'UBOB', text: 'look' },
    message_ts: ts,
    enterprise: null,
  });
  expect(first.response_url).toContain('/app-actions/T01/');
  expect(second.action_ts).not.toBe(first.action_ts);
  expect(second.trigger_id).not.toBe(first.trigger_id);
  await expect(slack.shortcut({ ...shortcut, ts: '1.1' })).rejects.toThrow('no message 1.1');
});

const home = (text = 'Hello') => ({
  type: 'home' as const,
  blocks: [
    { type: 'section' as const, text: { type: 'mrkdwn' as const, text } },
    {
      type: 'actions' as const,
      elements: [{ type: 'button' as const, action_id: 'go', text: { type: 'plain_text' as const, text: 'Go' } }],
    },
  ],
});

test('a button of the home tab comes as a view: no channel, no message, no response URL', async () => {
  await using started = await startSlack();
  const { slack, app, client } = started;
  await client.views.publish({ user_id: 'UANN', view: home() });
  expect(slack.home('UANN')).toMatchObject({ type: 'home', bot_id: northwind.botId });
  expect(slack.home('UBOB')).toBeUndefined();
  await slack.pressHome({ user: 'UANN', actionId: 'go', value: '' });
  const payload = app.received.at(-1)?.json;
  expect(payload).toMatchObject({
    type: 'block_actions',
    container: { type: 'view' },
    view: { type: 'home' },
    actions: [{ action_id: 'go' }],
  });
  for (const absent of ['channel', 'message', 'response_url']) expect(payload).not.toHaveProperty(absent);
  await expect(slack.pressHome({ user: 'UANN', actionId: 'stop', value: '' })).rejects.toThrow('no stop');
});

test('home tabs are refused as Slack refuses them: switched off, stale, too large, with blocks it does not take', async () => {
  await using off = await startSlack({ homeTab: false });
  expect(await outcomeOf(off.client.views.publish({ user_id: 'UANN', view: home() }))).toBe('not_enabled');
  await using started = await startSlack();
  const publish = (view: ReturnType<typeof home>, hash?: string) =>
    outcomeOf(started.client.views.publish({ user_id: 'UANN', view, ...(hash ? { hash } : {}) }));
  expect(await publish(home())).toBe('ok');
  expect(await publish(home(), 'of-another-time')).toBe('hash_conflict');
  expect(await publish(home('x'.repeat(3_001)))).toBe('invalid_arguments');
  const many = { ...home(), blocks: Array.from({ length: 101 }, () => ({ type: 'divider' as const })) };
  expect(await outcomeOf(started.client.views.publish({ user_id: 'UANN', view: many }))).toBe('invalid_arguments');
  const large = { ...home(), private_metadata: 'x'.repeat(250_001) };
  expect(await outcomeOf(started.client.views.publish({ user_id: 'UANN', view: large }))).toBe('view_too_large');
});

import { expect, test } from 'vitest';
import { type Started, startSlack } from './start-slack.ts';
import { modal } from './valid-arguments.ts';

const approve = {
  type: 'actions' as const,
  block_id: 'appr',
  elements: [
    {
      type: 'button' as const,
      action_id: 'approval.approve',
      text: { type: 'plain_text' as const, text: 'Approve' },
      value: 'pa_1',
      style: 'primary' as const,
    },
  ],
};

async function clicked({ slack, app, client }: Started) {
  const root = slack.post({ user: 'UANN', channel: 'COPS', text: 'question' });
  const { ts = '' } = await client.chat.postMessage({ channel: 'COPS', thread_ts: root.ts, text: 'Create it?', blocks: [approve] });
  await slack.click({ user: 'UBOB', channel: 'COPS', messageTs: ts, actionId: 'approval.approve', value: 'pa_1' });
  const payload = app.received.find(({ json }) => json.type === 'block_actions')?.json;
  const respond = async (body: object) => {
    const response = await fetch(payload.response_url, { method: 'POST', body: JSON.stringify(body) });
    return `${response.status} ${await response.text()}`;
  };
  return { ts, root, payload, respond };
}

test('the payload of a click has the shape Slack documents', async () => {
  await using started = await startSlack();
  const { ts, root, payload } = await clicked(started);
  expect(payload).toMatchObject({
    type: 'block_actions',
    user: { id: 'UBOB', username: 'bob', name: 'bob', team_id: 'T01' },
    api_app_id: 'A01',
    container: { type: 'message', message_ts: ts, channel_id: 'COPS', is_ephemeral: false, thread_ts: root.ts },
    team: { id: 'T01', domain: 'northwind' },
    enterprise: null,
    is_enterprise_install: false,
    channel: { id: 'COPS', name: 'ops' },
    message: { user: 'UVERA', bot_id: 'B01', app_id: 'A01', ts, thread_ts: root.ts, text: 'Create it?' },
    state: { values: {} },
    actions: [
      {
        type: 'button',
        action_id: 'approval.approve',
        block_id: 'appr',
        value: 'pa_1',
        style: 'primary',
        text: { text: 'Approve', emoji: true },
      },
    ],
  });
  // The echo of the bot's own message is on its way at the same time, so the click need not be the last delivery.
  const clicks = started.slack.deliveries.filter(({ kind }) => kind === 'interaction');
  expect(clicks).toMatchObject([{ eventType: 'block_actions', status: 200 }]);
});

test('a click that nobody answers in time has the status 0, and is not sent again', async () => {
  await using started = await startSlack({ ackTimeout: 250 });
  const { slack, app, client } = started;
  const { ts = '' } = await client.chat.postMessage({ channel: 'COPS', text: 'x', blocks: [approve] });
  await slack.idle();
  app.received.length = 0;
  app.answer = () => new Promise<Response>(() => undefined);
  expect(await slack.click({ user: 'UBOB', channel: 'COPS', messageTs: ts, actionId: 'approval.approve', value: 'pa_1' })).toEqual({
    status: 0,
  });
  slack.advance(600_000);
  await slack.idle();
  expect(app.received).toHaveLength(1);
});

test('a button that is gone cannot be clicked', async () => {
  await using started = await startSlack();
  const { slack, client } = started;
  const { ts = '' } = await client.chat.postMessage({ channel: 'COPS', text: 'x', blocks: [approve] });
  await client.chat.update({ channel: 'COPS', ts, text: 'approved' });
  await expect(slack.click({ user: 'UBOB', channel: 'COPS', messageTs: ts, actionId: 'approval.approve', value: 'pa_1' })).rejects.toThrow(
    'no approval.approve',
  );
});

test('a response URL answers one person, the channel, or in place of the message', async () => {
  await using started = await startSlack();
  const { slack } = started;
  const { ts, root, respond } = await clicked(started);
  expect(await respond({ text: 'only you' })).toBe('200 ok');
  expect(slack.ephemerals('UBOB')).toMatchObject([{ text: 'only you' }]);
  expect(await respond({ text: 'all', response_type: 'in_channel', thread_ts: root.ts, replace_original: false })).toBe('200 ok');
  expect(slack.messages('COPS', root.ts).at(-1)).toMatchObject({ text: 'all' });
  expect(await respond({ text: 'Approved by Bob', replace_original: true })).toBe('200 ok');
  expect(slack.messages('COPS').find((message) => message.ts === ts)).toMatchObject({ text: 'Approved by Bob' });
  expect(await respond({ delete_original: true })).toBe('200 ok');
  expect(slack.messages('COPS').some((message) => message.ts === ts)).toBe(false);
  expect(await respond({})).toBe('400 {"ok":false,"error":"no_text"}');
  expect(await respond({ text: 'a sixth time' })).toBe('404 {"ok":false,"error":"used_url"}');
});

const reason = {
  type: 'input' as const,
  block_id: 'why',
  optional: true,
  label: { type: 'plain_text' as const, text: 'Reason' },
  element: { type: 'plain_text_input' as const, action_id: 'reason', max_length: 20 },
};

test('what was typed into the fields of a message comes with the click, an untouched field as null', async () => {
  await using started = await startSlack();
  const { slack, app, client } = started;
  const note = { ...reason, block_id: 'note', element: { ...reason.element, action_id: 'text', initial_value: 'as written' } };
  const { ts = '' } = await client.chat.postMessage({ channel: 'COPS', text: 'x', blocks: [reason, note, approve] });
  const place = { user: 'UBOB', channel: 'COPS', messageTs: ts, actionId: 'approval.approve', value: 'pa_1' };
  await slack.click(place);
  await slack.click({ ...place, values: { why: { reason: 'Wrong project' }, note: { text: '' } } });
  const states = app.received.filter(({ json }) => json.type === 'block_actions').map(({ json }) => json.state.values);
  const field = (value: string | null) => ({ type: 'plain_text_input', value });
  expect(states).toEqual([
    { why: { reason: field(null) }, note: { text: field('as written') } },
    { why: { reason: field('Wrong project') }, note: { text: field(null) } },
  ]);
  await expect(slack.click({ ...place, values: { why: { other: 'x' } } })).rejects.toThrow('no text field other in the block why');
  await expect(slack.click({ ...place, values: { why: { reason: 'x'.repeat(21) } } })).rejects.toThrow('at most 20 characters');
});

test('a button that opens a page sends its payload too, with the address', async () => {
  await using started = await startSlack();
  const { slack, app, client } = started;
  const open = { ...approve.elements[0]!, action_id: 'open', url: 'https://portal.example/connect' };
  const { ts = '' } = await client.chat.postMessage({ channel: 'COPS', text: 'x', blocks: [{ ...approve, elements: [open] }] });
  expect(await slack.click({ user: 'UBOB', channel: 'COPS', messageTs: ts, actionId: 'open', value: 'pa_1' })).toEqual({ status: 200 });
  expect(app.received.at(-1)?.json.actions).toMatchObject([{ action_id: 'open', url: 'https://portal.example/connect' }]);
});

test('a response URL answers privately in the thread, and changes or takes away what only that person sees', async () => {
  await using started = await startSlack();
  const { slack, app, client } = started;
  const { root, respond } = await clicked(started);
  await respond({ text: 'Not yours', response_type: 'ephemeral', replace_original: false, thread_ts: root.ts });
  expect(slack.ephemerals('UBOB')).toMatchObject([{ text: 'Not yours', thread_ts: root.ts, channel: 'COPS' }]);
  expect(slack.ephemerals('UANN')).toEqual([]);
  const place = { channel: 'COPS', user: 'UANN', thread_ts: root.ts };
  const { message_ts: hidden = '' } = await client.chat.postEphemeral({ ...place, text: 'Connect', blocks: [approve] });
  await slack.click({ user: 'UANN', channel: 'COPS', messageTs: hidden, actionId: 'approval.approve', value: 'pa_1' });
  const payload = app.received.findLast(({ json }) => json.type === 'block_actions')?.json;
  expect(payload.container).toMatchObject({ is_ephemeral: true, message_ts: hidden, thread_ts: root.ts });
  // What only one person sees is not sent along.
  expect(payload).not.toHaveProperty('message');
  const answer = (body: object) => fetch(payload.response_url, { method: 'POST', body: JSON.stringify(body) });
  await answer({ text: 'Connected', replace_original: true });
  expect(slack.ephemerals('UANN')).toMatchObject([{ ts: hidden, text: 'Connected' }]);
  await answer({ delete_original: true });
  expect(slack.ephemerals('UANN')).toEqual([]);
});

test('a private message in a thread without replies is accepted, and nobody sees it', async () => {
  await using started = await startSlack();
  const { slack, client } = started;
  const root = slack.post({ user: 'UANN', channel: 'COPS', text: 'question' });
  const place = { channel: 'COPS', user: 'UANN', thread_ts: root.ts };
  expect(await client.chat.postEphemeral({ ...place, text: 'too early' })).toMatchObject({ ok: true });
  await client.chat.postMessage({ channel: 'COPS', thread_ts: root.ts, text: 'a reply' });
  await client.chat.postEphemeral({ ...place, text: 'in time' });
  expect(slack.ephemerals('UANN').map(({ text }) => text)).toEqual(['in time']);
});

test('a response URL ends after half an hour', async () => {
  await using started = await startSlack();
  const { respond } = await clicked(started);
  started.slack.advance(30 * 60_000 + 1);
  expect(await respond({ text: 'late' })).toBe('404 {"ok":false,"error":"expired_url"}');
});

test('a trigger opens one modal within three seconds, which can then be updated', async () => {
  await using started = await startSlack();
  const { slack, client } = started;
  const { payload } = await clicked(started);
  const open = (trigger_id: string, view: object = modal) => client.apiCall('views.open', { trigger_id, view }).catch(({ data }) => data);
  const { view } = await open(payload.trigger_id);
  expect(view).toMatchObject({ type: 'modal', team_id: 'T01', app_id: 'A01', bot_id: 'B01', blocks: [{ type: 'divider' }] });
  expect(await open(payload.trigger_id)).toMatchObject({ error: 'exchanged_trigger_id' });
  expect(await open('1.2.3')).toMatchObject({ error: 'invalid_trigger_id' });
  const update = (args: object) => client.apiCall('views.update', { view: modal, ...args }).catch(({ data }) => data);
  expect(await update({ view_id: view.id, hash: 'stale' })).toMatchObject({ error: 'hash_conflict' });
  expect((await update({ view_id: view.id, hash: view.hash })).view).toMatchObject({ id: view.id });
  expect(await update({ view_id: 'VNONE' })).toMatchObject({ error: 'not_found' });
  slack.reset();
  const { payload: second } = await clicked(started);
  slack.advance(3_001);
  expect(await open(started.app.received.at(-1)?.json.trigger_id ?? second.trigger_id)).toMatchObject({ error: 'expired_trigger_id' });
  expect(await open('1.2.3', { ...modal, private_metadata: 'x'.repeat(250_001) })).toMatchObject({ error: 'view_too_large' });
  expect(await open('1.2.3', { ...modal, private_metadata: 'x'.repeat(3_001) })).toMatchObject({ error: 'invalid_arguments' });
  expect(await open('1.2.3', { ...modal, private_metadata: 'x'.repeat(3_000) })).toMatchObject({ error: 'invalid_trigger_id' });
});

test('a text field of a home tab sends what is typed where it says so', async () => {
  await using started = await startSlack();
  const { slack, client, app } = started;
  const field = { type: 'plain_text_input', action_id: 'search' };
  const label = { type: 'plain_text' as const, text: 'Search' };
  const publish = (more: object) =>
    client.apiCall('views.publish', {
      user_id: 'UANN',
      view: { type: 'home', blocks: [{ type: 'input', label, element: field, ...more }] },
    });
  await publish({ dispatch_action: true });
  await slack.pressHome({ user: 'UANN', actionId: 'search', value: 'berlin' });
  expect(app.received.at(-1)?.json.actions).toMatchObject([{ type: 'plain_text_input', action_id: 'search', value: 'berlin' }]);
  await slack.pressHome({ user: 'UANN', actionId: 'search', value: '' });
  expect(app.received.at(-1)?.json.actions).toMatchObject([{ value: null }]);
  await publish({});
  await expect(slack.pressHome({ user: 'UANN', actionId: 'search', value: 'berlin' })).rejects.toThrow('no search');
});

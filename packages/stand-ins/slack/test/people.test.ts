import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { SlackChange } from '../src/contract.ts';
import { startSlack } from './start-slack.ts';

test('an upload arrives as file_share with the file object', async () => {
  await using started = await startSlack();
  const { slack, app } = started;
  const bytes = await readFile(new URL(import.meta.url));
  slack.post({ user: 'UANN', channel: 'DANN', text: 'what is this?', files: [{ name: 'a.png', mimetype: 'image/png', bytes }] });
  await slack.idle();
  const [event] = app.events();
  expect(event).toMatchObject({
    type: 'message',
    subtype: 'file_share',
    upload: true,
    user: 'UANN',
    channel_type: 'im',
    files: [{ name: 'a.png', mimetype: 'image/png', filetype: 'png', size: bytes.byteLength, mode: 'hosted', file_access: 'visible' }],
  });
  expect(event.files[0].url_private_download).toBe(`${slack.url}/files-pri/T01-${event.files[0].id}/download/a.png`);
});

test('a reply names its thread and its root counts it', async () => {
  await using started = await startSlack();
  const { slack, app } = started;
  const root = slack.post({ user: 'UANN', channel: 'COPS', text: 'root' });
  const reply = slack.post({ user: 'UBOB', channel: 'COPS', text: 'reply', threadTs: root.ts });
  const again = slack.post({ user: 'UANN', channel: 'COPS', text: 'to all', threadTs: root.ts, broadcast: true });
  await slack.idle();
  expect(app.events().find(({ text }) => text === 'reply')).toMatchObject({ thread_ts: root.ts, parent_user_id: 'UANN' });
  const broadcast = app.events().find(({ text }) => text === 'to all');
  expect(broadcast).toMatchObject({ subtype: 'thread_broadcast', root: { ts: root.ts, text: 'root' } });
  expect(slack.messages('COPS', root.ts)[0]).toMatchObject({
    thread_ts: root.ts,
    reply_count: 2,
    reply_users: ['UBOB', 'UANN'],
    latest_reply: again.ts,
  });
  slack.remove({ user: 'UANN', channel: 'COPS', ts: again.ts });
  expect(slack.messages('COPS', root.ts)[0]).toMatchObject({ reply_count: 1, latest_reply: reply.ts });
});

test('an edit comes as message_changed with both texts; a mention added by it counts as one', async () => {
  await using started = await startSlack();
  const { slack, app } = started;
  const { ts } = slack.post({ user: 'UANN', channel: 'COPS', text: 'who is on call?' });
  slack.edit({ user: 'UANN', channel: 'COPS', ts, text: 'who is on call today?' });
  slack.edit({ user: 'UANN', channel: 'COPS', ts, text: '@vera who is on call today?' });
  await slack.idle();
  const [, first, ...second] = app.events();
  expect(first).toMatchObject({
    subtype: 'message_changed',
    hidden: true,
    channel: 'COPS',
    message: { ts, text: 'who is on call today?', edited: { user: 'UANN' } },
    previous_message: { ts, text: 'who is on call?' },
  });
  expect(second.map(({ type }) => type)).toEqual(['message', 'app_mention']);
  expect(second[1]).toMatchObject({ ts, edited: { user: 'UANN' } });
  expect(() => slack.edit({ user: 'UBOB', channel: 'COPS', ts, text: 'x' })).toThrow('UBOB did not write');
});

test('deleting the root of a thread leaves a tombstone, deleting anything else leaves nothing', async () => {
  await using started = await startSlack();
  const { slack, app } = started;
  const root = slack.post({ user: 'UANN', channel: 'COPS', text: 'root' });
  const reply = slack.post({ user: 'UBOB', channel: 'COPS', text: 'reply', threadTs: root.ts });
  slack.remove({ user: 'UANN', channel: 'COPS', ts: root.ts });
  expect(slack.messages('COPS', root.ts)).toMatchObject([{ subtype: 'tombstone', text: 'This message was deleted.' }, { ts: reply.ts }]);
  slack.remove({ user: 'UBOB', channel: 'COPS', ts: reply.ts });
  await slack.idle();
  expect(slack.messages('COPS').map(({ ts }) => ts)).toEqual([root.ts]);
  expect(
    app
      .events()
      .filter(({ subtype }) => subtype === 'message_deleted')
      .map(({ deleted_ts }) => deleted_ts),
  ).toEqual([root.ts, reply.ts]);
});

test('another app writes with its own bot id, and people from elsewhere with their own team', async () => {
  await using started = await startSlack();
  const { slack, app } = started;
  slack.post({ user: 'UDEPLOY', channel: 'COPS', text: 'deployed' });
  slack.post({ user: 'UEVE', channel: 'CSHARED', text: '<@UVERA> hello' });
  await slack.idle();
  expect(app.events().find(({ text }) => text === 'deployed')).toMatchObject({
    user: 'UDEPLOY',
    bot_id: 'B77',
    app_id: 'A77',
    bot_profile: { name: 'Deploy Bot' },
  });
  const shared = app.received.filter(({ json }) => json.event.channel === 'CSHARED');
  expect(shared.map(({ json }) => [json.is_ext_shared_channel, json.team_id, json.event.user_team])).toEqual([
    [true, 'T01', 'T99'],
    [true, 'T01', 'T99'],
  ]);
});

test('opening the home tab tells the app, and gives the direct conversation', async () => {
  await using started = await startSlack();
  const { slack, app, client } = started;
  slack.openHome({ user: 'UANN', tab: 'messages' });
  await client.views.publish({ user_id: 'UBOB', view: { type: 'home', blocks: [{ type: 'divider' }] } });
  slack.openHome({ user: 'UBOB', tab: 'home' });
  await slack.idle();
  expect(app.events()[0]).toMatchObject({ type: 'app_home_opened', user: 'UANN', channel: 'DANN', tab: 'messages' });
  expect(app.events()[1]).toMatchObject({ user: 'UBOB', tab: 'home', view: { type: 'home', blocks: [{ type: 'divider' }] } });
  expect(slack.workspace.channels.find(({ id }) => id === app.events()[1].channel)?.members).toEqual(['UBOB', 'UVERA']);
});

test('whoever looks on is told of every change until they stop looking', async () => {
  await using started = await startSlack();
  const { slack, client } = started;
  const changes: SlackChange[] = [];
  const end = slack.onChange((change) => changes.push(change));
  const root = slack.post({ user: 'UANN', channel: 'COPS', text: 'root' });
  await client.chat.postEphemeral({ channel: 'COPS', user: 'UANN', text: 'psst' });
  await client.agents.sessions.setStatus({ channel_id: 'COPS', thread_ts: root.ts, status: 'processing' });
  slack.remove({ user: 'UANN', channel: 'COPS', ts: root.ts });
  end();
  slack.post({ user: 'UANN', channel: 'COPS', text: 'unseen' });
  expect(changes.map(({ kind }) => kind)).toEqual(['message', 'ephemeral', 'session', 'removed']);
});

test('nobody writes where they are not, or to threads that are not there', async () => {
  await using started = await startSlack();
  const { slack } = started;
  expect(() => slack.post({ user: 'UBOB', channel: 'DANN', text: 'x' })).toThrow('UBOB is not in DANN');
  expect(() => slack.post({ user: 'UANN', channel: 'COLD', text: 'x' })).toThrow('COLD is archived');
  expect(() => slack.post({ user: 'UANN', channel: 'COPS', text: 'x', threadTs: '1.1' })).toThrow('no thread 1.1');
});

test('a renamed bot shows under its new name everywhere', async () => {
  await using started = await startSlack();
  const { slack, client } = started;
  slack.renameBot('Iris');
  const { ts } = await client.chat.postMessage({ channel: 'COPS', text: 'hello' });
  expect(slack.messages('COPS').find((message) => message.ts === ts)?.bot_profile).toMatchObject({ name: 'Iris' });
  expect((await client.users.info({ user: 'UVERA' })).user).toMatchObject({ real_name: 'Iris', is_bot: true });
  expect(slack.post({ user: 'UANN', channel: 'COPS', text: 'hi @Iris' }).text).toBe('hi <@UVERA>');
});

test('a reaction is told by channel and ts, never by thread, once, and of the app itself, too', async () => {
  await using started = await startSlack();
  const { slack, app, client } = started;
  const root = slack.post({ user: 'UANN', channel: 'COPS', text: 'root' });
  const { ts = '' } = await client.chat.postMessage({ channel: 'COPS', thread_ts: root.ts, text: 'answer' });
  slack.react({ user: 'UBOB', channel: 'COPS', ts, name: 'octagonal_sign' });
  expect(() => slack.react({ user: 'UBOB', channel: 'COPS', ts, name: 'octagonal_sign' })).toThrow('reacted so already');
  await client.reactions.add({ channel: 'COPS', timestamp: root.ts, name: 'eyes' });
  await slack.idle();
  const item = { type: 'message', channel: 'COPS' };
  expect(app.events().filter(({ type }) => type === 'reaction_added')).toEqual([
    {
      type: 'reaction_added',
      user: 'UBOB',
      reaction: 'octagonal_sign',
      item: { ...item, ts },
      item_user: 'UVERA',
      event_ts: expect.any(String),
    },
    {
      type: 'reaction_added',
      user: 'UVERA',
      reaction: 'eyes',
      item: { ...item, ts: root.ts },
      item_user: 'UANN',
      event_ts: expect.any(String),
    },
  ]);
  expect(slack.messages('COPS', root.ts)[1]?.reactions).toEqual([{ name: 'octagonal_sign', users: ['UBOB'], count: 1 }]);
});

import { expect, test } from 'vitest';
import { northwind } from './northwind.ts';
import { outcomeOf, startSlack } from './start-slack.ts';

test('a long thread is read by pages, its root at the head of the first only', async () => {
  await using started = await startSlack();
  const { slack, client } = started;
  const root = slack.post({ user: 'UANN', channel: 'COPS', text: 'root' });
  for (let count = 1; count <= 5; count += 1) slack.post({ user: 'UBOB', channel: 'COPS', text: `reply ${count}`, threadTs: root.ts });
  const pages: (string | undefined)[][] = [];
  for await (const page of client.paginate('conversations.replies', { channel: 'COPS', ts: root.ts, limit: 2 })) {
    pages.push((page as unknown as { messages: { text?: string }[] }).messages.map(({ text }) => text));
  }
  expect(pages).toEqual([
    ['root', 'reply 1'],
    ['reply 2', 'reply 3'],
    ['reply 4', 'reply 5'],
  ]);
  const first = await client.conversations.replies({ channel: 'COPS', ts: root.ts, limit: 2 });
  expect(first).toMatchObject({
    has_more: true,
    messages: [{ subscribed: true, reply_count: 5, reply_users_count: 1 }, { parent_user_id: 'UANN' }],
  });
  const cursor = Buffer.from(first.response_metadata?.next_cursor ?? '', 'base64').toString();
  expect(cursor).toBe(`next_ts:${slack.messages('COPS', root.ts)[2]?.ts.replace('.', '')}`);
});

test('a thread is read between two times, the ends only on request, and the root always', async () => {
  await using started = await startSlack();
  const { slack, client } = started;
  const root = slack.post({ user: 'UANN', channel: 'COPS', text: 'root' });
  const [one, two, three] = ['1', '2', '3'].map((text) => slack.post({ user: 'UBOB', channel: 'COPS', text, threadTs: root.ts }).ts);
  const read = async (period: object) =>
    (await client.conversations.replies({ channel: 'COPS', ts: root.ts, ...period })).messages?.map(({ text }) => text).join(' ');
  expect(await read({ oldest: one })).toBe('root 2 3');
  expect(await read({ oldest: one, latest: three })).toBe('root 2');
  expect(await read({ oldest: one, latest: two, inclusive: true })).toBe('root 1 2');
  expect(await read({ ts: two })).toBe('2');
  expect(await outcomeOf(read({ oldest: 'yesterday' }))).toBe('invalid_ts_oldest');
  expect(await outcomeOf(read({ latest: 'x' }))).toBe('invalid_ts_latest');
  expect(await outcomeOf(read({ cursor: 'x' }))).toBe('invalid_cursor');
  expect(await outcomeOf(read({ limit: 0 }))).toBe('invalid_arguments');
  expect(await outcomeOf(read({ ts: '1000000000.000001' }))).toBe('thread_not_found');
});

test('metadata is read only on request, and what only the emulator knows never', async () => {
  await using started = await startSlack();
  const { slack, client } = started;
  const root = slack.post({ user: 'UANN', channel: 'COPS', text: 'root' });
  const metadata = { event_type: 'vera_reply', event_payload: { question: 'q' } };
  await client.chat.postMessage({ channel: 'COPS', thread_ts: root.ts, markdown_text: '**hi**', metadata });
  const read = async (all: boolean) =>
    (await client.conversations.replies({ channel: 'COPS', ts: root.ts, include_all_metadata: all })).messages?.[1];
  expect(await read(false)).not.toHaveProperty('metadata');
  expect(await read(true)).toMatchObject({ metadata, text: '*hi*' });
  expect(await read(true)).not.toHaveProperty('markdown');
});

test('a channel’s history is newest first, of threads only the roots and what was sent to the channel', async () => {
  await using started = await startSlack();
  const { slack, client } = started;
  const root = slack.post({ user: 'UANN', channel: 'COPS', text: 'root' });
  slack.post({ user: 'UBOB', channel: 'COPS', text: 'reply', threadTs: root.ts });
  slack.post({ user: 'UBOB', channel: 'COPS', text: 'broadcast', threadTs: root.ts, broadcast: true });
  slack.post({ user: 'UBOB', channel: 'COPS', text: 'last' });
  const pages: (string | undefined)[][] = [];
  for await (const page of client.paginate('conversations.history', { channel: 'COPS', limit: 2 })) {
    pages.push((page as unknown as { messages: { text?: string }[] }).messages.map(({ text }) => text));
  }
  expect(pages).toEqual([['last', 'broadcast'], ['root']]);
  expect(await outcomeOf(client.conversations.history({ channel: 'CQUIET' }))).toBe('not_in_channel');
});

test('the kind of channel decides which scope reading needs', async () => {
  await using started = await startSlack({ workspace: { ...northwind, botScopes: ['channels:history', 'im:read'] } });
  const { slack, client } = started;
  const { ts } = slack.post({ user: 'UANN', channel: 'DANN', text: 'x' });
  const refused = await client.conversations.replies({ channel: 'DANN', ts }).catch(({ data }) => data);
  expect(refused).toMatchObject({ error: 'missing_scope', needed: 'im:history', provided: 'channels:history,im:read' });
  expect(await outcomeOf(client.conversations.history({ channel: 'COPS' }))).toBe('ok');
  expect(await outcomeOf(client.conversations.info({ channel: 'COPS' }))).toBe('missing_scope');
});

test('channels, members and direct conversations can be looked up', async () => {
  await using started = await startSlack();
  const { client } = started;
  expect((await client.conversations.info({ channel: 'CSHARED', include_num_members: true })).channel).toMatchObject({
    name: 'with-eve',
    is_channel: true,
    is_private: false,
    is_ext_shared: true,
    num_members: 3,
  });
  expect((await client.conversations.info({ channel: 'DANN' })).channel).toMatchObject({ is_im: true, user: 'UANN' });
  expect(await outcomeOf(client.conversations.info({ channel: 'GSECRET' }))).toBe('channel_not_found');
  const members: string[] = [];
  for await (const page of client.paginate('conversations.members', { channel: 'COPS', limit: 3 }))
    members.push(...(page as unknown as { members: string[] }).members);
  expect(members).toEqual(['UANN', 'UBOB', 'UDEPLOY', 'UVERA']);
  expect(await client.conversations.open({ users: 'UANN' })).toMatchObject({ already_open: true, channel: { id: 'DANN' } });
  const opened = await client.conversations.open({ users: 'UBOB', return_im: true });
  expect(opened.channel).toMatchObject({ is_im: true, user: 'UBOB' });
  expect(opened).not.toHaveProperty('already_open');
  expect(await outcomeOf(client.conversations.open({ users: 'UANN,UBOB' }))).toBe('missing_scope');
  expect(await outcomeOf(client.conversations.open({ users: 'UNONE' }))).toBe('user_not_found');
});

test('people and bots can be looked up; addresses only with the scope for them', async () => {
  await using started = await startSlack();
  const { client } = started;
  const { user } = await client.users.info({ user: 'UANN' });
  expect(user).toMatchObject({
    id: 'UANN',
    tz: 'Europe/Stockholm',
    is_bot: false,
    profile: { title: 'Nurse', real_name_normalized: 'Ann Alvsjo' },
  });
  expect(user?.profile).not.toHaveProperty('email');
  expect((await client.users.info({ user: 'UEVE' })).user).toMatchObject({ team_id: 'T99', is_stranger: false });
  expect(await outcomeOf(client.users.info({ user: 'UNONE' }))).toBe('user_not_found');
  expect((await client.bots.info({ bot: 'B77' })).bot).toMatchObject({ name: 'Deploy Bot', user_id: 'UDEPLOY' });
  expect(await client.auth.test()).toMatchObject({ user_id: 'UVERA', bot_id: 'B01', team_id: 'T01', url: 'https://northwind.slack.com/' });
  expect(await outcomeOf(client.team.info())).toBe('missing_scope');
});

test('permalinks lead to messages, replies through their thread', async () => {
  await using started = await startSlack();
  const { slack, client } = started;
  const root = slack.post({ user: 'UANN', channel: 'COPS', text: 'root' });
  const reply = slack.post({ user: 'UBOB', channel: 'COPS', text: 'reply', threadTs: root.ts });
  const link = async (ts: string) => (await client.chat.getPermalink({ channel: 'COPS', message_ts: ts })).permalink;
  expect(await link(root.ts)).toBe(`https://northwind.slack.com/archives/COPS/p${root.ts.replace('.', '')}`);
  expect(await link(reply.ts)).toBe(
    `https://northwind.slack.com/archives/COPS/p${reply.ts.replace('.', '')}?thread_ts=${root.ts}&cid=COPS`,
  );
});

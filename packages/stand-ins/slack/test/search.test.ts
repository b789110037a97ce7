import { expect, test } from 'vitest';
import { apiCall } from './api-call.ts';
import { northwind } from './northwind.ts';
import { type Started, startSlack } from './start-slack.ts';

const workspace = {
  ...northwind,
  botScopes: [...(northwind.botScopes ?? []), 'search:read.public'],
  users: [...northwind.users, { id: 'UGUS', name: 'gus', realName: 'Gus Guest', guest: 'single' as const }],
  channels: [...northwind.channels, { id: 'DGUS', name: 'gus', kind: 'im' as const, members: ['UGUS', 'UVERA'] }],
};

/** The token Slack sends with what a person writes in a direct message. */
async function tokenOf({ slack, app }: Started, user: string, channel: string): Promise<string> {
  const { ts } = slack.post({ user, channel, text: 'a question' });
  await slack.idle();
  return app.events().find((event) => event.ts === ts)?.assistant_thread?.action_token ?? '';
}

async function search({ slack }: Started, args: Record<string, unknown>) {
  const { body } = await apiCall(slack, 'assistant.search.context', args);
  const found = body.results?.messages.map(({ content }: { content: string }) => content);
  return { error: body.error, found, next: body.response_metadata?.next_cursor };
}

test('an action token comes with what a person writes, in a direct message within its thread; with no app, no edit, no workspace without agents', async () => {
  await using started = await startSlack({ workspace });
  const { slack, app } = started;
  const { ts } = slack.post({ user: 'UANN', channel: 'COPS', text: '<@UVERA> hi' });
  slack.post({ user: 'UDEPLOY', channel: 'COPS', text: 'deployed' });
  slack.edit({ user: 'UANN', channel: 'COPS', ts, text: 'hi all' });
  await slack.idle();
  const tokens = app.events().map(({ type, subtype, user, action_token }) => [type, subtype, user, typeof action_token]);
  expect(tokens.sort()).toEqual([
    ['app_mention', undefined, 'UANN', 'string'],
    ['message', undefined, 'UANN', 'string'],
    ['message', undefined, 'UDEPLOY', 'undefined'],
    ['message', 'message_changed', undefined, 'undefined'],
  ]);
  expect(await tokenOf(started, 'UANN', 'DANN')).not.toBe('');
  await using plain = await startSlack({ workspace, agentFeatures: false });
  expect(await tokenOf(plain, 'UANN', 'DANN')).toBe('');
});

test('a search finds what the person may open in public channels: best first, then newest, by pages', async () => {
  await using started = await startSlack({ workspace });
  const { slack } = started;
  for (const [channel, user] of [
    ['COPS', 'UANN'],
    ['CQUIET', 'UANN'],
    ['GSECRET', 'UBOB'],
    ['DANN', 'UANN'],
  ] as const)
    slack.post({ user, channel, text: `replay settlements ${channel}` });
  slack.post({ user: 'UBOB', channel: 'COPS', text: 'only replay' });
  slack.post({ user: 'UDEPLOY', channel: 'COPS', text: 'replay by a bot' });
  const action_token = await tokenOf(started, 'UANN', 'DANN');
  const query = 'replay settlements';
  expect((await search(started, { query, action_token })).found).toEqual([
    'replay settlements CQUIET',
    'replay settlements COPS',
    'only replay',
  ]);
  expect((await search(started, { query: 'replay bot', action_token, include_bots: true })).found?.[0]).toBe('replay by a bot');
  expect((await search(started, { query: `${query} in:<#COPS>`, action_token, limit: 1 })).found).toEqual(['replay settlements COPS']);
  const first = await search(started, { query, action_token, limit: 2 });
  expect((await search(started, { query, action_token, limit: 2, cursor: first.next })).found).toEqual(['only replay']);
  const guest = await tokenOf(started, 'UGUS', 'DGUS');
  expect((await search(started, { query, action_token: guest })).found).toEqual([]);
});

test('a search is refused without a token that holds, for private channels, and where there are no agents', async () => {
  await using started = await startSlack({ workspace });
  const action_token = await tokenOf(started, 'UANN', 'DANN');
  const errorOf = async (args: Record<string, unknown>) => (await search(started, { query: 'x', action_token, ...args })).error;
  expect(await errorOf({ action_token: 'made.up' })).toBe('invalid_action_token');
  expect((await search(started, { query: 'x' })).error).toBe('invalid_action_token');
  expect(await errorOf({ query: ' ' })).toBe('missing_query');
  expect(await errorOf({ channel_types: 'public_channel,private_channel' })).toBe('missing_scope');
  expect(await errorOf({ channel_types: 'im' })).toBe('missing_scope');
  expect(await errorOf({ channel_types: 'everything' })).toBe('invalid_arguments');
  expect(await errorOf({ limit: 21 })).toBe('invalid_arguments');
  started.slack.advance(3_600_000);
  expect(await errorOf({})).toBe('invalid_action_token');
  await using plain = await startSlack({ workspace, agentFeatures: false });
  expect((await search(plain, { query: 'x', action_token })).error).toBe('feature_not_enabled');
});

test('the channels of the bot, and of a person, are listed by pages: of private ones those both are in', async () => {
  await using started = await startSlack({ workspace });
  const list = async (args: Record<string, unknown>) => {
    const { body } = await apiCall(started.slack, 'users.conversations', args);
    return body.error ?? body.channels.map(({ id }: { id: string }) => id).join(' ');
  };
  expect(await list({})).toBe('COPS COLD CSHARED');
  expect(await list({ exclude_archived: true })).toBe('COPS CSHARED');
  expect(await list({ types: 'private_channel,public_channel', user: 'UBOB' })).toBe('COPS');
  const { body } = await apiCall(started.slack, 'users.conversations', { limit: 1 });
  expect(await list({ limit: 2, cursor: body.response_metadata.next_cursor })).toBe('COLD CSHARED');
  expect(body.channels[0]).not.toHaveProperty('is_member');
  expect(await list({ types: 'everything' })).toBe('invalid_types');
  expect(await list({ cursor: 'x' })).toBe('invalid_cursor');
  await using narrow = await startSlack({ workspace: { ...workspace, botScopes: ['channels:read'] } });
  expect((await apiCall(narrow.slack, 'users.conversations', { types: 'private_channel' })).body.error).toBe('missing_scope');
});

test('people are listed by pages, guests and strangers known as such', async () => {
  await using started = await startSlack({ workspace });
  const { body } = await apiCall(started.slack, 'users.list', { limit: 3 });
  const rest = await apiCall(started.slack, 'users.list', { limit: 10, cursor: body.response_metadata.next_cursor });
  const all = [...body.members, ...rest.body.members];
  expect(all.map(({ id }: { id: string }) => id)).toEqual(['UANN', 'UBOB', 'UEVE', 'UDEPLOY', 'UGUS', 'UVERA']);
  expect(all[4]).toMatchObject({ is_restricted: true, is_ultra_restricted: true });
  expect(all[2]).toMatchObject({ is_restricted: false, is_stranger: false });
  const apart = workspace.channels.map((channel) => ({ ...channel, members: channel.members.filter((id) => id !== 'UEVE') }));
  await using unmet = await startSlack({ workspace: { ...workspace, channels: apart } });
  expect((await apiCall(unmet.slack, 'users.info', { user: 'UEVE' })).body.user).toMatchObject({ team_id: 'T99', is_stranger: true });
});

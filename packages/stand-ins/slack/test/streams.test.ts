import type { WebClient } from '@slack/web-api';
import { describe, expect, test } from 'vitest';
import { apiCall } from './api-call.ts';
import { outcomeOf, startSlack } from './start-slack.ts';

const recipient = { recipient_user_id: 'UANN', recipient_team_id: 'T01' };

async function start(client: WebClient, threadTs: string, channel = 'COPS'): Promise<{ channel: string; ts: string }> {
  const { ts = '' } = await client.chat.startStream({ channel, thread_ts: threadTs, ...recipient });
  return { channel, ts };
}

const stepWith = (source: { url: string; text: string }) => ({
  ...{ type: 'task_update', id: 't', title: 'x', status: 'complete' },
  sources: [{ type: 'url', ...source }],
});

describe('chat.startStream refuses', () => {
  test.each([
    ['invalid_thread_ts', { thread_ts: undefined }],
    ['invalid_thread_ts', { thread_ts: '1000000000.000001' }],
    ['missing_recipient_user_id', { recipient_user_id: undefined }],
    ['missing_recipient_team_id', { recipient_team_id: undefined }],
    ['user_not_found', { recipient_user_id: 'UNONE' }],
    ['not_in_channel', { channel: 'CQUIET' }],
    ['is_archived', { channel: 'COLD' }],
    ['invalid_chunks', { chunks: [{ type: 'task_update', id: 't', status: 'in_progress' }] }],
    ['invalid_chunks', { chunks: [{ type: 'task_update', id: 't', title: 'x'.repeat(257), status: 'in_progress' }] }],
    ['invalid_chunks', { chunks: [{ type: 'task_update', id: 't', title: 'x', status: 'asleep' }] }],
    ['invalid_chunks', { chunks: [{ type: 'task_update', id: 't', title: 'x', status: 'complete', colour: 'red' }] }],
    ['invalid_chunks', { chunks: [stepWith({ url: 'ftp://a.example', text: 'A' })] }],
    ['invalid_chunks', { chunks: [stepWith({ url: 'javascript:alert(1)', text: 'A' })] }],
    ['invalid_chunks', { chunks: [stepWith({ url: '/wiki/A', text: 'A' })] }],
    ['invalid_chunks', { chunks: [stepWith({ url: 'https://a.example', text: '' })] }],
    ['invalid_chunks', { chunks: [stepWith({ url: 'https://a.example', text: 'x'.repeat(257) })] }],
    ['cannot_provide_both_markdown_text_and_chunks', { markdown_text: 'x', chunks: [{ type: 'markdown_text', text: 'y' }] }],
    ['invalid_chunks', { chunks: '{' }],
    ['invalid_blocks', { chunks: [{ type: 'blocks', blocks: [{ type: 'nonsense' }] }] }],
    ['internal_error', { chunks: [{ type: 'blocks', blocks: [{ type: 'file' }] }] }],
    ['msg_blocks_too_long', { markdown_text: 'x'.repeat(12_001) }],
    ['invalid_arguments', { task_display_mode: 'sideways' }],
  ])('%s (%#)', async (error, change) => {
    await using started = await startSlack();
    const { slack } = started;
    const { ts } = slack.post({ user: 'UANN', channel: 'COPS', text: 'question' });
    const args = Object.fromEntries(
      Object.entries({ channel: 'COPS', thread_ts: ts, ...recipient, ...change }).filter(([, value]) => value !== undefined),
    );
    expect((await apiCall(slack, 'chat.startStream', args)).body).toMatchObject({ ok: false, error });
    expect(slack.messages('COPS', ts)).toHaveLength(1);
  });
});

test('a stream ends after five minutes however busy it is, and frees its session and its text', async () => {
  await using started = await startSlack();
  const { slack, client } = started;
  const root = slack.post({ user: 'UANN', channel: 'COPS', text: 'question' });
  const stream = await start(client, root.ts);
  await client.chat.appendStream({ ...stream, markdown_text: 'one ' });
  slack.advance(250_000);
  await client.chat.appendStream({ ...stream, markdown_text: 'two' });
  expect(await outcomeOf(client.chat.update({ ...stream, text: 'x' }))).toBe('streaming_state_conflict');
  slack.advance(50_000);
  expect(await outcomeOf(client.chat.appendStream({ ...stream, markdown_text: 'three' }))).toBe('message_not_in_streaming_state');
  expect(await outcomeOf(client.chat.stopStream(stream))).toBe('message_not_in_streaming_state');
  expect(slack.messages('COPS', root.ts)[1]).toMatchObject({ markdown: 'one two', streaming_state: 'errored' });
  expect(slack.session('COPS', root.ts)?.status).toBe('active');
  expect(await outcomeOf(client.chat.update({ ...stream, text: 'whole' }))).toBe('ok');
});

test('every open stream can be let end, and nothing else grows older', async () => {
  await using started = await startSlack();
  const { slack, client } = started;
  const root = slack.post({ user: 'UANN', channel: 'COPS', text: 'question' });
  const [first, second] = [await start(client, root.ts), await start(client, root.ts)];
  await client.chat.stopStream(second);
  slack.expireStreams();
  expect(await outcomeOf(client.chat.appendStream({ ...first, markdown_text: 'late' }))).toBe('message_not_in_streaming_state');
  expect(slack.messages('COPS', root.ts).slice(1)).toMatchObject([{ streaming_state: 'errored' }, { streaming_state: 'completed' }]);
  expect(Number(slack.post({ user: 'UANN', channel: 'COPS', text: 'next' }).ts) - Number(root.ts)).toBeLessThan(60);
});

test('a stream takes text, steps and blocks in any mixture, and keeps them apart', async () => {
  await using started = await startSlack();
  const { slack, client } = started;
  const root = slack.post({ user: 'UANN', channel: 'COPS', text: 'question' });
  const stream = await start(client, root.ts);
  await client.chat.appendStream({
    ...stream,
    chunks: [
      { type: 'plan_update', title: 'Checking' },
      { type: 'task_update', id: 't1', title: 'Look', status: 'in_progress', details: 'a' },
    ],
  });
  await client.chat.appendStream({
    ...stream,
    chunks: [
      {
        type: 'task_update',
        id: 't1',
        title: 'Looked',
        status: 'complete',
        details: 'b',
        sources: [{ type: 'url', url: 'https://a.example', text: 'A' }],
      },
      { type: 'task_update', id: 't2', title: 'Ask', status: 'pending' },
      { type: 'blocks', blocks: [{ type: 'divider' }] },
      { type: 'markdown_text', text: '**spl' },
    ],
  });
  await client.chat.stopStream({
    ...stream,
    chunks: [{ type: 'markdown_text', text: 'it**' }],
    blocks: [{ type: 'context', elements: [{ type: 'mrkdwn', text: 'below' }] }],
    metadata: { event_type: 'm', event_payload: { a: 1 } },
  });
  const [, message] = slack.messages('COPS', root.ts);
  expect(message).toMatchObject({
    text: '*split*',
    markdown: '**split**',
    plan_title: 'Checking',
    tasks: [
      { id: 't1', title: 'Looked', status: 'complete', details: 'ab', sources: [{ text: 'A' }] },
      { id: 't2', title: 'Ask', status: 'pending' },
    ],
    metadata: { event_type: 'm' },
    streaming_state: 'completed',
  });
  expect(message?.blocks?.map(({ type }) => type)).toEqual(['rich_text', 'divider', 'context']);
});

test.each([
  ['chunks', 'markdown_text'],
  ['markdown_text', 'chunks'],
] as const)('a stream that began with %s takes no %s', async (first, other) => {
  const content = { markdown_text: { markdown_text: 'text' }, chunks: { chunks: [{ type: 'markdown_text', text: 'text' }] } } as const;
  await using started = await startSlack();
  const { slack } = started;
  const root = slack.post({ user: 'UANN', channel: 'COPS', text: 'question' });
  const place = { channel: 'COPS', thread_ts: root.ts, ...recipient };
  const { ts } = (await apiCall(slack, 'chat.startStream', place)).body;
  const call = async (method: string, args: object) => (await apiCall(slack, method, { channel: 'COPS', ts, ...args })).body.error;
  expect(await call('chat.appendStream', content[first])).toBeUndefined();
  expect(await call('chat.appendStream', content[other])).toBe('streaming_mode_mismatch');
  expect(await call('chat.stopStream', content[other])).toBe('streaming_mode_mismatch');
  const blocks = [{ type: 'divider' }];
  expect(await call('chat.stopStream', { ...content[first], blocks })).toBeUndefined();
});

test.each(['timeline', 'plan'] as const)('steps are blocks like others where a thread is read, as %s in their order', async (mode) => {
  await using started = await startSlack();
  const { slack, client } = started;
  const root = slack.post({ user: 'UANN', channel: 'COPS', text: 'question' });
  const step = (id: string, more: object = {}) => ({ type: 'task_update', id, title: `Step ${id}`, status: 'in_progress', ...more });
  const say = (text: string) => ({ type: 'markdown_text', text });
  const sources = [{ type: 'url', url: 'https://a.example', text: 'A' }];
  const place = { channel: 'COPS', thread_ts: root.ts, ...recipient, task_display_mode: mode };
  const { ts } = (await apiCall(slack, 'chat.startStream', { ...place, chunks: [say('First. '), step('1'), say('Then. ')] })).body;
  const more = [step('2'), step('1', { status: 'complete', details: 'd', output: 'o', sources })];
  await apiCall(slack, 'chat.appendStream', { channel: 'COPS', ts, chunks: more });
  const { messages = [] } = await client.conversations.replies({ channel: 'COPS', ts: root.ts });
  const blocks = messages[1]?.blocks ?? [];
  const kinds = { timeline: ['rich_text', 'task_card', 'rich_text', 'task_card'], plan: ['plan', 'rich_text'] };
  expect(blocks.map(({ type }) => type)).toEqual(kinds[mode]);
  const first = {
    type: 'task_card',
    task_id: '1',
    status: 'complete',
    details: { type: 'rich_text' },
    output: { type: 'rich_text' },
    sources,
  };
  expect(mode === 'plan' ? blocks[0] : blocks[1]).toMatchObject(mode === 'plan' ? { tasks: [first, { task_id: '2' }] } : first);
  // What was read can be sent again.
  await apiCall(slack, 'chat.stopStream', { channel: 'COPS', ts });
  expect((await apiCall(slack, 'chat.update', { channel: 'COPS', ts, text: 'x', blocks })).body.error).toBeUndefined();
});

test('a stream is limited in all, not only in each call', async () => {
  await using started = await startSlack();
  const { slack, client } = started;
  const root = slack.post({ user: 'UANN', channel: 'COPS', text: 'question' });
  const stream = await start(client, root.ts);
  await client.chat.appendStream({ ...stream, markdown_text: 'x'.repeat(11_000) });
  expect(await outcomeOf(client.chat.appendStream({ ...stream, markdown_text: 'x'.repeat(1_001) }))).toBe('msg_too_long');
  expect(await outcomeOf(client.chat.appendStream({ ...stream, chunks: [] }))).toBe('no_text');
  const dividers = Array.from({ length: 51 }, () => ({ type: 'divider' as const }));
  expect(await outcomeOf(client.chat.stopStream({ ...stream, blocks: dividers }))).toBe('msg_blocks_too_many');
  expect(slack.messages('COPS', root.ts)[1]).toMatchObject({ streaming_state: 'in_progress' });
});

test('only streams can be appended to, and only by who owns them', async () => {
  await using started = await startSlack();
  const { slack, client } = started;
  const { ts: theirs } = slack.post({ user: 'UANN', channel: 'COPS', text: 'question' });
  const { ts: own = '' } = await client.chat.postMessage({ channel: 'COPS', text: 'no stream' });
  const append = (ts: string) => outcomeOf(client.chat.appendStream({ channel: 'COPS', ts, markdown_text: 'x' }));
  expect(await append(theirs)).toBe('message_not_owned_by_app');
  expect(await append(own)).toBe('message_not_in_streaming_state');
  expect(await append('1000000000.000001')).toBe('message_not_found');
});

test('Slack’s streamer works: nothing is sent until there is enough, short answers go with the stop', async () => {
  await using started = await startSlack();
  const { slack, app, client } = started;
  const root = slack.post({ user: 'UANN', channel: 'DANN', text: 'question' });
  const stream = client.chatStream({ channel: 'DANN', thread_ts: root.ts, ...recipient });
  expect(await stream.append({ markdown_text: 'short' })).toBeNull();
  const { message } = await stream.stop({ session_status: 'suspended' });
  await slack.idle();
  expect(message).toMatchObject({ text: 'short', streaming_state: 'completed', bot_id: 'B01' });
  expect(slack.calls.map(({ method }) => method)).toEqual(['chat.startStream', 'chat.stopStream']);
  expect(slack.session('DANN', root.ts)?.status).toBe('suspended');
  expect(app.events().map(({ subtype, bot_id }) => [subtype, bot_id])).toEqual([
    [undefined, undefined],
    [undefined, 'B01'],
    ['message_changed', undefined],
  ]);
});

test('a workspace without agent features has neither streams nor sessions', async () => {
  await using started = await startSlack({ agentFeatures: false });
  const { slack, client } = started;
  const { ts } = slack.post({ user: 'UANN', channel: 'COPS', text: 'question' });
  expect(await outcomeOf(start(client, ts))).toBe('channel_type_not_supported');
  expect(await outcomeOf(client.agents.sessions.setStatus({ channel_id: 'COPS', thread_ts: ts, status: 'active' }))).toBe(
    'feature_disabled',
  );
  expect(await outcomeOf(client.assistant.threads.setStatus({ channel_id: 'COPS', thread_ts: ts, status: 'x' }))).toBe('no_permission');
});

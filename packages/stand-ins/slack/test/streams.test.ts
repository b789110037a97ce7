import type { WebClient } from '@slack/web-api';
import { describe, expect, test } from 'vitest';
import { apiCall } from './api-call.ts';
import { outcomeOf, startSlack } from './start-slack.ts';

const recipient = { recipient_user_id: 'UANN', recipient_team_id: 'T01' };

async function start(client: WebClient, threadTs: string, channel = 'COPS'): Promise<{ channel: string; ts: string }> {
  const { ts = '' } = await client.chat.startStream({ channel, thread_ts: threadTs, ...recipient });
  return { channel, ts };
}

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
    markdown_text: 'it**',
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

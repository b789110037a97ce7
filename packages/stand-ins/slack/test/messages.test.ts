import { describe, expect, test } from 'vitest';
import { apiCall } from './api-call.ts';
import { outcomeOf, startSlack } from './start-slack.ts';

const label = { type: 'plain_text', text: 'Reason' };
const go = { type: 'button', action_id: 'go', text: label };
const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });

describe('chat.postMessage refuses', () => {
  test.each([
    ['no_text', { channel: 'COPS' }],
    ['no_text', { channel: 'COPS', text: '  ', blocks: [] }],
    ['channel_not_found', { channel: 'CNONE', text: 'x' }],
    ['channel_not_found', { channel: 'GSECRET', text: 'x' }],
    ['not_in_channel', { channel: 'CQUIET', text: 'x' }],
    ['is_archived', { channel: 'COLD', text: 'x' }],
    ['cannot_reply_to_message', { channel: 'COPS', text: 'x', thread_ts: '1000000000.000001' }],
    ['markdown_text_conflict', { channel: 'COPS', text: 'x', markdown_text: 'y' }],
    ['msg_blocks_too_long', { channel: 'COPS', markdown_text: 'y'.repeat(12_001) }],
    ['msg_blocks_too_long', { channel: 'COPS', blocks: Array.from({ length: 5 }, () => section('y'.repeat(2_900))) }],
    ['invalid_blocks', { channel: 'COPS', blocks: Array.from({ length: 51 }, () => ({ type: 'divider' })) }],
    ['invalid_blocks_format', { channel: 'COPS', blocks: '{' }],
    ['invalid_blocks_format', { channel: 'COPS', blocks: '{"type":"divider"}' }],
    ['too_many_attachments', { channel: 'COPS', attachments: Array.from({ length: 101 }, () => ({ text: 'a' })) }],
    ['invalid_metadata_schema', { channel: 'COPS', text: 'x', metadata: { event_type: 'x' } }],
    ['invalid_metadata_format', { channel: 'COPS', text: 'x', metadata: '[]' }],
    ['metadata_too_large', { channel: 'COPS', text: 'x', metadata: { event_type: 'x', event_payload: { a: 'y'.repeat(9_000) } } }],
    ['missing_scope', { channel: 'COPS', text: 'x', username: 'Somebody Else' }],
  ])('%s (%#)', async (error, args) => {
    await using started = await startSlack();
    expect((await apiCall(started.slack, 'chat.postMessage', args)).body).toMatchObject({ ok: false, error });
    expect(started.slack.messages('COPS')).toEqual([]);
  });
});

test.each([
  ['unsupported type: sections [json-pointer:/blocks/0/type]', { type: 'sections' }],
  ['missing required field: text [json-pointer:/blocks/0]', { type: 'section' }],
  ['must be less than 3001 characters [json-pointer:/blocks/0/text/text]', section('x'.repeat(3_001))],
  ['must be more than 0 characters [json-pointer:/blocks/0/text/text]', section('')],
  [
    'must be less than 151 characters [json-pointer:/blocks/0/text/text]',
    { type: 'header', text: { type: 'plain_text', text: 'x'.repeat(151) } },
  ],
  ['must be less than 12001 characters [json-pointer:/blocks/0/text]', { type: 'markdown', text: 'x'.repeat(12_001) }],
  [
    'no more than 10 items allowed [json-pointer:/blocks/0/elements]',
    { type: 'context', elements: Array(11).fill({ type: 'mrkdwn', text: 'x' }) },
  ],
  ['no fewer than 1 items allowed [json-pointer:/blocks/0/elements]', { type: 'actions', elements: [] }],
  ['invalid additional property: colour [json-pointer:/blocks/0]', { type: 'divider', colour: 'red' }],
  ['unsupported type: button [json-pointer:/blocks/0/elements/0/type]', { type: 'context_actions', elements: [{ type: 'button' }] }],
  ['missing required field: image_url [json-pointer:/blocks/0]', { type: 'image', alt_text: 'x' }],
  ['unsupported type: button [json-pointer:/blocks/0/element/type]', { type: 'input', label, element: { type: 'button', text: label } }],
  ['missing required field: label [json-pointer:/blocks/0]', { type: 'input', element: { type: 'plain_text_input' } }],
  [
    'must be a number from 1 to 3000 [json-pointer:/blocks/0/element/max_length]',
    { type: 'input', label, element: { type: 'plain_text_input', max_length: 3_001 } },
  ],
  ['action_id already exists: go [json-pointer:/blocks/0/elements]', { type: 'actions', elements: [go, go] }],
  ['no more than 10 items allowed [json-pointer:/blocks/0/fields]', { type: 'section', fields: Array(11).fill(label) }],
  ['unsupported value: quiet [json-pointer:/blocks/0/elements/0/style]', { type: 'actions', elements: [{ ...go, style: 'quiet' }] }],
])('Block Kit: %s', async (words, block) => {
  await using started = await startSlack();
  const { body } = await apiCall(started.slack, 'chat.postMessage', { channel: 'COPS', text: 'x', blocks: [block] });
  expect(body).toMatchObject({ ok: false, error: 'invalid_blocks', response_metadata: { messages: [`[ERROR] ${words}`] } });
});

test('what Vera posts is taken: Markdown, sources, disclaimer and feedback, with ids given to what had none', async () => {
  await using started = await startSlack();
  const { slack, client } = started;
  const button = { text: { type: 'plain_text', text: 'Good' }, value: 'good', accessibility_label: 'This helped' };
  const blocks = [
    { type: 'markdown', text: '# Title\n\n| a | b |\n|---|---|\n| 1 | 2 |' },
    { type: 'context', elements: [{ type: 'mrkdwn', text: '*Sources*\n[1] <https://example.com|Doc>' }] },
    { type: 'context_actions', elements: [{ type: 'feedback_buttons', action_id: 'f', positive_button: button, negative_button: button }] },
  ];
  const { ts } = (await client.apiCall('chat.postMessage', { channel: 'COPS', text: 'plain', blocks })) as { ts?: string };
  const [message] = slack.messages('COPS');
  expect(message).toMatchObject({ ts, text: 'plain', markdown: blocks[0]?.text });
  expect(message?.blocks?.every(({ block_id }) => typeof block_id === 'string')).toBe(true);
});

test('a text too long to keep is cut, with a warning', async () => {
  await using started = await startSlack();
  const { slack, client } = started;
  const answer = await client.chat.postMessage({ channel: 'COPS', text: 'x'.repeat(40_010) });
  expect(answer.response_metadata?.warnings).toEqual(['message_truncated']);
  expect(slack.messages('COPS')[0]?.text).toHaveLength(40_000);
});

test('chat.update is stricter about text, and changes only what it was given', async () => {
  await using started = await startSlack();
  const { slack, client } = started;
  const metadata = { event_type: 'vera_reply', event_payload: { question: 'q1' } };
  const { ts = '' } = await client.chat.postMessage({ channel: 'COPS', markdown_text: '**one**', metadata });
  expect(await outcomeOf(client.chat.update({ channel: 'COPS', ts, text: 'x'.repeat(4_001) }))).toBe('msg_too_long');
  await client.chat.update({ channel: 'COPS', ts, text: 'two' });
  expect(slack.messages('COPS')[0]).toMatchObject({ text: 'two', metadata, edited: { user: 'B01' } });
  expect(slack.messages('COPS')[0]).not.toHaveProperty('markdown');
  await apiCall(slack, 'chat.update', { channel: 'COPS', ts, metadata: { event_type: 'vera_reply', event_payload: { question: 'q2' } } });
  expect(slack.messages('COPS')[0]).toMatchObject({ text: 'two', metadata: { event_payload: { question: 'q2' } } });
  await apiCall(slack, 'chat.update', { channel: 'COPS', ts, text: 'three', metadata: {} });
  expect(slack.messages('COPS')[0]).not.toHaveProperty('metadata');
});

test('the bot changes and deletes only its own messages, and only while they are there', async () => {
  await using started = await startSlack();
  const { slack, client } = started;
  const { ts } = slack.post({ user: 'UANN', channel: 'COPS', text: 'mine' });
  expect(await outcomeOf(client.chat.update({ channel: 'COPS', ts, text: 'x' }))).toBe('cant_update_message');
  expect(await outcomeOf(client.chat.delete({ channel: 'COPS', ts }))).toBe('cant_delete_message');
  const own = await client.chat.postMessage({ channel: 'COPS', text: 'own' });
  await client.chat.delete({ channel: 'COPS', ts: own.ts ?? '' });
  expect(await outcomeOf(client.chat.delete({ channel: 'COPS', ts: own.ts ?? '' }))).toBe('message_not_found');
  expect(await outcomeOf(client.chat.update({ channel: 'COPS', ts: own.ts ?? '', text: 'x' }))).toBe('message_not_found');
});

test('a posted message may go to a person, to a thread and its channel, and under another name with the scope for it', async () => {
  await using started = await startSlack();
  const { slack, client } = started;
  const direct = await client.chat.postMessage({ channel: 'UBOB', text: 'hello Bob' });
  expect(slack.workspace.channels.find(({ id }) => id === direct.channel)).toMatchObject({ kind: 'im', members: ['UBOB', 'UVERA'] });
  const root = slack.post({ user: 'UANN', channel: 'COPS', text: 'root' });
  await client.chat.postMessage({ channel: 'COPS', thread_ts: root.ts, reply_broadcast: true, text: 'to all' });
  expect(slack.messages('COPS')[1]).toMatchObject({ subtype: 'thread_broadcast', thread_ts: root.ts, parent_user_id: 'UANN' });
});

test('an ephemeral message is seen by one person and kept by nobody', async () => {
  await using started = await startSlack();
  const { slack, app, client } = started;
  const answer = await client.chat.postEphemeral({ channel: 'COPS', user: 'UANN', text: 'psst' });
  await slack.idle();
  expect(answer).toEqual(expect.objectContaining({ ok: true, message_ts: expect.any(String) }));
  expect(slack.ephemerals('UANN')).toMatchObject([{ ts: answer.message_ts, text: 'psst' }]);
  expect([slack.ephemerals('UBOB'), slack.messages('COPS'), app.events()]).toEqual([[], [], []]);
  expect(await outcomeOf(client.chat.postEphemeral({ channel: 'COPS', user: 'UEVE', text: 'psst' }))).toBe('user_not_in_channel');
  expect(await outcomeOf(client.chat.update({ channel: 'COPS', ts: answer.message_ts ?? '', text: 'x' }))).toBe('message_not_found');
});

test('reactions are counted, once a bot', async () => {
  await using started = await startSlack();
  const { slack, client } = started;
  const { ts } = slack.post({ user: 'UANN', channel: 'COPS', text: 'look' });
  const target = { channel: 'COPS', timestamp: ts, name: 'eyes' };
  await client.reactions.add(target);
  expect(slack.messages('COPS')[0]?.reactions).toEqual([{ name: 'eyes', users: ['UVERA'], count: 1 }]);
  expect(await outcomeOf(client.reactions.add(target))).toBe('already_reacted');
  expect(await outcomeOf(client.reactions.add({ ...target, name: 'not an emoji' }))).toBe('invalid_name');
  await client.reactions.remove(target);
  expect(await outcomeOf(client.reactions.remove(target))).toBe('no_reaction');
  expect(slack.messages('COPS')[0]).not.toHaveProperty('reactions');
});

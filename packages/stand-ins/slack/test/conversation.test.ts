import { expect, test } from 'vitest';
import { outcomeOf, startSlack } from './start-slack.ts';

test('a mention goes out twice, signed, under two event ids but one ts', async () => {
  await using started = await startSlack();
  const { slack, app } = started;
  const message = slack.post({ user: 'UANN', channel: 'COPS', text: '@Vera who is on call?' });
  expect(app.received).toEqual([]);
  await slack.idle();
  expect(app.received.map(({ isSigned }) => isSigned)).toEqual([true, true]);
  expect(
    app
      .events()
      .map(({ type }) => type)
      .sort(),
  ).toEqual(['app_mention', 'message']);
  expect(new Set(app.events().map(({ ts, client_msg_id, text }) => `${ts} ${client_msg_id} ${text}`)).size).toBe(1);
  expect(new Set(app.received.map(({ json }) => json.event_id)).size).toBe(2);
  expect(message.text).toBe('<@UVERA> who is on call?');
});

test('an answer is streamed into the thread and read back from it', async () => {
  await using started = await startSlack();
  const { slack, client } = started;
  const root = slack.post({ user: 'UANN', channel: 'COPS', text: '<@UVERA> who is on call?' });
  await client.agents.sessions.setStatus({ channel_id: 'COPS', thread_ts: root.ts, status: 'processing', title: 'On call' });
  const stream = client.chatStream({
    channel: 'COPS',
    thread_ts: root.ts,
    recipient_user_id: 'UANN',
    recipient_team_id: 'T01',
    buffer_size: 1,
  });
  await stream.append({ chunks: [{ type: 'task_update', id: 't1', title: 'Look up', status: 'in_progress' }] });
  await stream.append({ markdown_text: '**Bob** is ' });
  await stream.append({ markdown_text: 'on [call](https://example.com/a).' });
  expect(slack.session('COPS', root.ts)).toEqual({ status: 'processing', title: 'On call' });
  await stream.stop({ chunks: [{ type: 'task_update', id: 't1', title: 'Looked up', status: 'complete' }] });
  expect(slack.session('COPS', root.ts)?.status).toBe('active');
  const [, answer] = slack.messages('COPS', root.ts);
  expect(answer).toMatchObject({
    markdown: '**Bob** is on [call](https://example.com/a).',
    text: '*Bob* is on <https://example.com/a|call>.',
    streaming_state: 'completed',
    tasks: [{ id: 't1', title: 'Looked up', status: 'complete' }],
  });
  const { messages } = await client.conversations.replies({ channel: 'COPS', ts: root.ts });
  expect(messages?.map(({ text }) => text)).toEqual(['<@UVERA> who is on call?', '*Bob* is on <https://example.com/a|call>.']);
  expect(messages?.[0]).toMatchObject({ reply_count: 1, reply_users: ['UVERA'], latest_reply: answer?.ts });
});

test('posts, updates and deletions of the bot come back as its own events', async () => {
  await using started = await startSlack();
  const { slack, app, client } = started;
  const { ts } = await client.chat.postMessage({ channel: 'COPS', text: 'a < b & https://example.com/x?a=1&b=2' });
  await client.chat.update({ channel: 'COPS', ts: ts ?? '', text: 'done' });
  await client.chat.delete({ channel: 'COPS', ts: ts ?? '' });
  await slack.idle();
  const [posted, changed, deleted] = app.events();
  expect(posted).toMatchObject({
    type: 'message',
    user: 'UVERA',
    bot_id: 'B01',
    app_id: 'A01',
    text: 'a &lt; b &amp; <https://example.com/x?a=1&amp;b=2>',
  });
  expect(changed).toMatchObject({ subtype: 'message_changed', hidden: true, message: { text: 'done', edited: { user: 'B01' } } });
  expect(changed).not.toHaveProperty('user');
  expect(deleted).toMatchObject({ subtype: 'message_deleted', deleted_ts: ts });
  expect(slack.messages('COPS')).toEqual([]);
});

test('a click on a feedback button reaches the app as a signed form', async () => {
  await using started = await startSlack();
  const { slack, app, client } = started;
  const button = (text: string, value: string) => ({ text: { type: 'plain_text' as const, text }, value });
  const blocks = [
    {
      type: 'context_actions' as const,
      elements: [
        {
          type: 'feedback_buttons' as const,
          action_id: 'feedback',
          positive_button: button('Good', 'good'),
          negative_button: button('Bad', 'bad'),
        },
      ],
    },
  ];
  const { ts } = await client.chat.postMessage({ channel: 'COPS', text: 'Was it good?', blocks });
  await slack.idle();
  app.received.length = 0;
  const click = { user: 'UANN', channel: 'COPS', messageTs: ts ?? '', actionId: 'feedback' };
  expect(await slack.click({ ...click, value: 'good' })).toEqual({ status: 200 });
  await expect(slack.click({ ...click, value: 'else' })).rejects.toThrow('no feedback with the value "else"');
  const [{ json, isSigned, headers }] = app.received as [(typeof app.received)[number]];
  expect(isSigned).toBe(true);
  expect(headers.get('content-type')).toBe('application/x-www-form-urlencoded');
  expect(json).toMatchObject({
    type: 'block_actions',
    user: { id: 'UANN', team_id: 'T01' },
    container: { type: 'message', message_ts: ts, channel_id: 'COPS', is_ephemeral: false },
    actions: [{ type: 'feedback_buttons', action_id: 'feedback', value: 'good' }],
  });
});

test('Stop ends the stream for Slack and tells the app, which must leave processing itself', async () => {
  await using started = await startSlack();
  const { slack, app, client } = started;
  const root = slack.post({ user: 'UANN', channel: 'DANN', text: 'tell me a long story' });
  const { ts } = await client.chat.startStream({
    channel: 'DANN',
    thread_ts: root.ts,
    recipient_user_id: 'UANN',
    recipient_team_id: 'T01',
  });
  slack.stop({ user: 'UANN', channel: 'DANN', threadTs: root.ts });
  await slack.idle();
  expect(app.events().at(-1)).toMatchObject({ type: 'agent_session_stopped', thread_ts: root.ts, streaming_message_ts: [ts] });
  expect(await outcomeOf(client.chat.appendStream({ channel: 'DANN', ts: ts ?? '', markdown_text: 'more' }))).toBe('stopped_by_user');
  expect(slack.session('DANN', root.ts)?.status).toBe('processing');
});

test('the bot does not hear itself mention itself', async () => {
  await using started = await startSlack();
  const { slack, app, client } = started;
  await client.chat.postMessage({ channel: 'COPS', text: 'ask me with <@UVERA>' });
  await slack.idle();
  expect(app.events().map(({ type }) => type)).toEqual(['message']);
});

import { expect, test } from 'vitest';
import { createSlackEmulator } from '../src/create-slack-emulator.ts';
import { northwind } from './northwind.ts';
import { clientOf, outcomeOf, startSlack } from './start-slack.ts';

test('processing ends by itself after an hour, counted from the last time it was set; posting does not end it', async () => {
  await using started = await startSlack();
  const { slack, client } = started;
  const { ts } = slack.post({ user: 'UANN', channel: 'DANN', text: 'question' });
  const place = { channel_id: 'DANN', thread_ts: ts };
  const answer = await client.agents.sessions.setStatus({ ...place, status: 'processing', title: 'First', initiator_user_id: 'UANN' });
  expect(answer).toMatchObject({ ok: true, status: 'processing', agent_status: 'processing', title: 'First' });
  slack.advance(59 * 60_000);
  await client.agents.sessions.setStatus({ ...place, status: 'processing', title: 'Ignored' });
  await client.chat.postMessage({ channel: 'DANN', thread_ts: ts, text: 'still at it' });
  slack.advance(59 * 60_000);
  expect(slack.session('DANN', ts)).toEqual({ status: 'processing', title: 'First' });
  slack.advance(60_000);
  expect(slack.session('DANN', ts)?.status).toBe('active');
});

test('the older status shows for two minutes or until the app posts', async () => {
  await using started = await startSlack();
  const { slack, client } = started;
  const { ts } = slack.post({ user: 'UANN', channel: 'DANN', text: 'question' });
  const place = { channel_id: 'DANN', thread_ts: ts };
  const show = () => client.assistant.threads.setStatus({ ...place, status: 'is thinking', loading_messages: ['a', 'b'] });
  await show();
  expect(slack.session('DANN', ts)).toEqual({ status: 'processing', legacyStatus: 'is thinking' });
  slack.advance(120_000);
  expect(slack.session('DANN', ts)).toEqual({ status: 'active' });
  await show();
  await client.chat.postMessage({ channel: 'DANN', thread_ts: ts, text: 'answer' });
  expect(slack.session('DANN', ts)).toEqual({ status: 'active' });
  await show();
  await client.assistant.threads.setStatus({ ...place, status: '' });
  expect(slack.session('DANN', ts)).toEqual({ status: 'active' });
  expect(await outcomeOf(client.assistant.threads.setStatus({ ...place, thread_ts: '1.1', status: 'x' }))).toBe('invalid_thread_ts');
  expect(await outcomeOf(client.assistant.threads.setStatus({ ...place, status: 'x', loading_messages: ['x'.repeat(51)] }))).toBe(
    'invalid_arguments',
  );
});

test('an app that is not declared as an agent may set no state, and has the older line', async () => {
  await using started = await startSlack({ agentView: false });
  const { slack, client } = started;
  const { ts } = slack.post({ user: 'UANN', channel: 'COPS', text: 'question' });
  const place = { channel_id: 'COPS', thread_ts: ts };
  expect(await outcomeOf(client.agents.sessions.setStatus({ ...place, status: 'processing' }))).toBe('not_authorized');
  expect(await outcomeOf(client.assistant.threads.setStatus({ ...place, status: 'is thinking…' }))).toBe('ok');
  expect(slack.session('COPS', ts)?.status).toBe('processing');
});

test('sessions need a thread, a member and a person who is there', async () => {
  await using started = await startSlack();
  const { slack, client } = started;
  const { ts } = slack.post({ user: 'UANN', channel: 'COPS', text: 'question' });
  const set = (change: object) =>
    outcomeOf(client.agents.sessions.setStatus({ channel_id: 'COPS', thread_ts: ts, status: 'active', ...change }));
  expect(await set({ thread_ts: undefined })).toBe('thread_ts_required');
  expect(await set({ channel_id: 'CQUIET' })).toBe('not_authorized');
  expect(await set({ channel_id: 'CNONE' })).toBe('channel_not_found');
  expect(await set({ initiator_user_id: 'UEVE' })).toBe('user_not_found');
  expect(await set({ username: 'Other' })).toBe('missing_scope');
  const rename = (change: object) =>
    outcomeOf(client.agents.sessions.rename({ channel_id: 'COPS', thread_ts: ts, title: 'New', ...change }));
  expect(await rename({})).toBe('session_not_found');
  expect(await set({ title: 'Old' })).toBe('ok');
  expect(await rename({})).toBe('ok');
  expect(await rename({ title: ' ' })).toBe('invalid_name');
  expect(slack.session('COPS', ts)?.title).toBe('New');
});

test('only a direct message has an assistant thread to name, by a title of bounded length', async () => {
  await using started = await startSlack();
  const { slack, client } = started;
  const name = (channel: string, title: string) => {
    const { ts } = slack.post({ user: 'UANN', channel, text: 'question' });
    return outcomeOf(client.assistant.threads.setTitle({ channel_id: channel, thread_ts: ts, title }));
  };
  expect(await name('DANN', 'Trip')).toBe('ok');
  expect(await name('COPS', 'Trip')).toBe('invalid_thread_ts');
  expect(await name('DANN', 'x'.repeat(201))).toBe('invalid_arguments');
});

test('without a subscription Slack warns that nobody will hear of a stop', async () => {
  await using slack = await createSlackEmulator({ workspace: northwind });
  const { ts } = slack.post({ user: 'UANN', channel: 'DANN', text: 'question' });
  const answer = await clientOf(slack).agents.sessions.setStatus({ channel_id: 'DANN', thread_ts: ts, status: 'active' });
  expect(answer).toMatchObject({ warning: 'missing_agent_session_stopped_event_subscription' });
});

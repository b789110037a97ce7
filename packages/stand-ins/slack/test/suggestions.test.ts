import { expect, test } from 'vitest';
import { outcomeOf, startSlack } from './start-slack.ts';

const prompts: [{ title: string; message: string }] = [{ title: 'On call', message: 'Who is on call?' }];

test('prompts of an agent stand in its direct messages; with a thread they are taken and shown nowhere', async () => {
  await using started = await startSlack();
  const { slack, client } = started;
  const { ts } = slack.post({ user: 'UANN', channel: 'DANN', text: 'hi' });
  const set = (more: object) => outcomeOf(client.assistant.threads.setSuggestedPrompts({ channel_id: 'DANN', prompts, ...more }));
  expect(await set({ thread_ts: ts })).toBe('ok');
  expect([slack.prompts('DANN'), slack.prompts('DANN', ts)]).toEqual([undefined, undefined]);
  expect(await set({ title: 'Ask me' })).toBe('ok');
  expect(slack.prompts('DANN')).toEqual({ title: 'Ask me', prompts });
  expect(await set({ prompts: Array(5).fill(prompts[0]) })).toBe('invalid_arguments');
  expect(await set({ prompts: [] })).toBe('invalid_arguments');
  expect(await set({ prompts: [{ title: '', message: 'x' }] })).toBe('invalid_arguments');
  expect(await set({ channel_id: 'COPS' })).toBe('channel_not_found');
  expect(await set({ thread_ts: '1.1' })).toBe('invalid_thread_ts');
  slack.reset();
  expect(slack.prompts('DANN')).toBeUndefined();
});

test('an older assistant begins a thread, is told what is looked at for it, and has prompts there', async () => {
  await using started = await startSlack({ agentView: false });
  const { slack, app, client } = started;
  expect(() => slack.lookAt({ user: 'UANN', channel: 'COPS' })).toThrow('no assistant thread');
  const { ts } = slack.openAssistant({ user: 'UANN', viewing: 'COPS' });
  slack.lookAt({ user: 'UANN', channel: 'CQUIET' });
  slack.openHome({ user: 'UANN', tab: 'messages', viewing: 'COPS' });
  await slack.idle();
  const place = { user_id: 'UANN', channel_id: 'DANN', thread_ts: ts };
  expect(app.events()).toMatchObject([
    { type: 'assistant_thread_started', assistant_thread: { ...place, context: { channel_id: 'COPS' } } },
    { type: 'assistant_thread_context_changed', assistant_thread: { ...place, context: { channel_id: 'CQUIET' } } },
    { type: 'app_home_opened', tab: 'messages' },
  ]);
  expect(app.events().at(-1)).not.toHaveProperty('context');
  expect(slack.messages('DANN', ts)).toMatchObject([{ subtype: 'assistant_app_thread', user: 'UVERA' }]);
  await client.assistant.threads.setSuggestedPrompts({ channel_id: 'DANN', thread_ts: ts, prompts });
  expect(slack.prompts('DANN', ts)).toEqual({ prompts });
});

test('an agent is told what is looked at as it is opened and afterwards, again until it takes it', async () => {
  await using started = await startSlack();
  const { slack, app } = started;
  const entities = [{ type: 'slack#/types/channel_id', value: 'COPS', team_id: 'T01' }];
  slack.openHome({ user: 'UANN', tab: 'messages', viewing: 'COPS' });
  await slack.idle();
  app.answer = () => new Response(null, { status: 500 });
  slack.lookAt({ user: 'UANN', channel: 'COPS' });
  await slack.idle();
  app.answer = () => new Response(null);
  slack.advance(60_000);
  await slack.idle();
  const changed = { type: 'app_context_changed', channel: 'DANN', user: 'UANN', context: { entities } };
  expect(app.events()).toMatchObject([{ type: 'app_home_opened', context: { entities } }, changed, changed, changed]);
  expect(() => slack.openAssistant({ user: 'UANN' })).toThrow('an agent');
});

test('an app is told who comes into a channel that it is in, and of its own coming', async () => {
  await using started = await startSlack();
  const { slack, app, client } = started;
  slack.invite({ user: 'UANN', channel: 'CQUIET', invited: 'UEVE' });
  slack.invite({ user: 'UANN', channel: 'CQUIET' });
  await slack.idle();
  expect(app.events()).toMatchObject([
    { type: 'member_joined_channel', user: 'UVERA', channel: 'CQUIET', channel_type: 'C', inviter: 'UANN' },
  ]);
  const { members } = await client.conversations.members({ channel: 'CQUIET' });
  expect(members).toEqual(expect.arrayContaining(['UEVE', 'UVERA']));
  expect(() => slack.invite({ user: 'UANN', channel: 'CQUIET' })).toThrow('cannot be invited');
});

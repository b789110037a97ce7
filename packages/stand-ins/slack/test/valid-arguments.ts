import type { SlackEmulator } from '../src/contract.ts';
import { apiCall } from './api-call.ts';

type Args = Record<string, unknown>;

/** Arguments with which each method succeeds, after whatever has to come first. */
export const validArguments: Readonly<Record<string, (slack: SlackEmulator) => Args | Promise<Args>>> = {
  'agents.sessions.rename': async (slack) => {
    const place = { channel_id: 'COPS', thread_ts: root(slack) };
    await apiCall(slack, 'agents.sessions.setStatus', { ...place, status: 'active' });
    return { ...place, title: 'Trip' };
  },
  'agents.sessions.setStatus': (slack) => ({ channel_id: 'COPS', thread_ts: root(slack), status: 'processing' }),
  'assistant.search.context': async (slack) => ({ query: 'question', action_token: await actionToken(slack) }),
  'assistant.search.info': () => ({}),
  'assistant.threads.setStatus': (slack) => ({ channel_id: 'COPS', thread_ts: root(slack), status: 'is thinking' }),
  'assistant.threads.setSuggestedPrompts': () => ({ channel_id: 'DANN', prompts: [{ title: 'On call', message: 'Who is on call?' }] }),
  'assistant.threads.setTitle': (slack) => ({ channel_id: 'DANN', thread_ts: root(slack, 'DANN'), title: 'Trip' }),
  'auth.test': () => ({}),
  'bots.info': () => ({ bot: 'B77' }),
  'chat.appendStream': async (slack) => ({ channel: 'COPS', ts: await stream(slack), markdown_text: 'more' }),
  'chat.delete': async (slack) => ({ channel: 'COPS', ts: await posted(slack) }),
  'chat.getPermalink': (slack) => ({ channel: 'COPS', message_ts: root(slack) }),
  'chat.postEphemeral': () => ({ channel: 'COPS', user: 'UANN', text: 'only you' }),
  'chat.postMessage': () => ({ channel: 'COPS', text: 'hello' }),
  'chat.startStream': (slack) => ({ channel: 'COPS', thread_ts: root(slack), recipient_user_id: 'UANN', recipient_team_id: 'T01' }),
  'chat.stopStream': async (slack) => ({ channel: 'COPS', ts: await stream(slack) }),
  'chat.update': async (slack) => ({ channel: 'COPS', ts: await posted(slack), text: 'changed' }),
  'conversations.history': () => ({ channel: 'COPS' }),
  'conversations.info': () => ({ channel: 'COPS' }),
  'conversations.members': () => ({ channel: 'COPS' }),
  'conversations.open': () => ({ users: 'UBOB' }),
  'conversations.replies': (slack) => ({ channel: 'COPS', ts: root(slack) }),
  'files.completeUploadExternal': async (slack) => ({ files: [{ id: await uploaded(slack), title: 'A' }], channel_id: 'COPS' }),
  'files.delete': completed,
  'files.getUploadURLExternal': () => ({ filename: 'a.txt', length: 3 }),
  'files.info': completed,
  'oauth.v2.access': (slack) => grantOf(slack, 'install'),
  'openid.connect.token': (slack) => grantOf(slack, 'sign-in'),
  'openid.connect.userInfo': () => ({}),
  'reactions.add': (slack) => ({ channel: 'COPS', timestamp: root(slack), name: 'eyes' }),
  'reactions.remove': async (slack) => {
    const target = { channel: 'COPS', timestamp: root(slack), name: 'eyes' };
    await apiCall(slack, 'reactions.add', target);
    return target;
  },
  'team.info': () => ({}),
  'users.conversations': () => ({}),
  'users.info': () => ({ user: 'UANN' }),
  'users.list': () => ({}),
  'views.open': async (slack) => ({ trigger_id: await trigger(slack), view: modal }),
  'views.publish': () => ({ user_id: 'UANN', view: { type: 'home', blocks: [] } }),
  'views.update': async (slack) => {
    const { body } = await apiCall(slack, 'views.open', { trigger_id: await trigger(slack), view: modal });
    return { view_id: body.view.id, view: modal };
  },
};

export const modal = { type: 'modal', title: { type: 'plain_text', text: 'A modal' }, blocks: [{ type: 'divider' }] };

/** A person's token where the method asks for one. */
export async function userToken(slack: SlackEmulator): Promise<string> {
  return (await apiCall(slack, 'openid.connect.token', grantOf(slack, 'sign-in'))).body.access_token;
}

async function trigger(slack: SlackEmulator): Promise<string> {
  const button = { type: 'button', action_id: 'go', text: { type: 'plain_text', text: 'Go' } };
  const { body } = await apiCall(slack, 'chat.postMessage', {
    channel: 'COPS',
    text: 'x',
    blocks: [{ type: 'actions', elements: [button] }],
  });
  let found = '';
  await slack.click({ user: 'UANN', channel: 'COPS', messageTs: body.ts, actionId: 'go', value: '' });
  for (const { trigger_id } of received.get(slack)?.() ?? []) found = trigger_id ?? found;
  return found;
}

async function actionToken(slack: SlackEmulator): Promise<string> {
  root(slack);
  await slack.idle();
  return (
    received
      .get(slack)?.()
      .findLast(({ event }) => event?.action_token !== undefined)?.event?.action_token ?? ''
  );
}

interface Received {
  readonly trigger_id?: string;
  readonly event?: { readonly action_token?: string };
}

/** What each emulator's app was sent so far; filled by the test that starts it. */
export const received = new WeakMap<SlackEmulator, () => readonly Received[]>();

function root(slack: SlackEmulator, channel = 'COPS'): string {
  return slack.post({ user: 'UANN', channel, text: 'a question' }).ts;
}

async function posted(slack: SlackEmulator): Promise<string> {
  return (await apiCall(slack, 'chat.postMessage', { channel: 'COPS', text: 'posted' })).body.ts;
}

async function stream(slack: SlackEmulator): Promise<string> {
  const args = { channel: 'COPS', thread_ts: root(slack), recipient_user_id: 'UANN', recipient_team_id: 'T01' };
  return (await apiCall(slack, 'chat.startStream', args)).body.ts;
}

async function uploaded(slack: SlackEmulator): Promise<string> {
  const { body } = await apiCall(slack, 'files.getUploadURLExternal', { filename: 'a.txt', length: 3 });
  await fetch(body.upload_url, { method: 'POST', body: 'abc' });
  return body.file_id;
}

async function completed(slack: SlackEmulator): Promise<Args> {
  const id = await uploaded(slack);
  await apiCall(slack, 'files.completeUploadExternal', { files: [{ id }] });
  return { file: id };
}

function grantOf(slack: SlackEmulator, purpose: 'install' | 'sign-in'): Args {
  const redirect_uri = 'https://vera.example/callback';
  const code = slack.authorize({ user: 'UANN', redirectUri: redirect_uri, purpose });
  return { client_id: '1.2', client_secret: 's', code, redirect_uri };
}

import { expect, test } from 'vitest';
import { northwind } from './northwind.ts';
import { startSlack } from './start-slack.ts';

const bearer = { authorization: `Bearer ${northwind.botToken}` };

async function send(url: string, init: RequestInit): Promise<Record<string, unknown>> {
  return (await (await fetch(url, { method: 'POST', ...init })).json()) as Record<string, unknown>;
}

test('the token may stand in the header, the form, the query or the JSON', async () => {
  await using started = await startSlack();
  const url = `${started.slack.url}/api/auth.test`;
  const token = northwind.botToken;
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  expect(await send(url, { headers: bearer })).toMatchObject({ ok: true });
  expect(await send(url, { headers: form, body: `token=${token}` })).toMatchObject({ ok: true });
  expect(await send(`${url}?token=${token}`, {})).toMatchObject({ ok: true });
  expect(
    await send(url, { headers: { 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify({ token }) }),
  ).toMatchObject({ ok: true });
  expect(started.slack.calls.every(({ args }) => !('token' in args))).toBe(true);
});

test('bodies of the wrong kind are refused by Slack’s names for it', async () => {
  await using started = await startSlack();
  const url = `${started.slack.url}/api/chat.postMessage`;
  const as = (type: string, body: string) => send(url, { headers: { ...bearer, 'content-type': type }, body });
  expect(await as('text/plain', '{"channel":"COPS"}')).toMatchObject({ error: 'invalid_post_type' });
  expect(await as('application/json', '{"channel"')).toMatchObject({ error: 'invalid_form_data' });
  expect(await as('application/json', '[]')).toMatchObject({ error: 'invalid_form_data' });
  expect(await as('multipart/form-data', 'x')).toMatchObject({ error: 'invalid_form_data' });
  expect(await send(url, { headers: bearer, body: new Blob(['channel=COPS']) })).toMatchObject({ error: 'missing_post_type' });
  const form = new FormData();
  form.set('channel', 'COPS');
  form.set('text', 'by parts');
  expect(await send(url, { headers: bearer, body: form })).toMatchObject({ ok: true });
});

test('JSON without a charset is taken with a warning; arguments may be nested or text', async () => {
  await using started = await startSlack();
  const { slack } = started;
  const url = `${slack.url}/api/chat.postMessage`;
  const blocks = [{ type: 'divider' }];
  const json = (args: object) => send(url, { headers: { ...bearer, 'content-type': 'application/json' }, body: JSON.stringify(args) });
  expect(await json({ channel: 'COPS', blocks, text: null })).toMatchObject({ ok: true, warning: 'missing_charset' });
  expect(await json({ channel: 'COPS', blocks: JSON.stringify(blocks) })).toMatchObject({
    ok: true,
    response_metadata: { warnings: ['missing_charset'] },
  });
  expect(slack.messages('COPS').map((message) => message.blocks?.[0]?.type)).toEqual(['divider', 'divider']);
  expect(await json({ channel: { id: 'COPS' }, text: 'x' })).toMatchObject({ error: 'invalid_arguments' });
});

test('answers say which scopes there are and which were needed', async () => {
  await using started = await startSlack();
  const answer = await started.client.users.info({ user: 'UANN' });
  expect(answer.response_metadata).toMatchObject({
    acceptedScopes: ['users:read'],
    scopes: expect.arrayContaining(['chat:write', 'im:history']),
  });
});

test('doors that are not Slack’s are not there', async () => {
  await using started = await startSlack();
  const { url } = started.slack;
  const status = async (path: string) => (await fetch(`${url}${path}`)).status;
  expect(await Promise.all(['/', '/upload/v1/x', '/actions/T01/1/x', '/openid/other'].map(status))).toEqual([404, 404, 404, 404]);
});

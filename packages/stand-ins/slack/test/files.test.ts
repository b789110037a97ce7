import { expect, test } from 'vitest';
import { northwind } from './northwind.ts';
import { outcomeOf, startSlack } from './start-slack.ts';

const authorization = `Bearer ${northwind.botToken}`;

test('Slack’s own upload works: the file is shared in the thread and can be fetched again', async () => {
  await using started = await startSlack();
  const { slack, app, client } = started;
  const root = slack.post({ user: 'UANN', channel: 'COPS', text: 'send me the log' });
  const { files } = await client.filesUploadV2({
    channel_id: 'COPS',
    thread_ts: root.ts,
    initial_comment: 'here',
    file: Buffer.from('line 1\nline 2'),
    filename: 'app.log',
    title: 'The log',
  });
  await slack.idle();
  const file = files[0]?.files?.[0];
  expect(file).toMatchObject({ name: 'app.log', title: 'The log', size: 13, filetype: 'text', mimetype: 'text/plain' });
  expect(app.events().at(-1)).toMatchObject({
    subtype: 'file_share',
    text: 'here',
    bot_id: 'B01',
    thread_ts: root.ts,
    files: [{ id: file?.id }],
  });
  const info = await client.files.info({ file: file?.id ?? '' });
  expect(info.file?.shares).toEqual({ public: { COPS: [{ ts: slack.messages('COPS', root.ts)[1]?.ts, thread_ts: root.ts }] } });
  const download = await fetch(file?.url_private_download ?? '', { headers: { authorization } });
  expect([download.status, download.headers.get('content-type'), await download.text()]).toEqual([200, 'text/plain', 'line 1\nline 2']);
  expect(Buffer.from(slack.file(file?.id ?? '')?.bytes ?? []).toString()).toBe('line 1\nline 2');
});

test('the bytes may also come raw, but all that were announced, and only for an upload that is awaited', async () => {
  await using started = await startSlack();
  const { client } = started;
  const { upload_url = '', file_id = '' } = await client.files.getUploadURLExternal({ filename: 'a.bin', length: 4 });
  const complete = () => outcomeOf(client.files.completeUploadExternal({ files: [{ id: file_id }] }));
  expect(await complete()).toBe('file_not_found');
  expect((await fetch(upload_url, { method: 'POST', body: 'abc' })).status).toBe(400);
  const taken = await fetch(upload_url, { method: 'POST', body: new Uint8Array([1, 2, 3, 4]) });
  expect([taken.status, await taken.text()]).toEqual([200, 'OK - 4']);
  expect(await outcomeOf(client.files.info({ file: file_id }))).toBe('file_not_found');
  expect(await complete()).toBe('ok');
  expect(await complete()).toBe('file_not_found');
  expect((await fetch(upload_url, { method: 'POST', body: 'abcd' })).status).toBe(404);
});

test('whoever may not read a file gets the sign-in page with status 200', async () => {
  await using started = await startSlack();
  const { slack, client } = started;
  const file = { name: 'a.png', mimetype: 'image/png', bytes: new Uint8Array([1]) };
  const shared = slack.post({ user: 'UANN', channel: 'DANN', text: '', files: [file] }).files?.[0];
  const hidden = slack.post({ user: 'UANN', channel: 'CQUIET', text: '', files: [file] }).files?.[0];
  const fetched = async (url: unknown, headers: Record<string, string>) => {
    const response = await fetch(String(url), { headers });
    return `${response.status} ${response.headers.get('content-type')}`;
  };
  const signIn = '200 text/html; charset=utf-8';
  expect(await fetched(shared?.url_private, { authorization })).toBe('200 image/png');
  expect(await fetched(shared?.url_private, {})).toBe(signIn);
  expect(await fetched(shared?.url_private, { authorization: 'Bearer xoxb-other' })).toBe(signIn);
  expect(await fetched(hidden?.url_private, { authorization })).toBe(signIn);
  expect(await fetched(`${slack.url}/files-pri/T01-FNONE/download/a.png`, { authorization })).toBe('404 text/html; charset=utf-8');
  expect(await outcomeOf(client.files.info({ file: String(hidden?.id) }))).toBe('file_not_found');
});

test('without files:read the sign-in page comes even to the bot', async () => {
  await using started = await startSlack({ workspace: { ...northwind, botScopes: ['chat:write'] } });
  const file = { name: 'a.png', mimetype: 'image/png', bytes: new Uint8Array([1]) };
  const shared = started.slack.post({ user: 'UANN', channel: 'DANN', text: '', files: [file] }).files?.[0];
  const response = await fetch(String(shared?.url_private_download), { headers: { authorization } });
  expect([response.status, (await response.text()).startsWith('<!DOCTYPE html>')]).toEqual([200, true]);
});

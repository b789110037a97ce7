import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSlackEmulator } from '../src/create-slack-emulator.ts';
import { northwind } from './northwind.ts';
import { clientOf, outcomeOf } from './start-slack.ts';

let folder: string;
let stateFile: string;
const warnings: string[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slack-state-'));
  stateFile = join(folder, 'deeper', 'slack.json');
  warnings.length = 0;
});
afterEach(() => rm(folder, { recursive: true }));

const start = (now?: () => number) =>
  createSlackEmulator({ workspace: northwind, stateFile, warn: (message) => void warnings.push(message), ...(now ? { now } : {}) });

test('messages, sessions, files and direct conversations survive a restart', async () => {
  const before = await start();
  const root = before.post({
    user: 'UANN',
    channel: 'COPS',
    text: 'question',
    files: [{ name: 'a.txt', mimetype: 'text/plain', bytes: Buffer.from('åäö') }],
  });
  const client = clientOf(before);
  await client.chat.postMessage({ channel: 'COPS', thread_ts: root.ts, markdown_text: '**answer**' });
  await client.agents.sessions.setStatus({ channel_id: 'COPS', thread_ts: root.ts, status: 'suspended', title: 'T' });
  const direct = await client.conversations.open({ users: 'UBOB' });
  const thread = before.messages('COPS', root.ts);
  await before[Symbol.asyncDispose]();

  await using after = await start();
  expect(after.messages('COPS', root.ts).map(({ files: _files, ...message }) => message)).toEqual(
    thread.map(({ files: _files, ...message }) => message),
  );
  expect(after.session('COPS', root.ts)).toEqual({ status: 'suspended', title: 'T' });
  expect(after.workspace.channels.some(({ id }) => id === direct.channel?.id)).toBe(true);
  const file = after.messages('COPS')[0]?.files?.[0];
  const download = await fetch(String(file?.url_private_download), { headers: { authorization: `Bearer ${northwind.botToken}` } });
  expect(await download.text()).toBe('åäö');
  expect(Number(after.post({ user: 'UANN', channel: 'COPS', text: 'next' }).ts)).toBeGreaterThan(Number(thread.at(-1)?.ts));
  expect(warnings).toEqual([]);
});

test('a stream that was open goes on, and ends five minutes after its start', async () => {
  let now = Date.now();
  const before = await start(() => now);
  const root = before.post({ user: 'UANN', channel: 'DANN', text: 'question' });
  const { ts = '' } = await clientOf(before).chat.startStream({
    channel: 'DANN',
    thread_ts: root.ts,
    recipient_user_id: 'UANN',
    recipient_team_id: 'T01',
  });
  await before[Symbol.asyncDispose]();
  now += 200_000;
  await using after = await start(() => now);
  const append = () => outcomeOf(clientOf(after).chat.appendStream({ channel: 'DANN', ts, markdown_text: 'x' }));
  expect(await append()).toBe('ok');
  after.advance(100_000);
  expect(await append()).toBe('message_not_in_streaming_state');
});

test('the state is saved soon after a change, not only at the end', async () => {
  await using slack = await start();
  slack.post({ user: 'UANN', channel: 'COPS', text: 'saved' });
  await expect.poll(() => readFile(stateFile, 'utf8').catch(() => '')).toContain('"saved"');
  slack.reset();
  await expect.poll(() => readFile(stateFile, 'utf8')).not.toContain('"saved"');
});

test.each([
  ['half a file', '{"version":1,"mess', 'JSON'],
  ['another workspace', '{"version":1,"teamId":"T99"}', 'it belongs to the workspace T99, not T01'],
  ['another version', '{"version":9}', 'its version is 9, not 1'],
  [
    'another shape',
    '{"version":1,"teamId":"T01","messages":[{}],"sessions":[],"stopped":[],"conversations":[],"files":[]}',
    'no channel, ts or text',
  ],
  ['not an object', 'null', 'it is not an object'],
])('%s is set aside and told of, and the emulator starts empty', async (_, text, words) => {
  stateFile = join(folder, 'slack.json');
  await writeFile(stateFile, text);
  const slack = await start();
  expect(slack.messages('COPS')).toEqual([]);
  await slack[Symbol.asyncDispose]();
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toContain(words);
  const [aside] = (await readdir(folder)).filter((name) => name.includes('unreadable'));
  expect(await readFile(join(folder, aside ?? ''), 'utf8')).toBe(text);
});

test('a place where nothing can be written is told of, and nothing breaks', async () => {
  stateFile = join(folder, 'a-file', 'slack.json');
  const slack = await start();
  await writeFile(join(folder, 'a-file'), 'in the way');
  await slack[Symbol.asyncDispose]();
  expect(warnings[0]).toContain('could not be saved');
});

test('times go on after those of the last run, even when the clock went back', async () => {
  let now = Date.now();
  const before = await start(() => now);
  const { ts } = before.post({ user: 'UANN', channel: 'COPS', text: 'before' });
  await before[Symbol.asyncDispose]();
  now -= 60_000;
  await using after = await start(() => now);
  expect(Number(after.post({ user: 'UANN', channel: 'COPS', text: 'after' }).ts)).toBeGreaterThan(Number(ts));
  expect(after.messages('COPS').map(({ text }) => text)).toEqual(['before', 'after']);
});

import { WebClient } from '@slack/web-api';
import { listen } from '@vera/stand-in-kit/listen';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PageEvent } from '../src/page-server/event-stream.ts';
import type { PageState } from '../src/page-server/page-state.ts';
import { type PageSystem, startPageSystem } from './page-system.ts';
import { testWorkspace } from './test-workspace.ts';

let system: PageSystem;
beforeEach(async () => {
  system = await startPageSystem();
});
afterEach(() => system[Symbol.asyncDispose]());

const ann = { user: 'U0ANN', channel: 'C0OPS' };
const stateNow = async () => (await (await fetch(`${system.url}/api/state`)).json()) as PageState;

describe('what the page is told', () => {
  test('is everything that was said, without any secret of the workspace', async () => {
    system.slack.post({ ...ann, text: 'Hello' });
    const text = await (await fetch(`${system.url}/api/state`)).text();
    expect((JSON.parse(text) as PageState).messages.map((message) => message.text)).toEqual(['Hello']);
    expect(text).not.toContain(testWorkspace.botToken);
    expect(text).not.toContain(testWorkspace.signingSecret);
  });

  test('holds what only one person sees, and the sessions of threads', async () => {
    const { ts } = system.slack.post({ ...ann, text: 'Hello' });
    const bot = new WebClient(testWorkspace.botToken, { slackApiUrl: `${system.slack.url}/api/` });
    await bot.chat.postEphemeral({ channel: 'C0OPS', user: 'U0ANN', text: 'Just you' });
    await bot.apiCall('agents.sessions.setStatus', { channel_id: 'C0OPS', thread_ts: ts, status: 'processing' });
    const { ephemerals, sessions } = await stateNow();
    expect(ephemerals.map(({ user, message }) => [user, message.text])).toEqual([['U0ANN', 'Just you']]);
    expect(sessions).toMatchObject([{ channel: 'C0OPS', threadTs: ts, session: { status: 'processing' } }]);
  });

  test('begins with the state and goes on with every change of Slack and every step of a road', async () => {
    const events = await listenTo(system.url);
    expect((await events.next()).kind).toBe('state');
    system.slack.post({ ...ann, text: 'Hello' });
    expect(await events.next()).toMatchObject({ kind: 'slack', change: { kind: 'message', message: { text: 'Hello' } } });
    system.road.add({ component: 'worker', line: '{"event":"thread.read","question":"q-1"}' });
    expect(await events.next()).toMatchObject({ kind: 'road', event: { event: 'thread.read', question: 'q-1' } });
    await events.end();
    system.slack.post({ ...ann, text: 'To nobody' });
    expect((await stateNow()).messages).toHaveLength(2);
  });

  test('of a road is found by the message that asked', async () => {
    const line = '{"event":"question.recorded","question":"q-1","channel":"C0OPS","message":"1.2","thread":"1.2"}';
    system.road.add({ component: 'receiver', line });
    const found = await (await fetch(`${system.url}/api/road?channel=C0OPS&message=1.2`)).json();
    expect(found).toMatchObject({ question: 'q-1', events: [{ component: 'receiver', line }] });
    expect(await (await fetch(`${system.url}/api/road?channel=C0OPS&message=9.9`)).json()).toEqual({ events: [] });
  });
});

test('the report is a page of its own, whose style comes apart, as none may stand within', async () => {
  expect((await stateNow()).hasReport).toBe(true);
  const page = await fetch(`${system.url}/report`);
  expect(page.headers.get('content-security-policy')).toContain("style-src 'self'");
  const [, styleUrl] = /href="([^"]+)"/.exec(await page.text()) ?? [];
  const style = await fetch(`${system.url}${styleUrl}`);
  expect([style.headers.get('content-type'), await style.text()]).toEqual(['text/css; charset=utf-8', 'p { color: red }']);
});

test('a trace is asked for by its question', async () => {
  const spans = [{ id: 's-1', parent: undefined, name: 'receive', at: 1, until: 2, attributes: {}, links: [], isError: false }];
  system.traces.set('q-1', spans);
  const asked = async (question: string) => (await fetch(`${system.url}/api/trace?question=${question}`)).json();
  expect(await asked('q-1')).toEqual({ spans: JSON.parse(JSON.stringify(spans)) });
  expect(await asked('q-2')).toEqual({ spans: [] });
});

describe('the lab', () => {
  const stateOf = (state: PageState) => state.lab?.faults.map((fault) => `${fault.id} ${fault.state}`);

  test('is told with the state and with every change, and breaks and mends what it is told', async () => {
    const events = await listenTo(system.url);
    expect(await events.next()).toMatchObject({ kind: 'state', state: { lab: { stories: [{ id: 'twice' }] } } });
    expect((await system.post('/api/lab/toggle', { fault: 'ledger' })).status).toBe(200);
    expect(await events.next()).toMatchObject({ kind: 'lab', lab: { faults: [{}, {}, { id: 'ledger', state: 'on' }] } });
    await events.end();
    await system.post('/api/lab/toggle', { fault: 'ledger' });
    expect(stateOf(await stateNow())).toEqual(['kill armed', 'freeze on', 'ledger off']);
  });

  test('says where the question of a story stands, and in words what it does not have', async () => {
    expect((await system.post('/api/lab/play', { story: 'twice', user: 'U0ANN' })).body).toEqual({ channel: 'C0OPS', ts: 'twice' });
    const unknown = await system.post('/api/lab/toggle', { fault: 'moon' });
    expect(unknown).toEqual({ status: 400, body: { error: 'There is no fault "moon" here.' } });
    expect((await system.post('/api/lab/toggle', {})).body.error).toMatch(/"fault" is missing/);
  });

  test('nothing is broken by a link, by another site, or under another name', async () => {
    const fault = { fault: 'ledger' };
    const strangers = [{ origin: 'https://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }];
    for (const headers of strangers) expect((await system.post('/api/lab/toggle', fault, headers)).status).toBe(403);
    expect((await system.rawGet('/api/lab/toggle?fault=ledger')).status).toBe(404);
    expect((await system.rawGet('/api/lab/toggle?fault=ledger', { host: 'evil.example' })).status).toBe(403);
    expect(stateOf(await stateNow())).toEqual(['kill armed', 'freeze on', 'ledger off']);
  });
});

describe('a person', () => {
  test('writes, edits and deletes', async () => {
    const { status, body } = await system.post('/api/messages', { ...ann, text: 'Helo' });
    expect(status).toBe(201);
    const { ts } = body.message as { ts: string };
    expect((await system.post('/api/edit', { ...ann, ts, text: 'Hello' })).status).toBe(200);
    expect(system.slack.messages('C0OPS').map(({ text }) => text)).toEqual(['Hello']);
    expect((await system.post('/api/remove', { ...ann, ts })).status).toBe(200);
    expect(system.slack.messages('C0OPS')).toEqual([]);
  });

  test('sends files with a reply, and others load them', async () => {
    const { ts } = system.slack.post({ ...ann, text: 'Logs?' });
    const form = new FormData();
    for (const [name, value] of Object.entries({ ...ann, text: '', threadTs: ts })) form.append(name, value);
    form.append('files', new File(['<script>1</script>'], 'page.html', { type: 'text/html' }));
    expect((await system.post('/api/messages', form)).status).toBe(201);
    const file = system.slack.messages('C0OPS', ts)[1]?.files?.[0];
    expect(file).toMatchObject({ name: 'page.html', mimetype: 'text/html' });
    const loaded = await fetch(`${system.url}/files/${file?.id}`);
    expect(await loaded.text()).toBe('<script>1</script>');
    expect(loaded.headers.get('content-disposition')).toContain('attachment');
    expect(loaded.headers.get('content-type')).toBe('application/octet-stream');
  });

  test('clicks, with what was typed into the fields of the message', async () => {
    const payloads: { state: object }[] = [];
    await using app = await listen(async (request) => {
      const text = await request.text();
      if (text.startsWith('payload=')) payloads.push(JSON.parse(new URLSearchParams(text).get('payload') ?? ''));
      return text.startsWith('payload=') ? new Response() : Response.json({ challenge: JSON.parse(text).challenge });
    });
    await system.slack.subscribe({ events: app.url, interactivity: app.url });
    const bot = new WebClient(testWorkspace.botToken, { slackApiUrl: `${system.slack.url}/api/` });
    const text = { type: 'plain_text' as const, text: 'Deny' };
    const input = {
      type: 'input' as const,
      block_id: 'why',
      label: text,
      element: { type: 'plain_text_input' as const, action_id: 'reason' },
    };
    const blocks = [input, { type: 'actions' as const, elements: [{ type: 'button' as const, action_id: 'deny', text, value: 'p1' }] }];
    const { ts: messageTs } = await bot.chat.postMessage({ channel: 'C0OPS', text: 'x', blocks });
    const values = JSON.stringify({ why: { reason: 'Not now' } });
    const answer = await system.post('/api/click', { ...ann, messageTs, actionId: 'deny', value: 'p1', values });
    expect(answer).toEqual({ status: 200, body: { status: 200 } });
    expect(payloads).toMatchObject([{ state: { values: { why: { reason: { type: 'plain_text_input', value: 'Not now' } } } } }]);
    await system.slack.idle();
  });

  test.each([
    ['/api/messages', { ...ann, text: '  ' }, /needs text or a file/],
    ['/api/messages', { channel: 'C0OPS', text: 'Hello' }, /"user" is missing/],
    ['/api/messages', { ...ann, user: 'U0DEPLOY', text: 'Hello' }, /no person/],
    ['/api/messages', { ...ann, user: 'U0EXT', text: 'Hello' }, /not in C0OPS/],
    ['/api/messages', { ...ann, channel: 'C0NONE', text: 'Hello' }, /no channel/],
    ['/api/messages', { ...ann, text: 7 }, /"text" must be one text/],
    ['/api/messages', { ...ann, text: 'x'.repeat(12_001) }, /12000 characters/],
    ['/api/messages', { ...ann, text: 'Hello', threadTs: '1.2' }, /no thread/],
    ['/api/messages', 'not json', /must be JSON/],
    ['/api/messages', [1], /must be a JSON object/],
    ['/api/edit', { ...ann, ts: '1.2', text: 'Hello' }, /no message/],
    ['/api/edit', { ...ann, ts: '1.2', text: '' }, /delete it instead/],
    ['/api/remove', { ...ann, ts: '1.2' }, /only what they wrote/],
    ['/api/click', { ...ann, messageTs: '1.2', actionId: 'feedback', value: 'good' }, /not possible/],
    ['/api/click', { ...ann, messageTs: '1.2', actionId: 'deny', values: '{' }, /must be JSON/],
    ['/api/click', { ...ann, messageTs: '1.2', actionId: 'deny', values: '{"a":"b"}' }, /texts by block and action/],
    ['/api/stop', { ...ann, threadTs: '1.2' }, /no thread/],
    ['/api/react', { ...ann, ts: '1.2', name: 'octagonal_sign' }, /no message/],
    ['/api/react', { ...ann, ts: '1.2', name: ':x:' }, /no name of an emoji/],
    ['/api/react', { ...ann, user: 'U0DEPLOY', ts: '1.2', name: 'x' }, /no person/],
  ])('is told in words why %s is not possible with %j', async (path, body, words) => {
    const answer = await system.post(path, body);
    expect(answer.status).toBe(400);
    expect(answer.body.error).toMatch(words);
  });

  test('cannot change what somebody else wrote', async () => {
    const { ts } = system.slack.post({ ...ann, text: 'Mine' });
    const bob = { ...ann, user: 'U0BOB', ts };
    expect((await system.post('/api/edit', { ...bob, text: 'His' })).status).toBe(400);
    expect((await system.post('/api/remove', bob)).status).toBe(400);
    expect(system.slack.messages('C0OPS')[0]?.text).toBe('Mine');
  });

  test('cannot send more than 25 MB', async () => {
    expect((await system.post('/api/messages', { ...ann, text: 'x'.repeat(25_000_001) })).status).toBe(413);
  });
});

describe('a stranger', () => {
  test.each(['evil.example', 'evil.example:3000', '127.0.0.1.evil.example', '@'])('under the name %j is refused', async (host) => {
    expect((await system.rawGet('/api/state', { host })).status).toBeGreaterThanOrEqual(400);
  });

  test.each(['127.0.0.1', 'localhost', 'LOCALHOST', '[::1]'])('is none under the name %s', async (host) => {
    expect((await system.rawGet('/api/state', { host: `${host}:${system.port}` })).status).toBe(200);
  });

  test.each([{ origin: 'https://evil.example' }, { origin: 'null' }, { origin: 'http://127.0.0.1:1' }, { 'sec-fetch-site': 'cross-site' }])(
    'cannot act from another site: %j',
    async (headers) => {
      const { status } = await system.post('/api/messages', { ...ann, text: 'Hello' }, headers);
      expect(status).toBe(403);
      expect(system.slack.messages('C0OPS')).toEqual([]);
    },
  );

  test('the page itself may', async () => {
    const headers = { origin: system.url, 'sec-fetch-site': 'same-origin' };
    expect((await system.post('/api/messages', { ...ann, text: 'Hello' }, headers)).status).toBe(201);
  });
});

/** The events of the stream, one by one. */
async function listenTo(url: string) {
  const reader = (await fetch(`${url}/api/events`)).body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const next = async (): Promise<PageEvent> => {
    for (;;) {
      const [event, ...rest] = text.split('\n\n');
      if (event !== undefined && rest.length > 0) {
        text = rest.join('\n\n');
        if (event.startsWith('data: ')) return JSON.parse(event.slice(6)) as PageEvent;
      } else text += (await reader.read()).value ?? '';
    }
  };
  return { next, end: () => reader.cancel() };
}

import { expect, test } from 'vitest';
import { createSlackEmulator } from '../src/create-slack-emulator.ts';
import { northwind } from './northwind.ts';
import { type RecordingApp, startRecordingApp } from './recording-app.ts';
import { startSlack } from './start-slack.ts';

const question = { user: 'UANN', channel: 'DANN', text: 'hello?' };

test('the envelope is the one Slack sends', async () => {
  await using started = await startSlack();
  const { slack, app } = started;
  const { ts } = slack.post({ ...question, channel: 'COPS', text: 'see https://example.com/a?b=1&c=2 <@UVERA> 👀 *now*' });
  await slack.idle();
  const message = app.received.find(({ json }) => json.event.type === 'message');
  const mention = app.received.find(({ json }) => json.event.type === 'app_mention');
  expect(message?.json).toMatchObject({
    type: 'event_callback',
    team_id: 'T01',
    context_team_id: 'T01',
    context_enterprise_id: null,
    api_app_id: 'A01',
    authorizations: [{ enterprise_id: null, team_id: 'T01', user_id: 'UVERA', is_bot: true, is_enterprise_install: false }],
    is_ext_shared_channel: false,
    event_time: Math.floor(Number(ts)),
  });
  const context = Buffer.from(message?.json.event_context.slice(2), 'base64url').toString();
  expect(JSON.parse(context)).toEqual({ et: 'message', tid: 'T01', aid: 'A01', cid: 'COPS' });
  expect(mention?.json).not.toHaveProperty('context_team_id');
  expect(mention?.json.event).not.toHaveProperty('channel_type');
  expect(message?.json.event).toMatchObject({ channel_type: 'channel', event_ts: ts, team: 'T01' });
  expect(message?.json.event.text).toBe('see <https://example.com/a?b=1&amp;c=2> <@UVERA> :eyes: *now*');
  expect(message?.json.event.blocks[0].elements[0].elements).toEqual([
    { type: 'text', text: 'see ' },
    { type: 'link', url: 'https://example.com/a?b=1&c=2' },
    { type: 'text', text: ' ' },
    { type: 'user', user_id: 'UVERA' },
    { type: 'text', text: ' ' },
    { type: 'emoji', name: 'eyes' },
    { type: 'text', text: ' ' },
    { type: 'text', text: 'now', style: { bold: true } },
  ]);
  expect(message?.body).toContain('https:\\/\\/example.com\\/a');
  expect(message?.headers.get('user-agent')).toBe('Slackbot 1.0 (+https://api.slack.com/robots)');
});

test('nothing is told of channels the bot is not in, nor a mention in a direct message', async () => {
  await using started = await startSlack();
  const { slack, app } = started;
  slack.post({ ...question, channel: 'CQUIET', text: '<@UVERA> can you hear me?' });
  slack.post({ ...question, text: '<@UVERA> hello' });
  await slack.idle();
  expect(app.events().map(({ type, channel_type }) => [type, channel_type])).toEqual([['message', 'im']]);
});

test('an event that fails is sent again at once, after one minute and after five, the same event id each time', async () => {
  await using started = await startSlack();
  const { slack, app } = started;
  app.answer = () => new Response('down', { status: 503 });
  slack.post(question);
  await slack.idle();
  expect(slack.deliveries.map(({ retryNumber, status }) => [retryNumber, status])).toEqual([
    [0, 503],
    [1, 503],
  ]);
  slack.advance(59_000);
  await slack.idle();
  expect(app.received).toHaveLength(2);
  slack.advance(1_000);
  await slack.idle();
  expect(app.received).toHaveLength(3);
  slack.advance(240_000);
  await slack.idle();
  slack.advance(24 * 3_600_000);
  await slack.idle();
  expect(app.received.map(({ headers }) => [headers.get('x-slack-retry-num'), headers.get('x-slack-retry-reason')])).toEqual([
    [null, null],
    ['1', 'http_error'],
    ['2', 'http_error'],
    ['3', 'http_error'],
  ]);
  expect(new Set(app.received.map(({ body }) => body)).size).toBe(1);
  expect(app.received.every(({ isSigned }) => isSigned)).toBe(true);
});

test('a retry that is taken is the last', async () => {
  await using started = await startSlack();
  const { slack, app } = started;
  app.answer = ({ headers }) => new Response(null, { status: headers.has('x-slack-retry-num') ? 200 : 500 });
  slack.post(question);
  await slack.idle();
  slack.advance(600_000);
  await slack.idle();
  expect(app.received).toHaveLength(2);
});

test('x-slack-no-retry on a refusal ends it', async () => {
  await using started = await startSlack();
  const { slack, app } = started;
  app.answer = () => new Response(null, { status: 401, headers: { 'x-slack-no-retry': '1' } });
  slack.post(question);
  await slack.idle();
  slack.advance(600_000);
  await slack.idle();
  expect(app.received).toHaveLength(1);
});

test('an app that does not answer in time, is not there or redirects for ever is named so in the retry', async () => {
  await using started = await startSlack({ ackTimeout: 250 });
  const { slack, app } = started;
  app.answer = ({ headers }) => (headers.has('x-slack-retry-num') ? new Response(null) : new Promise<Response>(() => undefined));
  slack.post(question);
  await slack.idle();
  app.answer = ({ headers }) => (headers.has('x-slack-retry-num') ? new Response(null) : Response.redirect(app.urls.events, 302));
  slack.post(question);
  await slack.idle();
  slack.disturbDeliveries(({ retryNumber }) => (retryNumber === 0 ? [] : [0]));
  slack.post(question);
  await slack.idle();
  const reasons = app.received.flatMap(({ headers }) => headers.get('x-slack-retry-reason') ?? []);
  expect(reasons).toEqual(['http_timeout', 'too_many_redirects', 'connection_failed']);
});

test('a retry falls due by itself when the clock outside moves on', async () => {
  let now = Date.now();
  await using started = await startSlack({ now: () => now });
  const { slack, app } = started;
  app.answer = () => new Response(null, { status: 500 });
  slack.post(question);
  await slack.idle();
  expect(app.received).toHaveLength(2);
  now += 60_001;
  slack.advance(0);
  await slack.idle();
  expect(app.received).toHaveLength(3);
});

test('deliveries can be lost, doubled, delayed and put out of order', async () => {
  await using started = await startSlack();
  const { slack, app } = started;
  slack.disturbDeliveries(({ retryNumber }) => (retryNumber < 2 ? [] : [0]));
  slack.post({ ...question, text: 'lost twice' });
  await slack.idle();
  expect(slack.deliveries.map(({ status }) => status)).toEqual([0, 0]);
  slack.advance(60_000);
  await slack.idle();
  expect(app.events().map(({ text }) => text)).toEqual(['lost twice']);

  app.received.length = 0;
  const delays = [[40, 0], [20]];
  slack.disturbDeliveries(() => delays.shift() ?? [0]);
  slack.post({ ...question, text: 'doubled' });
  slack.post({ ...question, text: 'late' });
  slack.post({ ...question, text: 'in time' });
  await slack.idle();
  expect(app.events().map(({ text }) => text)).toEqual(expect.arrayContaining(['doubled', 'in time', 'late', 'doubled']));
  expect(app.events().at(-2).text).toBe('late');
  expect(app.events().at(-1).text).toBe('doubled');
});

test('a delivery whose answer is lost arrived, and comes once more as after a time-out', async () => {
  await using started = await startSlack();
  const { slack, app } = started;
  slack.disturbDeliveries(({ retryNumber }) => (retryNumber === 0 ? 'unheard' : [0]));
  slack.post(question);
  await slack.idle();
  expect(slack.deliveries.map(({ status }) => status)).toEqual([0, 200]);
  expect(app.received.map(({ headers }) => headers.get('x-slack-retry-reason'))).toEqual([null, 'http_timeout']);
});

test('post returns before anything is sent, and a slow app holds up nobody', async () => {
  await using started = await startSlack();
  const { slack, app } = started;
  const waiting: (() => void)[] = [];
  app.answer = () => new Promise<Response>((resolve) => waiting.push(() => resolve(new Response(null))));
  slack.post(question);
  slack.post(question);
  await expect.poll(() => waiting.length).toBe(2);
  let isIdle = false;
  const idle = slack.idle().then(() => {
    isIdle = true;
  });
  expect(isIdle).toBe(false);
  for (const release of waiting) release();
  await idle;
  expect(slack.deliveries.map(({ status }) => status)).toEqual([200, 200]);
});

test('subscribing needs the right answer to the challenge', async () => {
  await using slack = await createSlackEmulator({ workspace: northwind });
  await using app: RecordingApp = await startRecordingApp(northwind.signingSecret);
  const wrong = `${slack.url}/nowhere`;
  await expect(slack.subscribe({ events: wrong, interactivity: wrong })).rejects.toThrow('did not answer url_verification: status 404');
  slack.post(question);
  await slack.idle();
  expect(slack.deliveries).toEqual([]);
  await slack.subscribe(app.urls);
  slack.post(question);
  await slack.idle();
  expect(slack.deliveries).toMatchObject([{ kind: 'event', eventType: 'message', retryNumber: 0, status: 200 }]);
});

test('a thousand failures within an hour would have the subscription disabled', async () => {
  await using started = await startSlack();
  const { slack } = started;
  slack.disturbDeliveries(() => []);
  for (let count = 0; count < 499; count += 1) slack.post(question);
  await slack.idle();
  expect(slack.isDisabled).toBe(false);
  slack.post(question);
  await slack.idle();
  expect(slack.isDisabled).toBe(true);
});

test('reset forgets deliveries, and retries on their way never arrive', async () => {
  await using started = await startSlack();
  const { slack, app } = started;
  app.answer = () => new Response(null, { status: 500 });
  slack.post(question);
  await slack.idle();
  slack.reset();
  slack.advance(600_000);
  await slack.idle();
  expect(app.received).toHaveLength(2);
  expect([slack.deliveries, slack.messages('DANN'), slack.calls]).toEqual([[], [], []]);
  app.answer = () => new Response(null);
  slack.post(question);
  await slack.idle();
  expect(app.received).toHaveLength(3);
});

import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SignedPost } from '../src/receiver.ts';
import { envelopes } from './envelopes.ts';
import { sign } from './sign.ts';
import { startedReceiver } from './started-receiver.ts';

const mention = envelopes.mention();
const refused = { status: 401, headers: { 'x-slack-no-retry': '1' } };
/** What a form post and a JSON post of Slack's say that no log line may repeat. */
const words = /on call|66cc9473|token|block_actions/;

describe('what is not from Slack', () => {
  let receiver: Awaited<ReturnType<typeof startedReceiver>>;
  beforeEach(async () => {
    receiver = await startedReceiver();
  });
  afterEach(() => receiver[Symbol.asyncDispose]());

  async function expectRefused(change: Partial<SignedPost>, body: string | Uint8Array = mention) {
    expect(await receiver.post(body, change)).toEqual(refused);
    expect(receiver.awsCalls.calls).toEqual([]);
    expect(receiver.forwarded).toEqual([]);
    expect(receiver.events().at(-1)).toBe('request.refused');
    expect(receiver.lines.join('\n')).not.toMatch(words);
  }

  it('R1 a POST without signature headers, or with only one, is refused with 401: nothing recorded, sent on or logged of it', async () => {
    await expectRefused({ signature: null, timestamp: null });
    await expectRefused({ signature: null });
    await expectRefused({ timestamp: null });
  });

  it('R1 an unsigned challenge, click or certificate probe is refused as well', async () => {
    const form = { contentType: 'application/x-www-form-urlencoded', signature: null };
    await expectRefused({ signature: null }, JSON.stringify({ type: 'url_verification', challenge: 'x', token: 't' }));
    await expectRefused(form, envelopes.feedback('good:1.1', '1.1'));
    await expectRefused(form, 'ssl_check=1&token=t');
  });

  it('R2 a signature of another length or with non-ASCII characters is refused with 401', async () => {
    const right = sign(mention, 1_766_458_030);
    for (const signature of ['', 'v0=', right.slice(0, -1), `${right}0`, `v0=${'ü'.repeat(64)}`, `${right.slice(0, -2)}é`]) {
      await expectRefused({ signature });
    }
  });

  it('R3 a timestamp six minutes old, six minutes ahead or not a number is refused with 401', async () => {
    for (const timestamp of [1_766_458_030 - 360, 1_766_458_030 + 360, 'yesterday', '', 'NaN'].map(String)) {
      await expectRefused({ timestamp, signature: sign(mention, timestamp) });
    }
  });

  it('a signature by another secret, or for another body, is refused', async () => {
    await expectRefused({ signature: sign(mention, 1_766_458_030, 'another') });
    await expectRefused({ signature: sign(`${mention} `, 1_766_458_030) });
  });

  it('a body larger than a mebibyte is refused, signed or not; one of just that size is read', async () => {
    const reply = { status: 413, headers: { 'x-slack-no-retry': '1' } };
    expect(await receiver.post(new Uint8Array(1024 * 1024 + 1))).toEqual(reply);
    expect(await receiver.post(new Uint8Array(1024 * 1024 + 1), { signature: null })).toEqual(reply);
    const full = JSON.stringify({ type: 'next_year', pad: '' }).length;
    expect(await receiver.post(JSON.stringify({ type: 'next_year', pad: 'x'.repeat(1024 * 1024 - full) }))).toEqual({ status: 200 });
  });
});

describe('what Slack signed but nobody can read', () => {
  let receiver: Awaited<ReturnType<typeof startedReceiver>>;
  beforeEach(async () => {
    receiver = await startedReceiver();
  });
  afterEach(() => receiver[Symbol.asyncDispose]());

  it.each([
    ['no JSON', Buffer.from('who is on call?'), 'application/json', 'not JSON'],
    ['nothing', Buffer.from(''), 'application/json', 'not JSON'],
    ['no UTF-8', Uint8Array.from([0x22, 0xff, 0x22]), 'application/json', 'not UTF-8'],
    ['noise', randomBytes(64), 'application/octet-stream', undefined],
    ['a payload that is no JSON', Buffer.from('payload=on+call'), 'application/x-www-form-urlencoded', 'payload is not JSON'],
    [
      'a message of another shape',
      Buffer.from(envelopes.direct('Ev01', { ts: ['on call'] })),
      'application/json',
      'message of another shape',
    ],
    [
      'an event without its workspace',
      Buffer.from('{"type":"event_callback","event":{"type":"message"}}'),
      '',
      'event_callback of another shape',
    ],
  ])('%s is refused for good, with a reason in the log', async (_, body, contentType, reason) => {
    expect(await receiver.post(body, { contentType })).toEqual({ status: 400, headers: { 'x-slack-no-retry': '1' } });
    expect(JSON.parse(receiver.lines[0] ?? '')).toMatchObject({ event: 'request.refused', status: 400, ...(reason ? { reason } : {}) });
    expect(receiver.lines.join()).not.toMatch(words);
  });

  it.each([
    ['an event of another type', envelopes.of({ type: 'channel_rename', channel: { id: 'C01' } }), 'event channel_rename'],
    ['a change of nothing', envelopes.direct('Ev01', { subtype: 'message_changed', user: undefined }), 'a change of nothing'],
    ['our own message', envelopes.direct('Ev01', { app_id: 'A01' }), 'our own message'],
    ['another bot', envelopes.mention('Ev01', { bot_id: 'B78' }), 'another bot'],
    ['a message without a user', envelopes.mention('Ev01', { user: undefined }), 'no user, channel or ts'],
    ['a message without a channel', envelopes.mention('Ev01', { channel: undefined }), 'no user, channel or ts'],
    ['a direct message without text', envelopes.direct('Ev01', { text: undefined }), 'nothing said'],
    ['an envelope of next year', '{"type":"next_year"}', 'type next_year'],
  ])('%s is taken and left alone, with a reason in the log', async (_, body, reason) => {
    expect(await receiver.post(body)).toEqual({ status: 200 });
    expect(JSON.parse(receiver.lines[0] ?? '')).toMatchObject({ event: 'event.ignored', reason });
    expect(receiver.awsCalls.calls).toEqual([]);
    expect(receiver.forwarded).toEqual([]);
    expect(receiver.lines.join()).not.toMatch(words);
  });

  it('a certificate probe and a challenge are answered', async () => {
    expect(await receiver.post('ssl_check=1&token=t', { contentType: 'application/x-www-form-urlencoded' })).toEqual({ status: 200 });
    const challenge = '3eZ"brw1a';
    const reply = await receiver.post(JSON.stringify({ token: 't', challenge, type: 'url_verification' }));
    expect(reply).toMatchObject({ status: 200, headers: { 'content-type': 'application/json' } });
    expect(JSON.parse(reply.body ?? '')).toEqual({ challenge });
  });
});

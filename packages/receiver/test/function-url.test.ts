import { describe, expect, it } from 'vitest';
import { type FunctionUrlEvent, retryOf, toResult, toSignedPost } from '../src/function-url.ts';
import { isSignedBySlack } from '../src/slack-signature.ts';
import { envelopes } from './envelopes.ts';
import { sign, signingSecret } from './sign.ts';

const timestamp = '1766458030';
const signed = (body: string) => ({ 'x-slack-request-timestamp': timestamp, 'x-slack-signature': sign(body, timestamp) });
const isSigned = (event: FunctionUrlEvent) => isSignedBySlack(toSignedPost(event), signingSecret, Number(timestamp) * 1000);

describe('what a function URL hands over', () => {
  it('keeps the bytes of a form that came in base64', () => {
    const body = `${envelopes.feedback('good:1.1', '1.1')}&note=für+東京`;
    const headers = { 'content-type': 'application/x-www-form-urlencoded', ...signed(body) };
    const event = { headers, body: Buffer.from(body).toString('base64'), isBase64Encoded: true };
    expect(Buffer.from(toSignedPost(event).body).toString()).toBe(body);
    expect(isSigned(event)).toBe(true);
    expect(isSigned({ ...event, isBase64Encoded: false })).toBe(false);
  });

  it('keeps the bytes of JSON that came as text', () => {
    const body = envelopes.direct('Ev01', { text: 'für 東京 👩‍⚕️ \\/' });
    const event = { headers: { 'content-type': 'application/json', ...signed(body) }, body, isBase64Encoded: false };
    expect(toSignedPost(event)).toMatchObject({ contentType: 'application/json', timestamp });
    expect(isSigned(event)).toBe(true);
  });

  it('makes an unsigned post of a request without body and headers, as a browser sends it', () => {
    const post = toSignedPost({ headers: {}, isBase64Encoded: false });
    expect(post).toEqual({ body: Buffer.alloc(0), contentType: '', timestamp: null, signature: null });
  });

  it('R2 refuses headers that came twice, which Lambda joins', () => {
    const body = envelopes.mention();
    const headers = signed(body);
    const twice = { ...headers, 'x-slack-signature': `${headers['x-slack-signature']},${headers['x-slack-signature']}` };
    expect(isSigned({ headers: twice, body, isBase64Encoded: false })).toBe(false);
  });

  it('gets a result with all its parts', () => {
    expect(toResult({ status: 401, headers: { 'x-slack-no-retry': '1' } })).toEqual({
      statusCode: 401,
      headers: { 'x-slack-no-retry': '1' },
      body: '',
    });
    expect(toResult({ status: 200 })).toEqual({ statusCode: 200, headers: {}, body: '' });
  });
});

it.each([
  [{}, {}],
  [
    { 'x-slack-retry-num': '2', 'x-slack-retry-reason': 'http_timeout' },
    { retry: 2, retryReason: 'http_timeout' },
  ],
  [{ 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'x\n{"forged":1}' }, { retry: 1 }],
  [{ 'x-slack-retry-num': '1e9', 'x-slack-retry-reason': 'http_error' }, {}],
])('the headers %j tell the log of a later delivery: %j', (headers, fields) => {
  expect(retryOf({ headers })).toEqual(fields);
});

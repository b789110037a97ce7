import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCallRecord } from '../src/call-record.ts';
import { createLambda, type LambdaEmulator } from '../src/create-lambda.ts';
import { fixturePath } from './fixture-path.ts';

const entry = fixturePath('url-function');

describe('a function URL', () => {
  let emulator: LambdaEmulator;
  let url: string;

  beforeAll(async () => {
    const definition = { name: 'receiver', entry, environment: {}, timeoutSeconds: 10, functionUrl: true };
    emulator = await createLambda({ record: createCallRecord(), functions: [definition], onLog: () => undefined });
    url = emulator.urlOf('receiver');
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  const eventOf = async (path: string, init?: RequestInit) => (await fetch(`${url}${path}`, init)).json();
  const post = (type: string, body: string | Uint8Array<ArrayBuffer>, headers = {}) =>
    eventOf('/slack/events', { method: 'POST', headers: { 'Content-Type': type, ...headers }, body });

  it('hands a JSON body over as text', async () => {
    const event = await post('application/json; charset=utf-8', '{"text":"ü"}', { 'X-Slack-Signature': 'v0=1' });
    expect(event).toMatchObject({
      version: '2.0',
      routeKey: '$default',
      rawPath: '/slack/events',
      rawQueryString: '',
      body: '{"text":"ü"}',
      isBase64Encoded: false,
      requestContext: { http: { method: 'POST', path: '/slack/events', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1' } },
    });
    expect(event.headers).toMatchObject({ 'x-slack-signature': 'v0=1', 'content-type': 'application/json; charset=utf-8' });
  });

  it('hands a form over as base64, byte by byte', async () => {
    const event = await post('application/x-www-form-urlencoded', 'payload=%7B%7D');
    expect(event).toMatchObject({ body: Buffer.from('payload=%7B%7D').toString('base64'), isBase64Encoded: true });
  });

  it('hands binary bodies over as base64', async () => {
    const bytes = new Uint8Array([0, 255, 128]);
    const event = await post('application/octet-stream', bytes);
    expect(Buffer.from(event.body, 'base64')).toEqual(Buffer.from(bytes));
  });

  it('leaves the body out when there is none, and passes query and cookies', async () => {
    const event = await eventOf('/connect?a=1&b=2&a=3', { headers: { cookie: 'x=1; y=2' } });
    expect(event).toMatchObject({
      rawQueryString: 'a=1&b=2&a=3',
      queryStringParameters: { a: '1,3', b: '2' },
      cookies: ['x=1', 'y=2'],
      isBase64Encoded: false,
    });
    expect(event).not.toHaveProperty('body');
  });

  it('answers what the function returns', async () => {
    const result = {
      statusCode: 401,
      headers: { 'Content-Type': 'text/plain' },
      cookies: ['a=1', 'b=2'],
      body: Buffer.from('who?').toString('base64'),
      isBase64Encoded: true,
    };
    const response = await fetch(`${url}/result`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(result),
    });
    expect(response.status).toBe(401);
    expect(response.headers.get('content-type')).toBe('text/plain');
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(await response.text()).toBe('who?');
  });

  it('answers a bare value as JSON', async () => {
    const response = await fetch(`${url}/result`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"ok":true}' });
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
      200,
      'application/json',
      '{"ok":true}',
    ]);
  });

  it('answers 502 and says nothing when the function fails', async () => {
    const response = await fetch(`${url}/fail`);
    expect([response.status, await response.text()]).toEqual([502, 'Internal Server Error']);
  });

  it('answers 413 to a body that is too large', async () => {
    const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'x'.repeat(6_291_456) });
    expect(response.status).toBe(413);
  });

  it('exists only for a function that has one', () => {
    expect(() => emulator.urlOf('sweeper')).toThrow('has no URL');
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isDocumentedError, methodSpecOf, specifiedMethods } from '../src/api/method-spec.ts';
import type { SlackEmulator } from '../src/contract.ts';
import { createSlackEmulator } from '../src/create-slack-emulator.ts';
import { type Answered, apiCall } from './api-call.ts';
import { northwind } from './northwind.ts';
import { type Started, startSlack } from './start-slack.ts';
import { received, userToken, validArguments } from './valid-arguments.ts';

const allScopes = [...new Set(specifiedMethods().flatMap((method) => methodSpecOf(method)?.scopes ?? []))];
let started: Started;
let powerless: SlackEmulator;

beforeAll(async () => {
  started = await startSlack({ workspace: { ...northwind, botScopes: allScopes } });
  powerless = await createSlackEmulator({ workspace: { ...northwind, botScopes: [] } });
  received.set(started.slack, () => started.app.received.map(({ json }) => json));
});
afterAll(async () => {
  await started[Symbol.asyncDispose]();
  await powerless[Symbol.asyncDispose]();
});

describe.each(specifiedMethods())('%s', (method) => {
  const spec = methodSpecOf(method)!;
  const token = async () => (spec.userTokenOnly ? userToken(started.slack) : northwind.botToken);
  const valid = async () => validArguments[method]!(started.slack);
  const call = async (args: Record<string, unknown>, as: 'form' | 'json' | 'query' = 'form') =>
    apiCall(started.slack, method, args, { token: await token(), as });

  test('succeeds with the keys its specification promises', async () => {
    const { status, body, headers } = await call(await valid());
    expect([status, body.ok, body.error]).toEqual([200, true, undefined]);
    expect(spec.output.filter((key) => !(key in body))).toEqual([]);
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
  });

  test('refuses to go without any required argument', async () => {
    for (const name of spec.required) {
      const { [name]: _missing, ...rest } = await valid();
      const { status, body } = await call(rest);
      expect([status, body.ok, body.error]).toEqual([200, false, 'invalid_arguments']);
      expect(body.response_metadata.messages).toEqual([`[ERROR] missing required field: ${name}`]);
    }
  });

  test('asks for its token and scopes', async () => {
    if (!spec.needsToken) return expect(spec.scopes).toEqual([]);
    const args = await valid();
    expect((await apiCall(started.slack, method, args, { token: '' })).body.error).toBe('not_authed');
    expect((await apiCall(started.slack, method, args, { token: 'xoxb-other' })).body.error).toBe('invalid_auth');
    if (spec.userTokenOnly) expect((await apiCall(started.slack, method, args)).body.error).toBe('not_allowed_token_type');
    else if (spec.scopes.length > 0) {
      const { body } = await apiCall(powerless, method, args);
      expect(body).toMatchObject({ ok: false, error: 'missing_scope', needed: spec.scopes.join(','), provided: '' });
    }
  });

  test('reads queries, and JSON bodies only where it is specified to', async () => {
    expect((await call(await valid(), 'query')).body.ok).toBe(true);
    const { body } = await call(await valid(), 'json');
    if (spec.json) expect([body.ok, body.error]).toEqual([true, undefined]);
    else if (spec.required.length > 0) expect(body.error).toBe('invalid_arguments');
  });

  test('answers nonsense in any argument with an error it documents, or ignores it', async () => {
    const nonsense = ['', 'nonsense', '0', '-1', '[]', '{}', '[{}]', '[1]', '{"type":"x"}', 'x'.repeat(50_000)];
    for (const name of Object.keys(spec.args)) {
      const args = await valid();
      for (const value of nonsense) expectDocumented(await call({ ...args, [name]: value }), `${name}=${value.slice(0, 20)}`);
    }
  });

  function expectDocumented({ status, body }: Answered, what: string): void {
    expect(status, `${what}: ${JSON.stringify(body)}`).toBe(200);
    if (!body.ok) expect(isDocumentedError(method, body.error), `${what}: ${body.error}`).toBe(true);
  }
});

test('every method of the specification has valid arguments here, and no other', () => {
  expect(Object.keys(validArguments).sort()).toEqual([...specifiedMethods()].sort());
});

test('a method outside the specification is unknown', async () => {
  const { status, body } = await apiCall(started.slack, 'chat.shout', { channel: 'COPS' });
  expect([status, body]).toEqual([200, { ok: false, error: 'unknown_method' }]);
  expect((await apiCall(started.slack, 'toString', {})).body.error).toBe('unknown_method');
});

test('a value outside an enumeration is refused by name', async () => {
  const args = await validArguments['agents.sessions.setStatus']!(started.slack);
  const { body } = await apiCall(started.slack, 'agents.sessions.setStatus', { ...args, status: 'asleep' });
  expect(body.error).toBe('invalid_status');
});

test('an injected error must be one the method documents', () => {
  expect(() => started.slack.inject({ method: 'chat.delete', kind: 'error', error: 'no_text' })).toThrow(
    'chat.delete never answers no_text',
  );
});

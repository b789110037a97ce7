import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classify } from '../src/classify.ts';
import { envelopeOf } from './envelope-of.ts';
import { messages } from './messages.ts';

const rules = { allowedBotIds: [] };
const kinds = ['challenge', 'question', 'action', 'command', 'errand', 'ignore', 'malformed'];
const contentTypes = fc.constantFrom('application/json', 'application/x-www-form-urlencoded', 'text/plain', '');
const bytes = (text: string) => new TextEncoder().encode(text);

/** A real envelope in which some values were replaced by anything JSON can hold. */
const bentEnvelopes = fc
  .tuple(
    fc.constantFrom(messages.direct(), messages.mention(), messages.ownChange(), messages.upload(), messages.otherBot()),
    fc.dictionary(fc.constantFrom('type', 'subtype', 'user', 'text', 'ts', 'channel', 'files', 'bot_id', 'thread_ts'), fc.jsonValue()),
    fc.dictionary(fc.constantFrom('type', 'team_id', 'api_app_id', 'event', 'authorizations', 'is_ext_shared_channel'), fc.jsonValue()),
  )
  .map(([event, bent, bentAround]) => ({ ...envelopeOf({ ...event, ...bent }), ...bentAround }));

describe('bad input', () => {
  it('calls bytes that are not UTF-8 malformed, in whatever they claim to be', () => {
    const notUtf8 = Uint8Array.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]);
    for (const type of ['application/json', 'application/x-www-form-urlencoded']) {
      expect(classify(notUtf8, type, rules)).toEqual({ kind: 'malformed', reason: 'not UTF-8' });
    }
  });

  it('calls what is not JSON malformed', () => {
    for (const text of ['', ' ', '{', 'hello', '{"type":', 'undefined', 'NaN', '\u0000']) {
      expect(classify(bytes(text), 'application/json', rules)).toEqual({ kind: 'malformed', reason: 'not JSON' });
    }
  });

  it('reads JSON whatever the content type says, with slashes escaped as Slack does', () => {
    const body = JSON.stringify({ type: 'url_verification', challenge: 'a/b' }).replaceAll('/', '\\/');
    for (const type of ['', 'text/plain', 'application/json; charset=utf-8']) {
      expect(classify(bytes(body), type, rules)).toEqual({ kind: 'challenge', challenge: 'a/b' });
    }
  });

  it('is not led astray by keys that mean something to JavaScript', () => {
    const body = '{"__proto__":{"type":"url_verification","challenge":"x"},"constructor":{"prototype":{}}}';
    expect(classify(bytes(body), 'application/json', rules)).toEqual({ kind: 'ignore', reason: 'type missing' });
  });

  it('survives JSON nested a hundred thousand times', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    for (const body of [deep, `{"type":"event_callback","event":${deep}}`]) {
      expect(kinds).toContain(classify(bytes(body), 'application/json', rules).kind);
    }
  });

  it('has a verdict on any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), contentTypes, (body, type) => kinds.includes(classify(body, type, rules).kind)),
    );
  });

  it('has a verdict on anything typed behind the command, and on any of its fields', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.string({ maxLength: 20 }), (text, other) => {
        const form = new URLSearchParams({ command: other, text, team_id: 'T01', user_id: 'U01', response_url: other, trigger_id: other });
        return classify(bytes(form.toString()), 'application/x-www-form-urlencoded', rules).kind === 'command';
      }),
    );
  });

  it('has a verdict on any JSON, as a body and as a payload', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        const form = new URLSearchParams({ payload: json }).toString();
        const verdicts = [
          classify(bytes(json), 'application/json', rules),
          classify(bytes(form), 'application/x-www-form-urlencoded', rules),
        ];
        return verdicts.every(({ kind }) => kinds.includes(kind));
      }),
    );
  });

  it('has a verdict on any envelope of which parts were bent, and the same one each time', () => {
    fc.assert(
      fc.property(bentEnvelopes, (envelope) => {
        const body = bytes(JSON.stringify(envelope));
        const verdict = classify(body, 'application/json', rules);
        expect(kinds).toContain(verdict.kind);
        expect(classify(body, 'application/json', rules)).toEqual(verdict);
      }),
      { numRuns: 300 },
    );
  });
});

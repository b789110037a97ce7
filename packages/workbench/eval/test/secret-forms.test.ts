import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scrubbed, secretsIn } from '../src/recording/secret-forms.ts';

const folder = join(import.meta.dirname, '../recordings');
const base64 = (text: string) => Buffer.from(text).toString('base64');
// Put together here, so that nothing that looks for secrets finds one in this file.
const github = `ghp_${'aB3dE5gH7j'.repeat(4).slice(0, 36)}`;
const web = [{ alg: 'none' }, { sub: 'maya' }, 'sig'].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
const key = 'q7Rz0LpX2vKc9TnB4wYd';

describe('M38 a secret is crossed out of what is recorded, and nothing else, and the length stays', () => {
  test.each([
    ['in a JSON body', `{"token":"${github}","name":"maya"}`, github],
    ['in JSON within a text', JSON.stringify(JSON.stringify({ password: 'hunter22' })), 'hunter22'],
    ['in a query string', 'https://api.example/list?access_token=hunter22&page=2', 'hunter22'],
    ['in base64', `see ${base64(`{"access_token":"${github}"}`)} there`, base64(`{"access_token":"${github}"}`)],
    ['in base64 of base64', `see ${base64(base64(`token ${github}`))} there`, base64(base64(`token ${github}`))],
    ['in base64 that is short', `see ${base64('secret=abcde')} there`, base64('secret=abcde')],
    ['in small letters', 'the key k3j5h6g7f8d9s0a1q2w3e4r5, fine', 'k3j5h6g7f8d9s0a1q2w3e4r5'],
    ['in large letters', 'the seed JBSWY3DPEHPK3PXP5Z7Q2M4T, fine', 'JBSWY3DPEHPK3PXP5Z7Q2M4T'],
    ['in a cookie', 'Set-Cookie: session=hunter22; Path=/', 'hunter22'],
    ['in a header', 'authorization: Bearer hunter22hunter22', 'hunter22hunter22'],
    ['in an address', 'postgres://vera:hunter22@db.example/vera', 'hunter22'],
    ['as a web token', `it is ${web}, fine`, web],
    ['of no known form', `the key ${key}, fine`, key],
    ['as the key of a program', 'AKIA' + 'IOSFODNN7EXAMPLE', 'AKIA' + 'IOSFODNN7EXAMPLE'],
  ])('%s', (_, text, secret) => {
    const kept = scrubbed(text);
    expect(kept).toBe(text.replace(secret, 'x'.repeat(secret.length)));
    expect(secretsIn(kept)).toEqual([]);
  });

  test('of any alphabet of keys, wherever it stands', () => {
    const alphabet = fc.constantFrom(...'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz0123456789');
    const random = fc.array(alphabet, { minLength: 32, maxLength: 64 }).map((signs) => signs.join(''));
    const likely = random.filter((text) => [/[a-z]/, /[A-Z]/, /\d/].every((kind) => kind.test(text)) && new Set(text).size > 16);
    fc.assert(
      fc.property(likely, fc.constantFrom('', 'key: ', '{"a":"', '?x='), (secret, before) => {
        expect(scrubbed(`${before}${secret} end`)).not.toContain(secret);
      }),
      { numRuns: 200 },
    );
  });

  test.each([
    'maya: how many days of leave do I get in Dublin?',
    'gateway_pagerduty___listEscalationPolicies 735eb5b9 2597',
    'project = PAY AND issuetype = Bug AND statusCategory != Done',
    'incidents/inc-417-expired-sftp-certificate-2026-03-12',
    'https://docs.northwind.example/runbooks/card-terminal-settlement-lag.md',
    'us.anthropic.claude-sonnet-5-5',
  ])('and leaves “%s”', (text) => {
    expect(scrubbed(text)).toBe(text);
  });
});

test.each(readdirSync(folder))('M38 no secret is in the recordings of %s', (name) => {
  const text = readFileSync(join(folder, name), 'utf8');
  expect(secretsIn(text).map(({ at, length }) => text.slice(at, at + length))).toEqual([]);
});

import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { readSecrets } from '../src/read-secrets.ts';
import { withoutSecrets } from '../src/secret-texts.ts';
import { loggedLines } from './logged-lines.ts';

const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhbm4ifQ.c2lnbmF0dXJl';

describe('D29 what a log line never holds', () => {
  it.each(['Bearer Zq7Rk2Lx9Vw4Tn6B4~x', `gh${'p_'}Zq7Rk2Lx9Vw4Tn6BZq7Rk2Lx9Vw4Tn6B`, 'Cookie: a=b; c=Zq7Rk2Lx9Vw4Tn6B'])(
    '%j is masked behind a line break, in JSON within JSON, too',
    (secret) => {
      const { log, lines } = loggedLines();
      log.info('said', {
        once: JSON.stringify({ text: `so\n${secret}` }),
        twice: JSON.stringify(JSON.stringify({ text: `so\n${secret}` })),
      });
      expect(lines.join('')).not.toContain('Zq7Rk2Lx9');
    },
  );

  it.each([
    ['a bot token', 'xoxb-123-456-abcDEF'],
    ['a user token', 'xoxp-1-2-3-abc'],
    ['an app-level token', 'xapp-1-A01-2-abc'],
    ['a rotated token', 'xoxe.xoxp-1-Mi0yLTEyMw'],
    ['an AWS access key', 'AKIAIOSFODNN7EXAMPLE'],
    ['a response URL', 'https://hooks.slack.com/commands/T01/397700885554/96rGlfmibIGlgcZRskXaIFfN'],
    ['a bearer token', 'Bearer abc.def~ghi+/='],
    ['a JSON web token', jwt],
  ])('masks %s inside any text', (_, secret) => {
    const { log, lines } = loggedLines();
    log.info('probe', { note: `got ${secret} from there`, list: [{ deep: secret }], error: new Error(`refused ${secret}`) });
    expect(lines[0]).toContain('got ');
    expect(lines[0]).not.toContain(secret);
    expect(lines[0]).not.toContain(secret.slice(-8));
  });

  const pair = 'acme-app:s3cr3t-Value';
  const packed = Buffer.from(pair).toString('base64');
  it.each([
    ['the raw head of a request', `POST /x HTTP/1.1\r\nHost: a\r\nAuthorization: Basic ${packed}\r\nAccept: */*`, packed],
    ['a head in which another scheme stands', 'GET / HTTP/1.1\nauthorization: token s3cr3t-Value\nhost: a', 's3cr3t-Value'],
    ['a cookie of a raw head', 'Cookie: session=s3cr3t-Value; theme=dark', 's3cr3t-Value'],
    ['basic, without its header', `curl said Basic ${packed}`, packed],
    ['the first parameter of an address', 'GET https://a.example/x?token=s3cr3t-Value&page=2 failed', 's3cr3t-Value'],
    ['a code in an address', 'https://a.example/callback?state=abc&code=s3cr3t-Value', 's3cr3t-Value'],
    ['a signed address', 'https://b.s3.amazonaws.com/k?X-Amz-Signature=s3cr3tValue&x=1', 's3cr3tValue'],
    ['who one is, in an address', 'postgres://ann:s3cr3t-Value@db.example/x', 's3cr3t-Value'],
    ['who one is, without a scheme', 'cannot dial ann:s3cr3t-Value@db.example:5432', 's3cr3t-Value'],
    ['who one is, as Go has it', 'ann:s3cr3t-Value@tcp(db:3306)/x', 's3cr3t-Value'],
    ['a key before a host', 'https://ghs3cr3tValue@github.com/a/b', 'ghs3cr3tValue'],
    ['a bearer that is percent-encoded', 'header=Bearer%20s3cr3tValue99', 's3cr3tValue99'],
    ['a bearer that is encoded as a form', 'h=Authorization%3A+Bearer+s3cr3tValue99', 's3cr3tValue99'],
    ['a bearer that is encoded twice', 'u=Bearer%2520s3cr3tValue99', 's3cr3tValue99'],
    ['JSON that is percent-encoded', 'body=%7B%22client_secret%22%3A%22s3cr3tValue99%22%7D', 's3cr3tValue99'],
    ['a name and a password in base64', `the header was ${packed} there`, packed],
    ['the same, percent-encoded', `the header was ${encodeURIComponent(packed)} there`, packed.slice(0, 20)],
    ['JSON in a text', 'body {"access_token":"s3cr3t-Value","expires_in":3600}', 's3cr3t-Value'],
    ['JSON in JSON', JSON.stringify({ body: JSON.stringify({ refresh_token: 's3cr3t-Value' }) }), 's3cr3t-Value'],
    ['a variable', 'DB_PASSWORD=s3cr3t-Value node x', 's3cr3t-Value'],
    ['a password of several words', '{"password":"s3cr3t and s3cr3t-Value"}', 's3cr3t-Value'],
    ['one with a quotation mark', JSON.stringify({ password: 'a"b s3cr3t-Value' }), 's3cr3t-Value'],
    ['one that was cut', '{"password":"s3cr3t and s3cr3t-Va', 's3cr3t-Va'],
    ['a connection string', 'Server=db;Password=s3cr3t,Va;lue;Database=x', 'lue;'],
    ['YAML', 'password: hunter\nname: ann', 'hunter'],
    ['a listed variable', '{"name":"API_KEY","value":"s3cr3t-Value"}', 's3cr3t-Value'],
    ['a command', 'mysql --password s3cr3t-Value -u root', 's3cr3t-Value'],
    ['a name and a password of a command', 'curl -u ann:s3cr3t-Value https://a.example', 's3cr3t-Value'],
    ['a web token that was cut', jwt.slice(0, 30), jwt.slice(0, 30)],
    ['cookies as Node has them', '"set-cookie":["sid=s3cr3tValue","b=s3cr3tValue"],"x":1', 's3cr3tValue'],
    ['cookies as Node shows them', "'set-cookie': [ 'sid=s3cr3tValue' ]", 's3cr3tValue'],
    ['a cookie with quotation marks', 'Cookie: JSESSIONID="s3cr3tValue"; a=s3cr3tValue', 's3cr3tValue'],
    ['a digest', 'Authorization: Digest username="a", response="s3cr3tValue"', 's3cr3tValue'],
    ['a password with an @', 'postgres://vera:p@s3cr3tValue@db.example/x', 's3cr3tValue'],
    ['a password with a /', 'postgres://vera:p/s3cr3tValue@db.example/x', 's3cr3tValue'],
    ['a user of curl', 'curl --user admin:s3cr3tValue https://a.example', 's3cr3tValue'],
    ['a parameter of SSM', '{"Name":"/vera/API_KEY","Type":"SecureString","Value":"s3cr3tValue"}', 's3cr3tValue'],
    ['a PGP key', '-----BEGIN PGP PRIVATE KEY BLOCK-----\\n\\ns3cr3tValue\\n-----END PGP PRIVATE KEY BLOCK-----', 's3cr3tValue'],
    ['the front’s header', 'x-vera-front: s3cr3tValue', 's3cr3tValue'],
    ['basic without a name', `Basic ${Buffer.from(':s3cr3tValue').toString('base64')}`, Buffer.from(':s3cr3tValue').toString('base64')],
    [
      'basic of an odd name',
      `Basic ${Buffer.from('jürg:s3cr3tValue').toString('base64')}`,
      Buffer.from('jürg:s3cr3tValue').toString('base64'),
    ],
    ['an address in HTML', 'https://a.example/?a=1&amp;code=s3cr3tValue', 's3cr3tValue'],
    ['an address in JSON of Go', 'https://a.example/?a=1\\u0026sig=s3cr3tValue', 's3cr3tValue'],
    ['a list of passwords', '{"password":["s3cr3tValue","s3cr3tValue"]}', 's3cr3tValue'],
    ['a key of Azure', 'DefaultEndpointsProtocol=https;AccountName=a;AccountKey=s3cr3tValue==', 's3cr3tValue'],
    ['a short name', '{"user":"a","pass":"s3cr3tValue"}', 's3cr3tValue'],
    ['a password of digits', 'password=12345678', '12345678'],
    ['XML', '<user>a</user><password>s3cr3tValue</password>', 's3cr3tValue'],
    ['a block of YAML', 'private_key: |\\n  first\\n  s3cr3tValue\\nname: a', 's3cr3tValue'],
    ['the same, as it was written', 'private_key: |\n  first\n  s3cr3tValue\nname: a', 's3cr3tValue'],
    ['a private key that was cut', '-----BEGIN RSA PRIVATE KEY-----\nMIIs3cr3tValue', 'MIIs3cr3tValue'],
    ['a key of GitHub', 'ghp_0123456789abcdefABCDEF', 'ghp_0123456789abcdefABCDEF'],
    ['a temporary key of AWS', 'ASIAIOSFODNN7EXAMPLE', 'ASIAIOSFODNN7EXAMPLE'],
  ])('masks %s', (_, text, secret) => {
    const { log, lines } = loggedLines();
    log.error('probe', { note: text, list: [text], error: new Error(text, { cause: text }) });
    expect(lines[0]).toContain('[redacted]');
    expect(lines[0]).not.toContain(secret);
  });

  it('masks what follows its name in a list, and the value beside it', () => {
    const { fieldAfterLogging } = loggedLines();
    expect(fieldAfterLogging(['Host', 'a.example', 'Authorization', 'plain-words'])).toEqual([
      'Host',
      'a.example',
      'Authorization',
      '[redacted]',
    ]);
    expect(fieldAfterLogging([['x-api-key', 'plain-words']])).toEqual([['x-api-key', '[redacted]']]);
    expect(fieldAfterLogging({ name: 'DB_PASSWORD', value: 'plain-words' })).toEqual({ name: 'DB_PASSWORD', value: '[redacted]' });
  });

  it('masks the values of the secrets that were read, however they are written', async () => {
    const value = 'plain "words" ünd more';
    await readSecrets(async () => JSON.stringify({ KEY: value }), 'id', z.object({ KEY: z.string() }));
    const { log, lines } = loggedLines();
    const written = [value, JSON.stringify({ value }), encodeURIComponent(value), Buffer.from(value).toString('base64')];
    log.info('probe', { text: written.join(' | ') });
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ text: '[redacted] | {"value":"[redacted]"} | [redacted] | [redacted]' });
  });

  it.each([
    'ssh://git@github.com/org/repo.git',
    'postgres://readonly@db.example/x',
    'sk-eu-central-1-payments-cluster',
    'Bearer authentication is on.',
    'The password: ask Ann. token = how we call it',
    'https://medium.example/@ann/post and https://a.example:8080/@ann',
  ])('keeps “%s” for models and people', (text) => {
    expect(withoutSecrets(text)).toBe(text);
  });

  it.each([
    'https://a.example:8080/@ann',
    'question.lost after 3 attempts',
    'The token expired; sign in again.',
    'AccessDenied: invalid signature: expired',
    'max_tokens=4096 tokens: 12',
    'arn:aws:secretsmanager:us-east-1:123456789012:secret:vera/worker-AbCdEf',
    'at createIntake (/app/worker/chunks/create-intake-ABCD1234.js:12:34)',
    'https://acme.atlassian.net/browse/IT-4?focusedId=1#c mailto:ann@acme.example',
    'see https://docs.example/a%20b/c and 100%',
    'thread 1763917200.000100 C0123456789:1763917200.000100',
  ])('keeps “%s”', (text) => {
    expect(loggedLines().fieldAfterLogging(text)).toBe(text);
  });

  it.each([
    'token',
    'botToken',
    'SLACK_SIGNING_SECRET',
    'password',
    'Authorization',
    'api_key',
    'apiKey',
    'x-api-key',
    'set-cookie',
    'x-slack-signature',
    'responseUrl',
    'response_url',
  ])('masks the field %s whatever it looks like', (name) => {
    const { fieldAfterLogging } = loggedLines();
    expect(fieldAfterLogging({ [name]: 'plain-words', other: 'kept' })).toEqual({ [name]: '[redacted]', other: 'kept' });
    expect(fieldAfterLogging({ [name]: ['plain-words'] })).toEqual({ [name]: ['[redacted]'] });
    expect(fieldAfterLogging({ [name]: { value: 'plain-words', list: ['plain-words'] } })).toEqual({
      [name]: { value: '[redacted]', list: ['[redacted]'] },
    });
  });

  it('keeps counts of tokens, which are no secret', () => {
    const { fieldAfterLogging } = loggedLines();
    expect(fieldAfterLogging({ inputTokens: 12, tokens: { output: 3 } })).toEqual({ inputTokens: 12, tokens: { output: 3 } });
  });

  it('masks secrets all along the chain of an error', () => {
    const { log, lines, entries } = loggedLines();
    const vendor = Object.assign(new Error('401 for xoxb-1-secret'), { code: 'ERR_401', config: { headers: 'xoxb-1-secret' } });
    const error = new Error('Slack refused', { cause: new TypeError('call failed', { cause: vendor }) });
    log.error('call.failed', { error });
    expect(lines[0]).not.toContain('xoxb-1');
    expect(entries()[0]?.error).toMatchObject({
      name: 'Error',
      message: 'Slack refused',
      cause: { name: 'TypeError', cause: { message: '401 for [redacted]', code: 'ERR_401' } },
    });
  });

  it('masks secrets in causes that are no errors, and in all errors of a bundle', () => {
    const { log, lines, entries } = loggedLines();
    log.error('call.failed', { error: new Error('one', { cause: { authorization: 'plain-words' } }) });
    log.error('call.failed', { error: new AggregateError([new Error('first xoxb-1-secret'), 'second xoxb-1-secret'], 'both') });
    expect(lines.join()).not.toMatch(/plain-words|xoxb-1/);
    expect(entries()[1]?.error).toMatchObject({ message: 'both', errors: [{ message: 'first [redacted]' }, 'second [redacted]'] });
  });

  it('shows bytes by their number', () => {
    const { fieldAfterLogging } = loggedLines();
    expect(fieldAfterLogging(Buffer.from('plain-words'))).toBe('[11 bytes]');
  });
});

describe('what a log line survives', () => {
  it('a cycle, through objects, lists and errors', () => {
    const { fieldAfterLogging } = loggedLines();
    const loop: Record<string, unknown> = { name: 'a' };
    loop.self = loop;
    loop.list = [loop];
    expect(fieldAfterLogging(loop)).toEqual({ name: 'a', self: '[seen above]', list: ['[seen above]'] });
    const error = new Error('round');
    error.cause = error;
    expect(fieldAfterLogging(error)).toMatchObject({ message: 'round', cause: '[seen above]' });
  });

  it('a socket-like tangle in which everything refers to everything, without growing', () => {
    const { log, lines } = loggedLines();
    const nodes: Record<string, unknown>[] = Array.from({ length: 40 }, () => ({}));
    for (const node of nodes) for (const [index, other] of nodes.entries()) node[`n${index}`] = other;
    log.info('probe', { tangle: nodes[0] });
    expect(lines[0]?.length).toBeLessThan(100_000);
  });

  it('depth', () => {
    const { log, lines } = loggedLines();
    let deep: unknown = 'bottom';
    for (let level = 0; level < 10_000; level += 1) deep = { deep };
    log.info('probe', { deep });
    expect(lines[0]).toContain('[deeper]');
  });

  it('a line that would be too long, by what it is found by and the beginnings of the rest', () => {
    const { log, lines, entries } = loggedLines();
    const long = 'ü'.repeat(200_000);
    log.error('call.failed', {
      question: 'q-1',
      long,
      list: Array.from({ length: 5_000 }, () => 'words '.repeat(50)),
      error: new Error(long),
    });
    expect(Buffer.byteLength(lines[0] ?? '')).toBeLessThanOrEqual(32_768);
    expect(entries()[0]).toMatchObject({ event: 'call.failed', question: 'q-1', long: expect.stringContaining('ü… (200000)') });
  });

  it('a secret that stands where the line is cut', () => {
    const { log, lines } = loggedLines();
    log.info('probe', { text: `${'a '.repeat(1_995)}Bearer s3cr3tValue99 ${'b '.repeat(20_000)}` });
    expect(lines[0]).not.toContain('s3cr');
  });

  it('debugging, whole: in parts that are put together again', () => {
    const { log, lines, entries } = loggedLines({ debugEnabled: true });
    const text = 'words 😀 '.repeat(20_000);
    log.debug('model.request', { question: 'q-1', messages: [{ text }] });
    expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(32_768);
    const whole = entries()
      .map((entry) => entry.text)
      .join('');
    expect(JSON.parse(whole)).toMatchObject({ question: 'q-1', messages: [{ text }] });
    expect(entries()[3]).toMatchObject({ event: 'model.request', question: 'q-1', part: 4, parts: entries().length });
  });

  it('values JSON has no word for', () => {
    const { fieldAfterLogging } = loggedLines();
    const odd = {
      big: 12n,
      missing: undefined,
      none: null,
      odd: Number.NaN,
      at: new Date('2026-11-23T10:00:00Z'),
      url: new URL('https://a.b/c'),
    };
    expect(fieldAfterLogging(odd)).toEqual({
      big: '12',
      none: null,
      odd: null,
      at: '2026-11-23T10:00:00.000Z',
      url: 'https://a.b/c',
    });
  });

  it('a value that cannot be read', () => {
    const { log, entries } = loggedLines();
    const trap = {
      get broken(): never {
        throw new Error('do not look');
      },
    };
    expect(() => log.info('probe', { trap })).not.toThrow();
    expect(entries()[0]).toMatchObject({ event: 'probe' });
  });
});

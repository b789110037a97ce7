import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const script = join(import.meta.dirname, '..', 'rotate-front-secret');
const [first, made] = ['a1'.repeat(24), 'B2'.repeat(24)];

/** Secrets Manager as the AWS CLI shows it: the secret lies in a file, what it makes up in another; each call is written down. */
const aws = `#!/bin/sh
echo "$*" >>"$STATE/calls"
case "$2" in
  list-distributions) [ "$(cat "$STATE/shown")" != unknown ] || exit 254; cat "$STATE/shown" ;;
  get-secret-value) cat "$STATE/secret" ;;
  get-random-password) cat "$STATE/made" ;;
  put-secret-value) [ -z "\${DENIED-}" ] || { echo 'An error occurred (AccessDeniedException)' >&2 && exit 254; }; cat >"$STATE/secret" ;;
esac
`;

function rotate(secret: string, environment: Readonly<Record<string, string>> = {}, shown = '') {
  const state = mkdtempSync(join(tmpdir(), 'vera front '));
  try {
    const read = (name: string) => readFileSync(join(state, name), 'utf8');
    for (const [name, text] of Object.entries({ aws, secret, made, shown, calls: '' })) writeFileSync(join(state, name), text);
    chmodSync(join(state, 'aws'), 0o755);
    const env = { PATH: `${state}:/usr/bin:/bin`, STATE: state, SECRET_ID: 'use1-dev-vera-front', AWS_REGION: 'us-east-1', ...environment };
    const { status, stdout, stderr } = spawnSync('sh', [script], { env, encoding: 'utf8' });
    return {
      status,
      said: stdout + stderr,
      secret: read('secret'),
      calls: read('calls'),
    };
  } finally {
    rmSync(state, { recursive: true });
  }
}

it.each([
  ['that was never changed', `{"before":"","current":"${first}"}`],
  ['that was', `{"current": "${first}", "before": "${'c3'.repeat(24)}"}`],
])('D26 puts another secret in the place of one %s, and keeps the one before; none is shown or in a command line', (_, secret) => {
  const { status, said, secret: now, calls } = rotate(secret);
  expect(status).toBe(0);
  expect(JSON.parse(now)).toEqual({ current: made, before: first });
  expect(said + calls).not.toMatch(/(?:a1|B2|c3){4}/);
});

const changed = `{"current":"${first}","before":"${'c3'.repeat(24)}"}`;
const shows = (...values: readonly string[]) => values.map((value) => `${value}\n`).join('');

it('D26 changes it once CloudFront shows the last one everywhere', () => {
  const { status, secret, said, calls } = rotate(changed, {}, shows(`Deployed\t${first}`, `Deployed\t${first}`));
  expect([status, JSON.parse(secret)]).toEqual([0, { current: made, before: first }]);
  expect(calls).toContain("[?Comment=='use1-dev-vera-receiver'||Comment=='use1-dev-vera-portal']");
  expect(said + calls).not.toMatch(/(?:a1|B2|c3){4}/);
});

it.each([
  ['one distribution shows the one before', shows(`Deployed\t${first}`, `Deployed\t${'c3'.repeat(24)}`)],
  ['one is on its way', shows(`InProgress\t${first}`, `Deployed\t${first}`)],
  ['one shows none', shows('Deployed\tNone', `Deployed\t${first}`)],
  ['nobody can tell', 'unknown'],
])('D26 shuts nobody out by changing it twice: it is left alone while %s', (_, shown) => {
  const { status, secret, said } = rotate(changed, {}, shown);
  expect([status, secret]).toEqual([1, changed]);
  expect(said).toMatch(/CloudFront does not (?:show|tell)/);
  expect(said).not.toMatch(/(?:a1|B2|c3){4}/);
});

it.each([
  ['{"SLACK_BOT_TOKEN":"xoxb-1"}', {}, 'holds no secret of a front'],
  [`{"before":"","current":"${first}"}`, { DENIED: 'yes' }, 'could not be written'],
])('D26 leaves the secret alone where it cannot: %s', (secret, environment, message) => {
  const { status, said, secret: now } = rotate(secret, environment);
  expect([status, now]).toEqual([1, secret]);
  expect(said).toContain(message);
});

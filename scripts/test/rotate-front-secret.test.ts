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
  get-secret-value) cat "$STATE/secret" ;;
  get-random-password) cat "$STATE/made" ;;
  put-secret-value) [ -z "\${DENIED-}" ] || { echo 'An error occurred (AccessDeniedException)' >&2 && exit 254; }; cat >"$STATE/secret" ;;
esac
`;

function rotate(secret: string, environment: Readonly<Record<string, string>> = {}, times = 1) {
  const state = mkdtempSync(join(tmpdir(), 'vera front '));
  try {
    const read = (name: string) => readFileSync(join(state, name), 'utf8');
    for (const [name, text] of Object.entries({ aws, secret, made, calls: '' })) writeFileSync(join(state, name), text);
    chmodSync(join(state, 'aws'), 0o755);
    const env = { PATH: `${state}:/usr/bin:/bin`, STATE: state, SECRET_ID: 'use1-dev-vera-front', AWS_REGION: 'us-east-1', ...environment };
    const runs = Array.from({ length: times }, () => spawnSync('sh', [script], { env, encoding: 'utf8' }));
    return {
      status: runs.at(-1)?.status,
      said: runs.map(({ stdout, stderr }) => stdout + stderr).join(''),
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
  expect(JSON.parse(rotate(secret, {}, 2).secret)).toEqual({ current: made, before: made });
});

it.each([
  ['{"SLACK_BOT_TOKEN":"xoxb-1"}', {}, 'holds no secret of a front'],
  [`{"before":"","current":"${first}"}`, { DENIED: 'yes' }, 'could not be written'],
])('D26 leaves the secret alone where it cannot: %s', (secret, environment, message) => {
  const { status, said, secret: now } = rotate(secret, environment);
  expect([status, now]).toEqual([1, secret]);
  expect(said).toContain(message);
});

import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const script = join(import.meta.dirname, '..', 'check-platform');
const asked = {
  RUNTIME_ID: 'use1_dev_vera_runtime-0123456789',
  RUNTIME_VERSION: '7',
  PLATFORM: 'V2',
  ENDPOINT_NAME: 'trial',
  AWS_REGION: 'us-east-1',
  SECONDS_BETWEEN: '0',
};

/** The control plane as the AWS CLI shows it: what it answers to each look at the endpoint, the last one again and again; each version's platform. */
interface ControlPlane {
  readonly endpoint: readonly string[];
  readonly platform: Readonly<Record<string, string>>;
}

const aws = `#!/bin/sh
echo "$*" >>"$STATE/calls"
case "$*" in
  --version) echo 'aws-cli/2.20.0' ;;
  *' get-agent-runtime-endpoint '*)
    look=$(grep -c get-agent-runtime-endpoint "$STATE/calls")
    line=$(sed -n "$look p" "$STATE/endpoint")
    [ -n "$line" ] || line=$(tail -n 1 "$STATE/endpoint")
    case "$line" in 'An error'*) echo "$line" >&2 && exit 254 ;; *) printf '%b\\n' "$line" ;; esac ;;
  *) version=$(printf '%s' "$*" | sed 's/.*--agent-runtime-version \\([0-9]*\\).*/\\1/')
    [ -e "$STATE/platform-$version" ] || { echo 'An error occurred (AccessDeniedException)' >&2 && exit 254; }
    cat "$STATE/platform-$version" ;;
esac
`;

function run({ endpoint, platform }: ControlPlane, changed: Readonly<Record<string, string>> = {}) {
  const state = mkdtempSync(join(tmpdir(), 'vera platform '));
  try {
    const files = { aws, endpoint: `${endpoint.join('\n')}\n`, calls: '' };
    const versions = Object.entries(platform).map(([version, text]) => [`platform-${version}`, `${text}\n`] as const);
    for (const [name, text] of [...Object.entries(files), ...versions]) writeFileSync(join(state, name), text);
    chmodSync(join(state, 'aws'), 0o755);
    const env = { PATH: `${state}:/usr/bin:/bin`, STATE: state, ...asked, ...changed };
    const { status, stdout, stderr } = spawnSync('sh', [script], { env, encoding: 'utf8' });
    return { status, said: `${stdout}${stderr}`, calls: readFileSync(join(state, 'calls'), 'utf8').trim().split('\n') };
  } finally {
    rmSync(state, { recursive: true });
  }
}

const serving = 'READY\\t7';

it('passes once the endpoint serves the version that was deployed, on the platform that was asked for', () => {
  const { status, said, calls } = run({ endpoint: ['UPDATING\\t6', 'READY\\t6', serving], platform: { 6: 'V1', 7: 'V2' } });
  expect({ status, said }).toEqual({ status: 0, said: 'check-platform: trial serves version 7 on platform V2.\n' });
  const runtime = '--region us-east-1 --agent-runtime-id use1_dev_vera_runtime-0123456789';
  expect(calls.slice(-2)).toEqual([
    `bedrock-agentcore-control get-agent-runtime-endpoint ${runtime} --endpoint-name trial --query [status, liveVersion] --output text`,
    `bedrock-agentcore-control get-agent-runtime ${runtime} --agent-runtime-version 7 --query platformVersion --output text`,
  ]);
});

it.each([
  ['the version runs on another platform', { endpoint: [serving], platform: { 7: 'V1' } }, 'on platform V1; the settings ask for V2'],
  ['the CLI knows no platforms, so that nobody looked', { endpoint: [serving], platform: { 7: 'None' } }, 'aws-cli/2.20.0 does not know'],
  ['the platform may not be read', { endpoint: [serving], platform: {} }, 'could not be read: An error occurred (AccessDeniedException)'],
  ['the endpoint stays with an earlier version', { endpoint: ['READY\\t6'], platform: { 7: 'V2' } }, 'does not serve version 7'],
  ['the endpoint could not be moved', { endpoint: ['UPDATE_FAILED\\t6'], platform: { 7: 'V2' } }, 'It says: UPDATE_FAILED'],
  [
    'there is no endpoint',
    { endpoint: ['An error occurred (ResourceNotFoundException)'], platform: { 7: 'V2' } },
    'ResourceNotFoundException',
  ],
] as const)('fails the deployment where %s', (_, controlPlane, words) => {
  const { status, said } = run(controlPlane);
  expect(status).toBe(1);
  expect(said).toContain(words);
});

it('says what it needs, and that it needs it', () => {
  expect(run({ endpoint: [serving], platform: {} }, { RUNTIME_VERSION: '' })).toMatchObject({
    said: expect.stringContaining('RUNTIME_VERSION'),
  });
  expect(spawnSync('sh', [script, '--help'], { encoding: 'utf8' })).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('RUNTIME_ID'),
  });
});

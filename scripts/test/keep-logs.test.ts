import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const script = join(import.meta.dirname, '..', 'keep-logs');
const [ours, default_] = ['trial', 'DEFAULT'].map((name) => `/aws/bedrock-agentcore/runtimes/use1_dev_vera_runtime-0123456789-${name}`) as [
  string,
  string,
];
const key = 'arn:aws:kms:us-east-1:111122223333:key/0a1b2c3d';
const asked = {
  LOG_GROUPS: `${ours} ${default_}`,
  RETENTION_DAYS: '30',
  LOG_TAGS: '{"vera:bot":"vera"}',
  AWS_ACCOUNT: '111122223333',
  AWS_REGION: 'us-east-1',
  SECONDS_BETWEEN: '0',
};

/** CloudWatch Logs as the AWS CLI shows it: a file a group, with what was set; what stands in `refuse` is answered once, to the call it names. */
const aws = `#!/bin/sh
call=$2
shift 2
while [ $# -gt 0 ]; do
  case "$1" in
    --log-group-name) group=$2 ;;
    --resource-arn) group=\${2#arn:aws:logs:us-east-1:111122223333:log-group:} ;;
    --retention-in-days | --kms-key-id | --tags) value=$2 ;;
    --region) [ "$2" = us-east-1 ] || exit 9 ;;
    *) exit 9 ;;
  esac
  shift 2
done
if [ -s "$STATE/refuse" ] && read -r whom error <"$STATE/refuse" && [ "$whom" = "$call" ]; then
  [ "$whom" = create-log-group ] && [ -n "\${MADE_MEANWHILE-}" ] && : >"$STATE/groups/$(echo "$group" | tr / _)"
  [ -n "\${ALWAYS-}" ] || : >"$STATE/refuse"
  echo "An error occurred ($error) when calling $call" >&2
  exit 254
fi
file="$STATE/groups/$(echo "$group" | tr / _)"
case "$call" in
  create-log-group)
    [ ! -e "$file" ] || { echo 'An error occurred (ResourceAlreadyExistsException)' >&2 && exit 254; }
    : >"$file" && exit 0 ;;
esac
[ -e "$file" ] || { echo 'An error occurred (ResourceNotFoundException)' >&2 && exit 254; }
sed -i "/^$(echo "$call" | sed 's/disassociate/associate/') /d" "$file"
[ "$call" = disassociate-kms-key ] || echo "$call $value" >>"$file"
`;

interface Before {
  /** What is set of each group that is there. */
  readonly groups?: Readonly<Record<string, string>>;
  readonly refuse?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

function run({ groups = {}, refuse = '', environment = {} }: Before, times = 1) {
  const state = mkdtempSync(join(tmpdir(), 'vera logs '));
  const fileOf = (group: string) => join(state, 'groups', group.replaceAll('/', '_'));
  try {
    spawnSync('mkdir', [join(state, 'groups')]);
    writeFileSync(join(state, 'aws'), aws);
    chmodSync(join(state, 'aws'), 0o755);
    writeFileSync(join(state, 'refuse'), refuse && `${refuse}\n`);
    for (const [group, lines] of Object.entries(groups)) writeFileSync(fileOf(group), lines);
    const env = { PATH: `${state}:/usr/bin:/bin`, STATE: state, ...asked, ...environment };
    const runs = Array.from({ length: times }, () => spawnSync('sh', [script], { env, encoding: 'utf8' }));
    const set = readdirSync(join(state, 'groups')).map((name) =>
      readFileSync(join(state, 'groups', name), 'utf8')
        .split('\n')
        .sort(),
    );
    return { status: runs.map(({ status }) => status), said: runs.map(({ stdout, stderr }) => `${stdout}${stderr}`).join(''), set };
  } finally {
    rmSync(state, { recursive: true });
  }
}

const kept = ['', 'put-retention-policy 30', 'tag-resource {"vera:bot":"vera"}'];
const encrypted = ['', `associate-kms-key ${key}`, ...kept.slice(1)];
const left = 'put-retention-policy 7\nassociate-kms-key arn:aws:kms:us-east-1:111122223333:key/of-before\ntag-resource {}\n';

describe('D27 the log groups that AgentCore makes itself', () => {
  it.each<readonly [string, Before]>([
    ['are not there yet', {}],
    ['are there, as AgentCore makes them', { groups: { [ours]: '', [default_]: '' } }],
    ['are there in part', { groups: { [default_]: '' } }],
    ['were left by an earlier deployment, with another key and retention', { groups: { [ours]: left, [default_]: left } }],
    [
      'are made by AgentCore at that very moment',
      { refuse: 'create-log-group ResourceAlreadyExistsException', environment: { MADE_MEANWHILE: 'yes' } },
    ],
    ['are being changed by somebody else', { refuse: 'put-retention-policy OperationAbortedException' }],
  ])('D27 have retention, key and tags in the end where they %s, and after a second run', (_, before) => {
    for (const times of [1, 2]) {
      const { status, set, said } = run(before, times);
      expect({ status, said }).toEqual({ status: Array(times).fill(0), said: expect.not.stringContaining('An error') });
      expect(set).toEqual([kept, kept]);
      expect(run({ ...before, environment: { ...before.environment, LOG_KEY: key } }, times).set).toEqual([encrypted, encrypted]);
    }
  });

  it.each([
    ['create-log-group AccessDeniedException', 'could not be made. AWS said: An error occurred (AccessDeniedException)'],
    ['associate-kms-key InvalidParameterException', "'aws logs associate-kms-key' was refused. AWS said: An error occurred (InvalidParam"],
    ['tag-resource OperationAbortedException', "'aws logs tag-resource' was refused"],
  ])('D27 fail a deployment that cannot set them: %s', (refuse, words) => {
    const { status, said } = run({ refuse, environment: { LOG_KEY: key, ALWAYS: 'yes' } });
    expect(status).toEqual([1]);
    expect(said).toContain(words);
  });
});

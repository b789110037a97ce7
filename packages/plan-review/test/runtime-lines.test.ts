import { expect, it } from 'vitest';
import { commentOn, lineWith, reviewOf } from './comment-on.ts';
import { configurationJson, reference } from './plan-json.ts';

/** As the worker's stack writes it. */
function templateOf(PlatformVersion: string | undefined, image = 'one', role = 'arn:aws:iam::111122223333:role/use1-dev-vera-worker') {
  const Properties = {
    AgentRuntimeName: 'use1_dev_vera_runtime',
    ...(PlatformVersion === undefined ? {} : { PlatformVersion }),
    RoleArn: role,
    AgentRuntimeArtifact: { ContainerConfiguration: { ContainerUri: `111122223333.dkr.ecr.us-east-1.amazonaws.com/vera-worker:${image}` } },
    LifecycleConfiguration: { IdleRuntimeSessionTimeout: 900, MaxLifetime: 28800 },
    EnvironmentVariables: {
      SECRET_ID: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:use1-dev-vera-secrets-AbCdEf',
      ACCOUNTS_KEY: 'arn:aws:kms:us-east-1:111122223333:key/00000000-1111-2222-3333-444444444444',
      TOKEN_LIMIT: '600000',
    },
  };
  return JSON.stringify({ Resources: { Runtime: { Type: 'AWS::BedrockAgentCore::Runtime', Properties } } });
}

const type = 'aws_cloudformation_stack';
const named = (template_body: string) => ({ name: 'use1-dev-vera-runtime', template_body });
const updated = (before: string, after: string) =>
  commentOn([{ type, name: 'runtime', actions: ['update'], before: named(before), after: named(after) }]);

it('says what another platform does and costs', () => {
  const toV2 = updated(templateOf('V1'), templateOf('V2'));
  expect(lineWith('The AgentCore runtime', toV2)).toBe(
    '- The AgentCore runtime moves from platform `V1` to `V2`: sessions start from a snapshot of the process that is taken once a version, in ' +
      'about half the time. A vCPU-hour costs $0.1276 instead of $0.0895, a GB-hour $0.0169 instead of $0.00945 (AWS’s prices, October ' +
      '2026); memory is billed as it is used, and given back when idle.',
  );
  expect(toV2).toContain('`template_body.Resources.Runtime.Properties.PlatformVersion`: `V1` → `V2`');
  const back = updated(templateOf('V2'), templateOf('V1'));
  expect(lineWith('The AgentCore runtime', back)).toMatch(
    /from platform `V2` to `V1`: each session starts a process of its own\. A vCPU-hour costs \$0\.0895 instead of \$0\.1276/,
  );
});

it('says so of a new runtime, whose template is only known in part before its role is there', () => {
  const after = templateOf('V2', 'one', reference('aws_iam_role.worker.arn'));
  const change = { after_unknown: { template_body: true } };
  const comment = commentOn([{ type, name: 'runtime', actions: ['create'], after: { name: 'use1-dev-vera-runtime' }, change }], {
    configuration: configurationJson({ 'aws_cloudformation_stack.runtime': { template_body: { constant_value: after } } }),
  });
  expect(lineWith('The AgentCore runtime', comment)).toMatch(
    /is made on platform `V2`: .* A vCPU-hour costs \$0\.1276, a GB-hour \$0\.0169/,
  );
  expect(comment).not.toContain('does not look at');
});

it('says of a platform that it does not know, or that nobody names, that it knows nothing of it', () => {
  expect(updated(templateOf('V2'), templateOf('V3'))).toContain('moves from platform `V2` to `V3`, which this review knows nothing of.');
  expect(updated(templateOf('V2'), templateOf(undefined))).toContain('moves from platform `V2` to one that AWS chooses, which');
});

it('says nothing of the platform where another image comes, and nothing of what only reads it back', () => {
  const readBack = (version: string | undefined) => ({ triggers: { PLATFORM: 'V2', ...(version ? { RUNTIME_VERSION: version } : {}) } });
  const comment = commentOn([
    { type, name: 'runtime', actions: ['update'], before: named(templateOf('V2')), after: named(templateOf('V2', 'two')) },
    {
      type: 'null_resource',
      name: 'platform',
      actions: ['delete', 'create'],
      before: readBack('7'),
      after: readBack(undefined),
      change: { after_unknown: { triggers: { RUNTIME_VERSION: true } }, replace_paths: [['triggers']] },
    },
  ]);
  expect(lineWith('<summary>Scripts', comment)).toContain('Scripts that run again as the runtime changes, to look at it');
  expect(comment).not.toContain('Written again');
  expect(comment).not.toContain('platform `');
  expect(comment).toContain('## Terraform plan: 1 to change\n');
  expect(comment).toContain('ContainerUri`: `…one` → `…two`');
});

const keptLogs = (triggers: Record<string, string>) => ({ triggers: { log_groups: '/aws/x-trial /aws/x-DEFAULT', ...triggers } });
const runAgain = { type: 'null_resource', name: 'runtime-log', actions: ['delete', 'create'] };

it('D27 says nothing of the script that sets the logs of the runtime right, but where it sets something else', () => {
  const change = { after_unknown: { triggers: { RUNTIME_VERSION: true } }, replace_paths: [['triggers']] };
  const before = keptLogs({ retention_in_days: '30', RUNTIME_VERSION: '7' });
  const same = commentOn([{ ...runAgain, before, after: keptLogs({ retention_in_days: '30' }), change }]);
  expect(same).toContain('nothing changes');
  expect(same).toContain('(1 script would run again, to the same effect).');
  const longer = commentOn([{ ...runAgain, before, after: keptLogs({ retention_in_days: '90' }), change }]);
  expect(longer).toContain('`null_resource.runtime-log`');
  expect(longer).not.toContain('sooner');
});

it('D27 calls it no loss that Terraform lets go of the log of the runtime, which stays', () => {
  const before = { name: '/aws/bedrock-agentcore/runtimes/x-trial', retention_in_days: 30 };
  const { comment, losesData } = reviewOf([
    { type: 'aws_cloudwatch_log_group', name: 'runtime-logs', actions: ['forget'], before },
    { ...runAgain, actions: ['create'], after: keptLogs({ retention_in_days: '30', RUNTIME_VERSION: '7' }) },
  ]);
  expect(losesData).toBe(false);
  expect(comment).toContain('Forgotten: no longer managed, stays in AWS');
  expect(comment).not.toContain('deletes');
});

it('says that sessions end where a runtime goes, and that questions wait where another takes its place', () => {
  const gone = { type: 'aws_bedrockagentcore_agent_runtime', name: 'runtime', before: { agent_runtime_name: 'use1_dev_vera_worker' } };
  const ends = 'AgentCore runtime `use1_dev_vera_worker` goes, and the sessions on it end.';
  const alone = commentOn([{ ...gone, actions: ['delete'] }]);
  expect(lineWith(' goes, ', alone)).toBe(`- ${ends}`);
  const moved = commentOn([
    { ...gone, actions: ['delete'] },
    { type, name: 'runtime', actions: ['create'], after: named(templateOf('V2')) },
  ]);
  expect(lineWith(' goes, ', moved)).toBe(
    `- ${ends} Another takes its place: what is asked meanwhile waits until every later stack is deployed as well, and is answered then.`,
  );
  const renamed = { before: named(templateOf('V1')), after: { ...named(templateOf('V1')), name: 'euc1-dev-vera-runtime' } };
  expect(commentOn([{ type, name: 'runtime', actions: ['delete', 'create'], ...renamed }])).toContain(
    '- CloudFormation stack `use1-dev-vera-runtime` goes, and the sessions on it end. Another takes its place',
  );
});

it('says what a function of an image does in the place of a runtime, and nothing of one of an archive', () => {
  const gone = { type: 'aws_bedrockagentcore_agent_runtime', name: 'runtime', before: { agent_runtime_name: 'use1_dev_vera_worker' } };
  const worker = { function_name: 'use1-dev-vera-worker', package_type: 'Image', timeout: 900, memory_size: 2048 };
  const moved = (after: typeof worker) =>
    commentOn([
      { ...gone, actions: ['delete'] },
      { type: 'aws_lambda_function', name: 'function', actions: ['create'], after },
    ]);
  expect(lineWith('is made of a container image', moved(worker))).toBe(
    '- Lambda function `use1-dev-vera-worker` is made of a container image: what it has in hand ends after 900 seconds. A GB-second costs ' +
      '$0.0000133334 on its 2048 MB, used or not, while it works, and nothing in between.',
  );
  expect(lineWith(' goes, ', moved(worker))).toContain('Another takes its place');
  expect(moved({ ...worker, package_type: 'Zip' })).not.toMatch(/container image|Another takes its place/);
});

it('says what goes back with an earlier version and what does not, and that a later one is reached by nobody meanwhile', () => {
  const endpoint = (before: string, after: string) => ({
    ...{ type: 'aws_bedrockagentcore_agent_runtime_endpoint', name: 'runtime-endpoint', actions: [before === after ? 'no-op' : 'update'] },
    ...{ before: { name: 'trial', agent_runtime_version: before }, after: { name: 'trial', agent_runtime_version: after } },
  });
  const image = { type, name: 'runtime', actions: ['update'], before: named(templateOf('V2')), after: named(templateOf('V2', 'two')) };
  expect(lineWith('The endpoint', commentOn([endpoint('7', '4')]))).toMatch(
    /^- The endpoint goes back from version `7` of the runtime to `4`: with it the image, .* Functions, the rights of roles, tables/,
  );
  expect(commentOn([endpoint('9', '10')])).not.toContain('The endpoint');
  expect(commentOn([image, endpoint('4', '4')])).toContain(
    '- The runtime gets a new version, and the endpoint stays at `4`: nobody reaches the new one.',
  );
  expect(commentOn([endpoint('4', '4')])).not.toContain('the endpoint');
});

/** One change of the code of one stack, as `terraform plan` meets it: of `cdk.tf.json`, or of its text where names are all over it. */
export type Scenario = { readonly stack: string; readonly changed: (text: string) => string };

type Block = Record<string, unknown>;
type Resources = Record<string, Record<string, Block>>;

/** What people do to these stacks and a review has to be right about. Each is planned over what was applied. */
export const scenarios: Readonly<Record<string, Scenario>> = {
  'then-image': {
    stack: 'worker',
    changed: (text) => {
      const tag = /"IMAGE_TAG": "(\w+)"/.exec(text)?.[1] ?? '';
      const moved = text.replaceAll(tag, '7d20c1e5b9aa');
      return inResources(moved, ({ null_resource }) =>
        Object.assign(triggersOf(null_resource?.image), { 'worker sources': '99e0d1c2aabb' }),
      );
    },
  },
  'then-iam': {
    stack: 'invoker',
    changed: (text) => text.replace(/\\"Action\\":\[\\"sqs:SendMessage\\"\]/, '\\"Action\\":[\\"sqs:*\\",\\"iam:PassRole\\"]'),
  },
  'then-table': {
    stack: 'storage',
    changed: (text) =>
      inResources(text, ({ aws_dynamodb_table }) => {
        const table = named(aws_dynamodb_table, 'tables_accounts');
        const partition = table.hash_key;
        table.hash_key = 'colleague';
        table.attribute = (table.attribute as Block[]).map((one) => (one.name === partition ? { ...one, name: 'colleague' } : one));
      }),
  },
  'then-key': {
    stack: 'storage',
    // Called otherwise in the code, without a `moved`: Terraform takes it for one that goes and one that comes.
    changed: (text) =>
      inResources(text.replaceAll('aws_kms_key.key', 'aws_kms_key.own-key'), ({ aws_kms_key }) => {
        if (!aws_kms_key?.key) throw new Error('There is no aws_kms_key.key.');
        aws_kms_key['own-key'] = aws_kms_key.key;
        delete aws_kms_key.key;
      }),
  },
  'then-retention': {
    stack: 'sweeper',
    changed: (text) =>
      inResources(text, ({ aws_cloudwatch_log_group }) => {
        named(aws_cloudwatch_log_group, 'sweeper_logs').retention_in_days = 3;
      }),
  },
  'then-alarm': {
    stack: 'observability',
    changed: (text) =>
      inResources(text, ({ aws_cloudwatch_metric_alarm, aws_cloudwatch_log_metric_filter }) => {
        const alarms = aws_cloudwatch_metric_alarm ?? {};
        delete alarms[keyOf(alarms, 'alarm_questions-lost')];
        named(alarms, 'alarm_sweeper-silent').actions_enabled = false;
        named(alarms, 'alarm_changes-unknown').alarm_actions = [];
        const filter = named(aws_cloudwatch_log_metric_filter, 'counted_question-failed');
        filter.pattern = '{ $.event = "question.failed" && $.level = "error" }';
      }),
  },
  'then-front': {
    stack: 'front',
    changed: (text) =>
      inResources(text, ({ aws_wafv2_web_acl, aws_cloudfront_distribution }) => {
        const [{ statement }] = named(aws_wafv2_web_acl, 'receiver-firewall').rule as [
          { statement: { managed_rule_group_statement: Block } },
        ];
        const set = statement.managed_rule_group_statement;
        set.rule_action_override = (set.rule_action_override as Block[]).filter(({ name }) => name !== 'SizeRestrictions_BODY');
        delete named(aws_cloudfront_distribution, 'portal').web_acl_id;
      }),
  },
  'then-guardrail': {
    stack: 'storage',
    changed: (text) =>
      inResources(text, ({ aws_bedrock_guardrail }) => {
        const [policy] = named(aws_bedrock_guardrail, 'guardrail').content_policy_config as [{ filters_config: Block[] }];
        policy.filters_config = policy.filters_config
          .filter(({ type }) => type !== 'MISCONDUCT')
          .map((filter) => (filter.type === 'PROMPT_ATTACK' ? { ...filter, input_strength: 'LOW' } : filter));
      }),
  },
};

function inResources(text: string, change: (resources: Resources) => void): string {
  const document = JSON.parse(text) as { resource: Resources };
  change(document.resource);
  return JSON.stringify(document, null, 2);
}

/** By how its id begins: what follows is a hash of where it stands. */
function named(blocks: Record<string, Block> = {}, start: string): Block {
  return blocks[keyOf(blocks, start)] ?? {};
}

function keyOf(blocks: Record<string, Block>, start: string): string {
  const key = Object.keys(blocks).find((id) => id === start || id.startsWith(`${start}_`));
  if (key === undefined) throw new Error(`There is no ${start}: the scenario is older than the stack.`);
  return key;
}

function triggersOf(image: Block | undefined): Block {
  return (image?.triggers ?? {}) as Block;
}

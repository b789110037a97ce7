import { runtimePropertiesIn } from './runtime-properties.ts';
import { pathOf, type ResourceJson, type StacksJson } from './stacks-json.ts';

/** Follows Terraform's references through the synthesised stacks, before anything exists. */
export interface References {
  /** The text with its references filled in. Throws for one that leads nowhere. */
  textOf(stack: string, text: string): string;
  /** Of the resource `type.id` in a stack. */
  attributeOf(stack: string, type: string, id: string, attribute: string): string;
  /** Where its provider makes a resource. */
  regionOf(stack: string, resource: ResourceJson): string;
}

const reference = /\$\{([^{}]+)\}/g;
const ofAnotherStack = /^data\.terraform_remote_state\.cross-stack-reference-input-([\w-]+)\.outputs\.([\w-]+)$/;
/** Of a secret that the stack has made in AWS: its name stands there, and its address only so that it is there before. */
const madeBefore = /^element\(\["([\w-]+)", aws_cloudformation_stack\.[\w-]+\.id\], 0\)$/;
const runtimeId = /^aws_cloudformation_stack\.([\w-]+)\.outputs\["Id"\]$/;
const ofResource = /^(\w+)\.([\w-]+)\.(\w+)$/;

export function createReferences(stacks: StacksJson): References {
  function textOf(stack: string, text: string): string {
    const filled = text.replaceAll(reference, (_, expression: string) => follow(stack, expression));
    if (filled.includes('${')) throw new Error(`Nobody here knows what '${filled}' of ${stack} will be`);
    return filled;
  }

  function follow(stack: string, expression: string): string {
    if (expression.startsWith('nonsensitive(join(')) return '{digests}';
    const [, made] = madeBefore.exec(expression) ?? [];
    if (made) return made;
    const [, producer = '', output = ''] = ofAnotherStack.exec(expression) ?? [];
    if (producer)
      return textOf(producer, String(found(stacks.get(producer)?.output?.[output], `${producer} has no output ${output}`).value));
    const [, template = ''] = runtimeId.exec(expression) ?? [];
    if (template) return runtimeIdOf(stack, template);
    const [, type = '', id = '', attribute = ''] = ofResource.exec(expression) ?? [];
    if (!type) throw new Error(`Nobody here knows what \${${expression}} of ${stack} will be`);
    return attributeOf(stack, type, id, attribute);
  }

  function runtimeIdOf(stack: string, id: string): string {
    const none = `${id} of ${stack} makes no runtime`;
    const template = found(stacks.get(stack)?.resource?.aws_cloudformation_stack?.[id], none);
    return `${found(runtimePropertiesIn(template), none).AgentRuntimeName}-${ten}`;
  }

  function attributeOf(stack: string, type: string, id: string, attribute: string): string {
    const resource = found(stacks.get(stack)?.resource?.[type]?.[id], `${stack} has no ${type}.${id}`);
    const argument = (name: string, otherwise?: string) =>
      textOf(stack, String(found(resource[name] ?? otherwise, `${type}.${id} of ${stack} sets no ${name}`)));
    if (attribute in resource) return argument(attribute);
    const compute = found(computedAttributes[type]?.[attribute], `Nobody here knows what AWS makes ${attribute} of ${type} to be`);
    return compute({ argument, ...placeOf(stacks, stack, resource) });
  }

  return { textOf, attributeOf, regionOf: (stack, resource) => placeOf(stacks, stack, resource).region };
}

function placeOf(stacks: StacksJson, stack: string, resource: ResourceJson): Omit<Subject, 'argument'> {
  const alias = typeof resource.provider === 'string' ? resource.provider.replace(/^aws\./, '') : undefined;
  const provider = found(
    stacks.get(stack)?.provider.aws?.find((one) => one.alias === alias),
    `${stack} has no provider ${alias ?? 'aws'}`,
  );
  const region = String(provider.region);
  const account = String((provider.allowed_account_ids as readonly string[])[0]);
  const arn = (service: string, rest: string) => `arn:aws:${service}:${region}:${account}:${rest}`;
  return { region, account, arn, id: `{${pathOf(resource).replaceAll('/', '.')}}` };
}

function found<Value>(value: Value | undefined, otherwise: string): Value {
  if (value === undefined) throw new Error(otherwise);
  return value;
}

/** A resource whose attribute is asked for. */
interface Subject {
  /** One of its arguments, as text; `otherwise` where it is left out. */
  argument(name: string, otherwise?: string): string;
  arn(service: string, resource: string): string;
  readonly region: string;
  readonly account: string;
  /** Stands for an id that AWS makes up: the resource's place, in braces. */
  readonly id: string;
}

/** Secrets Manager and AgentCore end names in random characters; so many stand for them. */
const six = 'XXXXXX';
const ten = 'XXXXXXXXXX';

const named =
  (service: string, prefix: string, argument = 'name') =>
  (subject: Subject) =>
    subject.arn(service, `${prefix}${subject.argument(argument)}`);

const secretArn = (subject: Subject) => subject.arn('secretsmanager', `secret:${subject.argument('name')}-${six}`);
const roleName = ({ argument }: Subject) => argument('name');
const gatewayId = ({ argument }: Subject) => `${argument('name')}-${ten}`;
const guardrailArn = ({ arn, id }: Subject) => arn('bedrock', `guardrail/${id}`);

/** What AWS makes of a resource's arguments, for the attributes that somebody refers to. */
const computedAttributes: Readonly<Record<string, Readonly<Record<string, (subject: Subject) => string>>>> = {
  aws_bedrock_guardrail: { guardrail_id: ({ id }) => id, guardrail_arn: guardrailArn },
  aws_bedrock_guardrail_version: { version: () => '1' },
  aws_bedrockagentcore_agent_runtime_endpoint: {
    agent_runtime_endpoint_arn: ({ arn, argument }) =>
      arn('bedrock-agentcore', `runtime/${argument('agent_runtime_id')}/runtime-endpoint/${argument('name')}`),
  },
  aws_bedrockagentcore_api_key_credential_provider: {
    credential_provider_arn: named('bedrock-agentcore', 'token-vault/default/apikeycredentialprovider/'),
  },
  aws_bedrockagentcore_oauth2_credential_provider: {
    credential_provider_arn: named('bedrock-agentcore', 'token-vault/default/oauth2credentialprovider/'),
  },
  aws_bedrockagentcore_gateway: {
    gateway_id: gatewayId,
    gateway_arn: (subject) => subject.arn('bedrock-agentcore', `gateway/${gatewayId(subject)}`),
    gateway_url: (subject) => `https://${gatewayId(subject)}.gateway.bedrock-agentcore.${subject.region}.amazonaws.com/mcp`,
  },
  aws_bedrockagentcore_memory: {
    id: ({ argument }) => `${argument('name')}-${ten}`,
    arn: ({ arn, argument }) => arn('bedrock-agentcore', `memory/${argument('name')}-${ten}`),
  },
  aws_cloudformation_stack: { id: ({ arn, argument, id }) => arn('cloudformation', `stack/${argument('name')}/${id}`) },
  aws_cloudfront_distribution: {
    arn: ({ account, id }) => `arn:aws:cloudfront::${account}:distribution/${id}`,
    domain_name: ({ id }) => `${id}.cloudfront.net`,
  },
  aws_cloudwatch_event_rule: { arn: named('events', 'rule/') },
  aws_cloudwatch_log_delivery: { arn: ({ arn, id }) => arn('logs', `delivery:${id}`) },
  aws_cloudwatch_log_delivery_destination: { arn: named('logs', 'delivery-destination:') },
  aws_cloudwatch_log_delivery_source: { arn: named('logs', 'delivery-source:') },
  aws_cloudwatch_log_group: { arn: named('logs', 'log-group:') },
  aws_cloudwatch_metric_alarm: { arn: named('cloudwatch', 'alarm:', 'alarm_name') },
  aws_codebuild_project: { arn: named('codebuild', 'project/') },
  aws_cognito_user_pool: { id: ({ id }) => id, arn: ({ arn, id }) => arn('cognito-idp', `userpool/${id}`) },
  aws_dynamodb_table: { arn: named('dynamodb', 'table/') },
  aws_ecr_repository: {
    arn: named('ecr', 'repository/'),
    repository_url: ({ account, region, argument }) => `${account}.dkr.ecr.${region}.amazonaws.com/${argument('name')}`,
  },
  aws_iam_openid_connect_provider: {
    arn: ({ account, argument }) => `arn:aws:iam::${account}:oidc-provider/${argument('url').replace('https://', '')}`,
  },
  aws_iam_policy: { arn: ({ account, argument }) => `arn:aws:iam::${account}:policy/${argument('name')}` },
  aws_iam_role: {
    id: roleName,
    arn: ({ account, argument }) => `arn:aws:iam::${account}:role${argument('path', '/')}${argument('name')}`,
  },
  aws_kms_key: { key_id: ({ id }) => id, arn: ({ arn, id }) => arn('kms', `key/${id}`) },
  aws_lambda_function: { arn: named('lambda', 'function:', 'function_name') },
  aws_lambda_function_url: { url_id: ({ id }) => id, function_url: ({ id, region }) => `https://${id}.lambda-url.${region}.on.aws/` },
  aws_s3_bucket: { arn: ({ argument }) => `arn:aws:s3:::${argument('bucket')}` },
  aws_secretsmanager_secret: { id: secretArn, arn: secretArn },
  aws_sns_topic: { arn: named('sns', '') },
  aws_sqs_queue: { arn: named('sqs', '') },
  aws_wafv2_web_acl: { arn: ({ arn, argument, id }) => arn('wafv2', `global/webacl/${argument('name')}/${id}`) },
};

import type { Plan } from '../plan/plan.ts';
import type { References } from '../plan/references.ts';
import { textsOf } from '../secrets/masked-value.ts';
import { code } from './markdown.ts';
import { resourceWords } from './resource-words.ts';

/**
 * "DynamoDB table `vera-ledger`" for what one of the plans manages, and for what is at home and has no wildcard before its name; the
 * whole ARN for everything else.
 */
export function arnWords(text: string, context: ArnContext): string {
  const { expression, rest: behind = '' } = /^\$\{(?<expression>[^{}]+)\}(?<rest>.*)$/s.exec(text)?.groups ?? {};
  if (expression !== undefined) return expressionWords(expression, behind, context) ?? code(text, 250);
  const { noun, name, part = '' } = namedIn(text);
  const behindName = part === '' ? '' : ` ${code(part)}`;
  const managed = context.surroundings.names.get(part === '' ? text : text.slice(0, -part.length));
  if (managed !== undefined) return `${managed}${behindName}`;
  return name === undefined || !isAtHome(text, context.surroundings.home) ? code(text, 250) : `${noun} ${code(name)}${behindName}`;
}

export type ArnContext = { readonly surroundings: Surroundings; readonly references: References; readonly module: string };

type Named = { readonly noun?: string; readonly name?: string; readonly part?: string };

function namedIn(text: string): Named {
  const { service = '', rest = '' } = arnPattern.exec(text)?.groups ?? {};
  const matches = kinds.map(([pattern, noun]) => ({ noun, ...(pattern.exec(`${service} ${rest}`)?.groups as Named | undefined) }));
  return matches.find(({ name }) => name !== undefined) ?? {};
}

function isAtHome(text: string, home: Home | undefined): boolean {
  const { region, account } = arnPattern.exec(text)?.groups ?? {};
  return (region === '' || region === home?.region) && (account === '' || account === home?.account);
}

const kinds: readonly (readonly [RegExp, string])[] = [
  [/^dynamodb table\/(?<name>[^/]+)(?<part>\/.+)?$/s, 'DynamoDB table'],
  [/^secretsmanager secret:(?<name>.+)$/s, 'secret'],
  [/^kms key\/(?<name>.+)$/s, 'KMS key'],
  [/^s3 (?<name>[^/]+)(?<part>\/.+)?$/s, 'S3 bucket'],
  [/^bedrock knowledge-base\/(?<name>.+)$/s, 'knowledge base'],
  [/^bedrock foundation-model\/(?<name>.+)$/s, 'model'],
  [/^bedrock inference-profile\/(?<name>.+)$/s, 'inference profile'],
  [/^bedrock guardrail\/(?<name>.+)$/s, 'guardrail'],
  [/^bedrock-agentcore memory\/(?<name>.+)$/s, 'AgentCore memory'],
  [/^bedrock-agentcore runtime\/(?<name>[^/]+)(?<part>\/.+)?$/s, 'AgentCore runtime'],
  [/^bedrock-agentcore gateway\/(?<name>.+)$/s, 'AgentCore gateway'],
  [/^lambda function:(?<name>[^:]+)(?<part>:.+)?$/s, 'Lambda function'],
  [/^logs log-group:(?<name>[^:]+)(?<part>:.+)?$/s, 'log group'],
  [/^codebuild project\/(?<name>.+)$/s, 'CodeBuild project'],
  [/^ecr repository\/(?<name>.+)$/s, 'ECR repository'],
  [/^sqs (?<name>.+)$/s, 'SQS queue'],
  [/^sns (?<name>[^:]+)$/s, 'SNS topic'],
  [/^events rule\/(?<name>.+)$/s, 'event rule'],
  [/^scheduler schedule\/(?<name>.+)$/s, 'schedule'],
  [/^iam role\/(?<name>.+)$/s, 'role'],
  [/^ssm parameter\/(?<name>.+)$/s, 'parameter'],
];

/** A value that only the apply will tell is called by the resource of this plan that it comes from. */
function expressionWords(expression: string, behind: string, { references, module }: ArnContext): string | undefined {
  const change = expression.startsWith('data.') ? undefined : references.resourceOf(expression, module);
  return change && `${resourceWords(change)}${behind === '' ? '' : ` ${code(behind)}`}`;
}

/** Where the stacks live: names without an account mean this one. */
export type Home = { readonly account: string; readonly region: string };

/** What all plans together know of the world. */
export type Surroundings = {
  readonly home: Home | undefined;
  /** Resources that one of the plans manages, in words, by ARN. */
  readonly names: ReadonlyMap<string, string>;
};

const arnPattern = /^arn:aws:(?<service>[\w-]+):(?<region>[\w-]*):(?<account>\d*):(?<rest>.*)$/s;

export function surroundingsOf(plans: readonly Plan[]): Surroundings {
  const changes = plans.flatMap((plan) => plan.changes).filter(({ mode, isDeposed }) => mode === 'managed' && !isDeposed);
  const managed = changes.flatMap((change) =>
    [change.before, change.after].flatMap((side) => textsOf(side, ['arn'])).map((arn) => ({ arn, change })),
  );
  const told = plans.flatMap(({ known }) => known.flatMap(({ values }) => textsOf(values, ['outputs'])));
  return {
    home: homeOf([...managed.map(({ arn }) => arn), ...told]),
    names: new Map(managed.map(({ arn, change }) => [arn, resourceWords(change)])),
  };
}

/** The account and region that most ARNs name. */
function homeOf(arns: readonly string[]): Home | undefined {
  const counts = new Map<string, number>();
  for (const text of arns) {
    const { region, account } = arnPattern.exec(text)?.groups ?? {};
    if (region && account) counts.set(`${account} ${region}`, (counts.get(`${account} ${region}`) ?? 0) + 1);
  }
  const [most] = [...counts].sort(([one, times], [other, others]) => others - times || (one < other ? -1 : 1));
  const [account, region] = most?.[0].split(' ') ?? [];
  return account && region ? { account, region } : undefined;
}

import { isPolicyText } from '../json/policy.ts';
import type { Plan, ResourceChange } from '../plan/plan.ts';
import { attributeText, type References } from '../plan/references.ts';
import { textsOf } from '../secrets/masked-value.ts';
import { type ArnContext, arnWords } from '../words/arn-words.ts';
import { code } from '../words/markdown.ts';
import { nameOf, nounOf, resourceWords } from '../words/resource-words.ts';
import { isStatement } from './statements.ts';

/** Where a resource holds a policy document, and whose rights it describes. */
export type PolicyPlace = {
  readonly kind: 'identity' | 'trust' | 'resource';
  readonly attribute: string;
  /** The attribute that names the holder, and the holder's type; without it the resource itself is the holder. */
  readonly of?: readonly [attribute: string, type: string];
};

/** Stands for attributes that are one statement taken apart. */
export const inAttributes = '(statement)';

export function policyPlacesOf(change: ResourceChange, { configuration }: References): readonly PolicyPlace[] {
  const isSet = (attribute: string) => !configuration.isPresent || configuration.expressionOf(change.address, attribute) !== undefined;
  const known = Object.hasOwn(places, change.type) ? places[change.type] : undefined;
  if (!known && isStatement(change.type)) return [{ kind: 'resource', attribute: inAttributes }];
  // A provider shows a role's other policies in `inline_policy` too; they count where the code writes them.
  if (known) return known.filter(({ attribute }) => attribute !== 'inline_policy' || (configuration.isPresent && isSet(attribute)));
  const attributes = new Set(
    [change.before, change.after].flatMap((side) => (typeof side === 'object' && side !== null ? Object.keys(side) : [])),
  );
  const found = [...attributes].filter((attribute) => isSet(attribute) && holdsPolicy(change, attribute));
  return found.map((attribute) => ({ kind: 'resource', attribute }));
}

/** Any other resource whose policy the code sets: queues, topics, endpoints, what AWS adds next. */
function holdsPolicy(change: ResourceChange, attribute: string): boolean {
  return [change.before, change.after].some((side) => textsOf(side, [attribute]).some(isPolicyText));
}

const places: Readonly<Record<string, readonly PolicyPlace[]>> = {
  aws_iam_role: [
    { kind: 'trust', attribute: 'assume_role_policy' },
    { kind: 'identity', attribute: 'inline_policy' },
  ],
  aws_iam_role_policy: [{ kind: 'identity', attribute: 'policy', of: ['role', 'aws_iam_role'] }],
  aws_iam_user_policy: [{ kind: 'identity', attribute: 'policy', of: ['user', 'aws_iam_user'] }],
  aws_iam_group_policy: [{ kind: 'identity', attribute: 'policy', of: ['group', 'aws_iam_group'] }],
  aws_iam_policy: [{ kind: 'identity', attribute: 'policy' }],
  aws_cloudformation_stack: [{ kind: 'resource', attribute: 'template_body' }],
  aws_lambda_permission: [{ kind: 'resource', attribute: inAttributes, of: ['function_name', 'aws_lambda_function'] }],
  aws_kms_grant: [{ kind: 'resource', attribute: inAttributes, of: ['key_id', 'aws_kms_key'] }],
  aws_kms_key: [{ kind: 'resource', attribute: 'policy' }],
  aws_kms_key_policy: [{ kind: 'resource', attribute: 'policy', of: ['key_id', 'aws_kms_key'] }],
  aws_s3_bucket_policy: [{ kind: 'resource', attribute: 'policy', of: ['bucket', 'aws_s3_bucket'] }],
  aws_sqs_queue: [{ kind: 'resource', attribute: 'policy' }],
  aws_sqs_queue_policy: [{ kind: 'resource', attribute: 'policy', of: ['queue_url', 'aws_sqs_queue'] }],
  aws_sns_topic: [{ kind: 'resource', attribute: 'policy' }],
  aws_sns_topic_policy: [{ kind: 'resource', attribute: 'policy', of: ['arn', 'aws_sns_topic'] }],
  aws_secretsmanager_secret: [{ kind: 'resource', attribute: 'policy' }],
  aws_secretsmanager_secret_policy: [{ kind: 'resource', attribute: 'policy', of: ['secret_arn', 'aws_secretsmanager_secret'] }],
  aws_ecr_repository_policy: [{ kind: 'resource', attribute: 'policy', of: ['repository', 'aws_ecr_repository'] }],
  aws_dynamodb_resource_policy: [{ kind: 'resource', attribute: 'resource_policy', of: ['resource_arn', 'aws_dynamodb_table'] }],
};

/** Whose rights a policy describes; `new` and `gone` if this plan makes or destroys it. */
export type PolicyHolder = { readonly name: string; readonly state: 'new' | 'gone' | 'there' };
export type HolderOf = (change: ResourceChange, of: readonly [attribute: string, type: string] | undefined) => PolicyHolder;

export function createHolders(plan: Plan, context: Omit<ArnContext, 'module'>): HolderOf {
  const byText = new Map<string, ResourceChange>();
  for (const change of plan.changes) {
    if (change.isDeposed) continue;
    const names = [
      nameOf(change) ?? change.address,
      ...identifying.flatMap((path) => [...textsOf(change.before, [path]), ...textsOf(change.after, [path])]),
    ];
    for (const name of names) byText.set(`${change.type}\n${name}`, change);
  }
  return (change, of) => {
    if (!of) return holderIn(change);
    const [attribute, type] = of;
    const side = change.action === 'delete' || change.action === 'forget' ? 'before' : 'after';
    const text = attributeText(change, attribute, side, context.references);
    if (text === undefined) return { name: resourceWords(change), state: 'there' };
    const expression = /^\$\{([^{}]+)\}$/.exec(text)?.[1];
    const holder = expression === undefined ? byText.get(`${type}\n${text}`) : context.references.resourceOf(expression, change.module);
    if (holder) return holderIn(holder);
    const name = text.startsWith('arn:') ? arnWords(text, { ...context, module: change.module }) : named(type, code(text));
    return { name, state: 'there' };
  };
}

const identifying = ['arn', 'id', 'url'];

function holderIn(change: ResourceChange): PolicyHolder {
  const states = { create: 'new', delete: 'gone', forget: 'gone' } as const;
  const state = change.action === 'create' || change.action === 'delete' || change.action === 'forget' ? states[change.action] : 'there';
  return { name: named(change.type, code(nameOf(change) ?? change.address)), state };
}

/** Most of a comment speaks of roles: those go by their names alone. */
export function named(type: string, name: string): string {
  return type === 'aws_iam_role' ? name : `${nounOf(type)} ${name}`;
}

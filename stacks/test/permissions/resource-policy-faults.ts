import { reasonsBeside, type Statement, statementsIn } from '../../permissions/deployment-of.ts';
import { createReferences } from '../../permissions/references.ts';
import { pathOf, type ResourceJson, resourcesOfType, type StacksJson } from '../../permissions/stacks-json.ts';

/** What anybody in the world may call, because Slack and browsers do; the code behind it checks who it is. */
const publicStacks = ['auth-portal', 'receiver'];

/** What is wrong with policies that are not a role's: of keys, functions and the like. */
export function resourcePolicyFaults(stacks: StacksJson, account: string): string[] {
  return [
    ...documentFaults(stacks, account),
    ...resourcesOfType(stacks, 'aws_lambda_permission').flatMap(({ resource }) => permissionFaults(resource)),
    ...resourcesOfType(stacks, 'aws_lambda_function_url')
      .filter(({ stack, resource }) => resource.authorization_type !== 'AWS_IAM' && !publicStacks.includes(stack))
      .map(({ resource }) => `${pathOf(resource)}: a public URL that nobody wrote down`),
    ...resourcesOfType(stacks, 'aws_cloudformation_stack').flatMap(({ stack, resource }) => templateFaults(stacks, stack, resource)),
    ...resourcesOfType(stacks, 'aws_iam_role_policy_attachment').flatMap(({ resource }) => attachmentFaults(resource)),
    ...unknownKinds(stacks).map((kind) => `nobody here looks at ${kind}`),
  ];
}

/** Looked at with the role they belong to. */
const ofRoles = ['aws_iam_role', 'aws_iam_role_policy', 'aws_iam_policy', 'aws_iam_role_policy_attachment'];

/** Any text in any resource that is a policy document. */
function documentFaults(stacks: StacksJson, account: string): string[] {
  const references = createReferences(stacks);
  return [...stacks].flatMap(([stack, { resource: kinds = {} }]) =>
    Object.entries(kinds)
      .filter(([kind]) => !ofRoles.includes(kind))
      .flatMap(([, resources]) => Object.values(resources))
      .flatMap((resource) =>
        textsIn(resource)
          .filter((text) => /^\s*\{.*"Statement"/s.test(text))
          .flatMap((text) => statementsIn(references.textOf(stack, text), reasonsBeside(resource)))
          .flatMap((statement) => openFaults(statement, account))
          .map((fault) => `${pathOf(resource)}: ${fault}`),
      ),
  );
}

function openFaults({ Effect, Action, Resource, Principal, because }: Statement, account: string): string[] {
  const principals = typeof Principal === 'object' && Principal !== null ? Object.values(Principal as object).flat() : [Principal];
  const strangers = principals.filter(
    (one) => !new RegExp(`^(?:${account}|arn:aws:iam::${account}:[^*]+|[\\w.-]+\\.amazonaws\\.com)$`).test(String(one)),
  );
  const wild = [...Action, ...Resource].filter((text) => text.includes('*'));
  return [
    ...(Effect === 'Allow' ? strangers.map((one) => `${one} is let in`) : []),
    ...(wild.length > 0 && !because ? [`${wild.join(', ')} without a written reason`] : []),
  ];
}

/** What somebody else wrote, and may write anew, is no policy of ours. */
function attachmentFaults(resource: ResourceJson): string[] {
  const { policy_arn: policy } = resource;
  return /^\$\{aws_iam_policy\.[\w-]+\.arn\}$/.test(String(policy))
    ? []
    : [`${pathOf(resource)}: ${policy} is attached, which is not ours`];
}

/** A service may call a function for one source of ours only. */
function permissionFaults(resource: ResourceJson): string[] {
  const { principal, source_arn: source } = resource;
  const isPinned = typeof source === 'string' && !source.includes('*') && /^[\w.-]+\.amazonaws\.com$/.test(String(principal));
  return isPinned ? [] : [`${pathOf(resource)}: ${principal} may call for ${source ?? 'anybody'}`];
}

/** Let nobody in by themselves. */
const closed = ['AWS::BedrockAgentCore::Runtime', 'AWS::SecretsManager::Secret'];

/** A template may hold what lets nobody in, and that a public URL invokes its own function. */
function templateFaults(stacks: StacksJson, stack: string, resource: ResourceJson): string[] {
  const { Resources } = JSON.parse(String(resource.template_body)) as { Resources: Record<string, { Type: string; Properties: object }> };
  const urls = Object.values(stacks.get(stack)?.resource?.aws_lambda_function_url ?? {}).map((url) => url.function_name);
  return Object.values(Resources).flatMap(({ Type, Properties }) => {
    if (closed.includes(Type)) return [];
    const { FunctionName, InvokedViaFunctionUrl } = Properties as { FunctionName?: unknown; InvokedViaFunctionUrl?: unknown };
    const isKnown = Type === 'AWS::Lambda::Permission' && InvokedViaFunctionUrl === true && urls.includes(FunctionName);
    return isKnown ? [] : [`${pathOf(resource)}: ${Type} of ${FunctionName} is let in otherwise than by its URL`];
  });
}

/** Whatever else of IAM's may come to be. */
function unknownKinds(stacks: StacksJson): string[] {
  const known = [...ofRoles, 'aws_iam_openid_connect_provider'];
  const kinds = [...stacks.values()].flatMap(({ resource = {} }) => Object.keys(resource));
  return [...new Set(kinds.filter((kind) => kind.startsWith('aws_iam_') && !known.includes(kind)))];
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

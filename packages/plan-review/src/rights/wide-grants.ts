import { type Grant, isException } from '../json/policy.ts';
import { code, enumerated } from '../words/markdown.ts';
import { isMatch } from './grant-differences.ts';
import type { PolicyPlace } from './policy-places.ts';

/** A condition that lets everybody pass. */
export const openToAll = 'StringEquals lambda:FunctionUrlAuthType = NONE';
/** It holds of every request to a function's URL, and of no other. */
const byUrlOnly = 'Bool lambda:InvokedViaFunctionUrl = true';

/** What makes a grant wider than a reviewer should let pass unseen, each in words; nothing of an ordinary one. */
export function wideReasons({ effect, principal, action, resource, conditions }: Grant, { kind, account }: Place): string[] {
  if (effect === 'Deny') return [];
  const other = kind === 'identity' ? undefined : accountOf(principal);
  // The usual policy of a key gives its own account all of it.
  const isOwner = kind === 'resource' && /^\d{12}$/.test(principal) && action === 'kms:*' && (account ?? other) === other;
  const isStranger = other !== undefined && other !== account && !isOwner;
  const who = [
    ...(kind !== 'identity' && (principal === '*' || isException(principal)) ? [whoWords(kind, conditions)] : []),
    ...(isStranger ? [account === undefined ? 'perhaps another account' : 'another account'] : []),
  ];
  if (kind === 'trust') return who;
  const what = isOwner ? [] : (isException(action) ? [action] : action.split(', ')).flatMap(whatWords);
  const isAny = kind === 'identity' && resource.split(', ').some(isAnyResource) && !conditions.some(isTag);
  return [...who, ...what, ...(isAny && !withoutResource.has(action.toLowerCase()) ? ['any resource'] : [])];
}

type Place = { readonly kind: PolicyPlace['kind']; readonly account?: string | undefined };

function accountOf(principal: string): string | undefined {
  return /^(?:arn:[\w-]+:(?:iam|sts)::)?(\d{12})(?::|$)/.exec(principal)?.[1];
}

/** "every action of `s3` and `sqs`; any resource" */
export function joinedReasons(reasons: readonly string[]): string {
  const services = [...new Set(reasons.filter((reason) => reason.startsWith(everyOf)).map((reason) => reason.slice(everyOf.length)))];
  const others = [...new Set(reasons.filter((reason) => !reason.startsWith(everyOf)))];
  return [...(services.length === 0 ? [] : [`${everyOf}${enumerated(services.sort())}`]), ...others].join('; ');
}

const everyOf = 'every action of ';

function whoWords(kind: PolicyPlace['kind'], conditions: readonly string[]): string {
  if (!conditions.every((condition) => condition === openToAll || condition === byUrlOnly)) return 'anyone who meets the condition';
  if (conditions.length > 0) return 'open to anyone on the internet';
  return kind === 'trust' ? 'anyone with an AWS account' : 'open to anyone';
}

function whatWords(action: string): string[] {
  if (isException(action)) return ['all other actions'];
  if (action === '*') return ['every action there is'];
  if (givingRights.some((known) => isMatch(action.toLowerCase(), known.toLowerCase()))) return ['can give rights'];
  const service = /^([\w-]+):\*$/.exec(action)?.[1];
  return service === undefined ? [] : [`${everyOf}${code(service)}`];
}

/** Each by itself is enough to come to rights one was not given. A pattern that fits one of them counts as it. */
const givingRights = [
  'iam:AddUserToGroup',
  'iam:AttachGroupPolicy',
  'iam:AttachRolePolicy',
  'iam:AttachUserPolicy',
  'iam:CreateAccessKey',
  'iam:CreateLoginProfile',
  'iam:CreatePolicy',
  'iam:CreatePolicyVersion',
  'iam:CreateRole',
  'iam:CreateUser',
  'iam:PassRole',
  'iam:PutGroupPolicy',
  'iam:PutRolePermissionsBoundary',
  'iam:PutRolePolicy',
  'iam:PutUserPermissionsBoundary',
  'iam:PutUserPolicy',
  'iam:SetDefaultPolicyVersion',
  'iam:UpdateAssumeRolePolicy',
  'iam:UpdateLoginProfile',
];

/** `*`, or nothing but `*` where a name should stand. */
function isAnyResource(resource: string): boolean {
  return (
    resource === '*' ||
    isException(resource) ||
    resource === 'arn:aws:s3:::*' ||
    /^arn:[^:]*:(?!s3:)[^:]*:[^:]*:[^:]*:(?:[\w-]+[/:])?\*$/.test(resource)
  );
}

/** Only what carries a tag, whatever its name. */
function isTag(condition: string): boolean {
  return /^StringEquals (?:aws:(?:Resource|Request)Tag|[\w-]+:ResourceTag)\/[^*]+ = [^*]+$/.test(condition);
}

/** AWS knows no resource for these: `*` is the only way to allow them. */
const withoutResource = new Set([
  'cloudwatch:getmetricdata',
  'cloudwatch:putmetricdata',
  'ec2:createnetworkinterface',
  'ec2:describenetworkinterfaces',
  'ecr:getauthorizationtoken',
  'logs:describeloggroups',
  'sts:getcalleridentity',
  'xray:getsamplingrules',
  'xray:getsamplingtargets',
  'xray:puttelemetryrecords',
  'xray:puttracesegments',
]);

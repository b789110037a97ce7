import { code } from './markdown.ts';
import { type Grant, isException } from './policy.ts';
import type { PolicyPlace } from './policy-places.ts';

/** A condition that lets everybody pass. */
export const openToAll = 'StringEquals lambda:FunctionUrlAuthType = NONE';

/** What makes a grant wider than a reviewer should let pass unseen, in words; undefined for an ordinary one. */
export function wideWords({ effect, principal, action, resource, conditions }: Grant, kind: PolicyPlace['kind']): string | undefined {
  if (effect === 'Deny') return undefined;
  const parts = { actions: action.split(', '), resources: resource.split(', ') };
  // The usual policy of a key gives its own account all of it, and says `*` for the key.
  const isOwner = kind === 'resource' && /^\d{12}$/.test(principal) && action === 'kms:*';
  const reasons = [
    kind !== 'identity' && (principal === '*' || isException(principal)) && whoWords(kind, conditions),
    kind !== 'trust' &&
      !isOwner &&
      (isException(action) ? 'all other actions' : parts.actions.map(whatWords).find((words) => words !== undefined)),
    kind === 'identity' && parts.resources.some(isAnyResource) && !withoutResource.has(action.toLowerCase()) && 'any resource',
  ];
  const said = reasons.filter((reason) => typeof reason === 'string');
  return said.length === 0 ? undefined : said.join(', ');
}

function whoWords(kind: PolicyPlace['kind'], conditions: readonly string[]): string {
  if (!conditions.every((condition) => condition === openToAll)) return 'anyone who meets the condition';
  if (conditions.length > 0) return 'open to anyone on the internet';
  return kind === 'trust' ? 'anyone with an AWS account' : 'open to anyone';
}

function whatWords(action: string): string | undefined {
  if (action === '*') return 'every action there is';
  const service = /^([\w-]+):\*$/.exec(action)?.[1];
  return service === undefined ? undefined : `every action of ${code(service)}`;
}

function isAnyResource(resource: string): boolean {
  return (
    resource === '*' ||
    isException(resource) ||
    /^arn:[^:]*:(?!s3:)[^:]*:[^:]*:[^:]*:[\w-]*[/:]?\*$/.test(resource) ||
    resource === 'arn:aws:s3:::*'
  );
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

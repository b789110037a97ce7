import type { Grant, Grants } from '../constructs/grant.ts';
import { placeOfImage } from '../settings/image-schema.ts';
import { existingRolesOf, nameOf } from '../settings/names.ts';
import type { Settings } from '../settings/settings.ts';
import { pushingImages } from '../worker/pushing-images.ts';
import { actionsOf, type Part, placeOf } from './part.ts';
import { lookAroundOf, mapParts, releaseGrantsOf, stateGrantsOf } from './plan-grants.ts';

/**
 * Whoever deploys makes roles, so this role is as strong as what it may give away: what the ceiling lets through. It is bound to our names, and
 * to a branch or an approval. By itself it reads no conversation, and no secret but the one that Terraform writes.
 */
export function deployGrantsOf(settings: Settings, ceiling: string): Readonly<Record<string, Grants>> {
  return {
    ...mapParts(settings, grantOf),
    around: {
      ...lookAroundOf(settings),
      ...stateGrantsOf(settings, 'write'),
      ...releaseGrantsOf(settings, 'get'),
      ...creationOf(settings),
      ...rightsOf(settings, ceiling),
      ...handingOverOf(settings),
      ...imageElsewhereOf(settings),
    },
  };
}

function grantOf({ look, make, because, ...where }: Part): Grant {
  const hasAll = make.some((action) => action.endsWith(':*'));
  const hasVerbs = make.some((action) => /:\*./.test(action));
  // Verb by verb, the policy would be longer than IAM allows.
  const reason = hasVerbs ? `${because}; a star before a noun stands for its verbs, from making to removing it` : because;
  return { actions: hasAll ? make : [...look, ...make], because: reason, ...where };
}

/** What has no ARN yet. */
function creationOf(settings: Settings): Grants {
  const { arn, account } = placeOf(settings);
  const { front } = settings;
  return {
    beforeItExists: {
      actions: [
        ...actionsOf('bedrock-agentcore', 'CreateAgentRuntime CreateGateway CreateMemory'),
        ...(front ? ['cloudfront:CreateDistribution', 'secretsmanager:GetRandomPassword'] : []),
        ...['bedrock:CreateGuardrail', 'cognito-idp:CreateUserPool', 'ecr:GetAuthorizationToken', 'kms:CreateKey'],
        ...actionsOf('logs', 'DescribeResourcePolicies PutResourcePolicy'),
      ],
      resources: ['*'],
      because: 'these know no resource',
    },
    firstTags: {
      actions: [...['bedrock', 'cognito-idp', 'kms'], ...(front ? ['cloudfront'] : [])].map((service) => `${service}:TagResource`),
      resources: [
        ...[arn('bedrock', 'guardrail/*'), arn('cognito-idp', 'userpool/*'), arn('kms', 'key/*')],
        ...(front ? [`arn:aws:cloudfront::${account}:distribution/*`] : []),
      ],
      conditions: {
        StringEquals: { 'aws:RequestTag/vera:bot': settings.botName, 'aws:RequestTag/vera:environment': settings.environment },
        // Or what another environment made would be ours by one call.
        Null: { 'aws:ResourceTag/vera:bot': 'true' },
      },
      because: 'what AWS makes up the id of gets our tags as it is made, and carries none before',
    },
  };
}

/** Rights over rights: of roles under the ceiling, and to put a role under it. Nothing takes a role out, and nothing changes the ceiling. */
export function rightsOf(settings: Settings, ceiling: string): Grants {
  const { roles } = placeOf(settings);
  return {
    rights: {
      actions: actionsOf(
        'iam',
        'CreateRole DeleteRole DeleteRolePolicy PutRolePermissionsBoundary PutRolePolicy UpdateAssumeRolePolicy UpdateRole*',
      ),
      resources: [roles],
      conditions: { StringEquals: { 'iam:PermissionsBoundary': ceiling } },
      because: 'each carries our name, and another ending; a star after UpdateRole stands for its description',
    },
  };
}

/** Whether the image is there is asked before anything is made of it; that one's own repository must say so, too, where it is another account's. */
function imageElsewhereOf(settings: Settings): Grants {
  const place = placeOfImage(settings.image);
  if (!place || (place.account === settings.account && place.repository.startsWith(`${nameOf(settings)}-`))) return {};
  return {
    imageElsewhere: {
      actions: actionsOf('ecr', 'BatchGetImage GetDownloadUrlForLayer'),
      resources: [`arn:aws:ecr:${place.region}:${place.account}:repository/${place.repository}`],
      because: 'the image that the settings name lies there',
    },
  };
}

/** Of the company's roles those that a service takes on, to the letter. */
function passedOf({ roles: { 'aws-reader': _, ...passed } }: Settings): string[] {
  return existingRolesOf(passed).map(([, arn]) => arn);
}

/** What a deployment gives to the services that run what it made. */
function handingOverOf(settings: Settings): Grants {
  const { arn, roles, account, tagged } = placeOf(settings);
  const linkedRole = (service: string, role: string) =>
    `arn:aws:iam::${account}:role/aws-service-role/${service}.bedrock-agentcore.amazonaws.com/AWSServiceRoleForBedrockAgentCore${role}`;
  const services = ['dynamodb', 'secretsmanager'].map((service) => `${service}.${settings.region}.amazonaws.com`);
  return {
    passedRoles: {
      actions: ['iam:PassRole'],
      // IAM does not tell the ceiling of a role that is passed; in this folder there is none without.
      resources: [roles, ...passedOf(settings)],
      conditions: {
        StringEquals: { 'iam:PassedToService': ['bedrock-agentcore', 'codebuild', 'lambda'].map((service) => `${service}.amazonaws.com`) },
      },
      because: 'each carries our name, and another ending',
    },
    linkedRoles: {
      actions: ['iam:CreateServiceLinkedRole'],
      resources: [linkedRole('network', 'Network'), linkedRole('runtime-identity', 'RuntimeIdentity')],
      because: 'AgentCore makes its own two roles with the first runtime of an account',
    },
    keyUse: {
      actions: actionsOf('kms', 'CreateGrant Decrypt Encrypt GenerateDataKey* ReEncrypt*'),
      resources: [arn('kms', 'key/*')],
      conditions: { StringEquals: { ...tagged.StringEquals, 'kms:ViaService': services } },
      because: 'a table or a secret is given its key in the name of whoever makes it; AWS makes up the key’s id, our tag tells ours apart',
    },
  };
}

/** Whoever builds an image of main, signs it and pushes it beside the others. No tag of theirs can come to mean another image, and none goes. */
export function publishGrantsOf(settings: Settings): Grants {
  const { arn, name } = placeOf(settings);
  return {
    images: {
      actions: pushingImages,
      resources: [arn('ecr', `repository/${name}-worker`)],
      because: 'the worker’s images, with provenance and signatures beside them',
    },
    imagesToken: {
      actions: ['ecr:GetAuthorizationToken'],
      resources: ['*'],
      because: 'it knows no resource',
    },
  };
}

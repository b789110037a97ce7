import type { Settings } from '../../settings/settings.ts';
import { actionsOf, type Parts, placeOf } from '../part.ts';

const because = 'AWS makes up the ids; our tag tells ours apart';
const tags = 'TagResource UntagResource';

/** What carries our tag, because AWS makes up its name. */
export function taggedPartsOf(settings: Settings): Parts {
  const { arn, tagged, name } = placeOf(settings);
  return {
    keys: {
      resources: [arn('kms', 'key/*')],
      conditions: tagged,
      because,
      look: actionsOf('kms', 'DescribeKey GetKeyPolicy GetKeyRotationStatus ListResourceTags'),
      make: actionsOf('kms', `*Alias *KeyRotation PutKeyPolicy ScheduleKeyDeletion ${tags} UpdateKeyDescription`),
    },
    keyAlias: {
      resources: [arn('kms', `alias/${name}`)],
      because: 'an alias takes permission on itself and on its key',
      look: [],
      make: ['kms:*Alias'],
    },
    pools: {
      resources: [arn('cognito-idp', 'userpool/*')],
      conditions: tagged,
      because: `${because}; the pool has no users`,
      look: [
        ...actionsOf('cognito-idp', 'DescribeResourceServer DescribeUserPool DescribeUserPoolClient GetUserPoolMfaConfig'),
        'cognito-idp:ListTagsForResource',
      ],
      make: ['cognito-idp:*'],
    },
    ownGuardrails: {
      resources: [arn('bedrock', 'guardrail/*')],
      conditions: tagged,
      because,
      look: [],
      make: actionsOf('bedrock', `CreateGuardrailVersion DeleteGuardrail ${tags} UpdateGuardrail`),
    },
  };
}

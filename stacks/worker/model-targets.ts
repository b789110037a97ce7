import type { Target } from '../constructs/grant.ts';
import type { Settings } from '../settings/settings.ts';

/** An inference profile needs two permissions: on itself, and on the models it routes to, in whichever region. */
export function modelTargetsOf({ model, region, account }: Pick<Settings, 'model' | 'region' | 'account'>): readonly Target[] {
  const isOwn = model.id.startsWith('arn:');
  const profile = isOwn ? model.id : `arn:aws:bedrock:${region}:${account}:inference-profile/${model.id}`;
  const foundationModel = isOwn ? '*' : model.id.replace(/^[a-z-]+\./, '');
  return [
    { resources: [profile] },
    {
      resources: [`arn:aws:bedrock:*::foundation-model/${foundationModel}`],
      conditions: { StringLike: { 'bedrock:InferenceProfileArn': profile } },
      because: isOwn
        ? 'the profile chooses region and model, and its ARN names neither; the condition allows what goes through this profile only'
        : 'the profile chooses the region; the condition allows the model through this profile only',
    },
  ];
}

/**
 * Where a geography's inference profiles may be called from, by the beginning of the region. Which model is in which region AWS says anew each
 * month; of a geography that is not here it decides. https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html
 */
const callers: Readonly<Record<string, readonly string[]>> = {
  us: ['us-', 'ca-'],
  eu: ['eu-', 'il-'],
  apac: ['ap-', 'me-'],
  jp: ['ap-northeast-1', 'ap-northeast-3'],
  au: ['ap-southeast-2', 'ap-southeast-4', 'ap-southeast-6'],
  ca: ['ca-'],
  'us-gov': ['us-gov-'],
};

/** Why a model cannot be asked from a place. */
export function faultOfModel(id: string, { region, account }: { readonly region: string; readonly account: string }): string | undefined {
  if (id.startsWith('arn:')) {
    const [, , , itsRegion, itsAccount] = id.split(':');
    if (itsRegion !== region) return `this inference profile is in ${itsRegion}, and is called from ${region}: make one there`;
    return itsAccount === account
      ? undefined
      : `this inference profile is of account ${itsAccount}, and is called from ${account}: make one there`;
  }
  const [geography = ''] = id.split('.');
  const from = callers[geography];
  if (!from || from.some((beginning) => region.startsWith(beginning))) return undefined;
  const meant = Object.keys(callers).filter((other) => callers[other]?.some((beginning) => region.startsWith(beginning)));
  return `profiles of '${geography}.' cannot be called from ${region}: take one of ${[...meant, 'global'].map((name) => `'${name}.'`).join(' or ')}`;
}

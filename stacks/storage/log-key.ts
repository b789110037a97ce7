/** Of the settings. */
interface Choice {
  readonly keyArn?: string | undefined;
  readonly encryptsLogs?: boolean | undefined;
}

export function encryptsLogsIn({ keyArn, encryptsLogs = keyArn !== undefined }: Choice): boolean {
  return encryptsLogs;
}

/** Of log groups in a region: a key with replicas is the same one everywhere. Undefined where CloudWatch's own encrypts them. */
export function logKeyOf(settings: Choice, keyArn: string, region?: string): string | undefined {
  if (!encryptsLogsIn(settings)) return undefined;
  return region === undefined || settings.keyArn === undefined ? keyArn : settings.keyArn.replace(/^(arn:aws:kms):[^:]+/, `$1:${region}`);
}

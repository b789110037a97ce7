/** The account decides by IAM who uses the key. Without this statement nobody could ever change the key again. */
export function keyPolicyOf(account: string): string {
  const accountDecides = {
    Sid: 'AccountDecidesByIam',
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${account}:root` },
    Action: 'kms:*',
    Resource: '*',
  };
  return JSON.stringify({ Version: '2012-10-17', Statement: [accountDecides] });
}

/** Ends up beside the policy in the synthesised stack. */
export const keyPolicyReasons = {
  AccountDecidesByIam: 'in a key’s own policy * is that key; without this nobody could ever use or change it again',
};

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

import type { Settings } from '../settings/settings.ts';

export type GithubSettings = NonNullable<Settings['github']>;

export const githubIssuer = 'token.actions.githubusercontent.com';

/** Who may take the role on: exactly these subjects, to the letter. A pattern here would let in a branch that anybody may name. */
export function trustOf(providerArn: string, subjects: readonly string[]): string {
  const statement = {
    Effect: 'Allow',
    Principal: { Federated: providerArn },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: { StringEquals: { [`${githubIssuer}:aud`]: 'sts.amazonaws.com', [`${githubIssuer}:sub`]: subjects } },
  };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}

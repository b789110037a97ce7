import type { Statement } from '../../permissions/deployment-of.ts';
import type { Place } from './statement-faults.ts';

/** What is wrong with a statement that says who may take a role on, in words. */
export function trustFaults(trust: Statement, place: Place): string[] {
  const { Service, Federated, ...others } = (trust.Principal === '*' ? { '*': '*' } : trust.Principal) as Record<string, string>;
  // Only one of our own roles, to the letter: whoever in the account may assume roles could take on any that trusts its root.
  if (others.AWS && new RegExp(`^arn:aws:iam::${place.account}:role/[\\w/-]+-worker$`).test(others.AWS)) return [];
  if (Object.keys(others).length > 0) return [`${JSON.stringify(trust.Principal)} may take it on`];
  if (Service === 'lambda.amazonaws.com')
    return trust.Condition ? ['Lambda sends no condition keys: the role could never be taken on'] : [];
  if (Service === 'bedrock-agentcore.amazonaws.com') return agentCoreFaults(trust, place);
  if (Service === 'codebuild.amazonaws.com') return codeBuildFaults(trust, place);
  if (Federated) return githubFaults(trust, Federated, place);
  return [`nobody thought about ${Service} yet`];
}

/** Without both conditions, anybody's runtime in any account could borrow the role. */
function agentCoreFaults({ Condition }: Statement, { account, regions }: Place): string[] {
  const sources = [Condition?.ArnLike?.['aws:SourceArn'] ?? []].flat();
  const isOurs = (arn: string) => regions.some((region) => arn.startsWith(`arn:aws:bedrock-agentcore:${region}:${account}:`));
  return [
    ...(Condition?.StringEquals?.['aws:SourceAccount'] === account ? [] : ['it does not ask for our account']),
    ...(sources.length > 0 && sources.every(isOurs) ? [] : ['it does not ask for a source of ours']),
  ];
}

/** To the letter: whoever may make a project of another name could have it run as this role. */
function codeBuildFaults({ Condition }: Statement, { account, regions }: Place): string[] {
  const { 'aws:SourceAccount': from, 'aws:SourceArn': source } = Condition?.StringEquals ?? {};
  const isOurs = regions.some((region) => new RegExp(`^arn:aws:codebuild:${region}:${account}:project/[\\w-]+$`).test(String(source)));
  return [...(from === account ? [] : ['it does not ask for our account']), ...(isOurs ? [] : ['it does not ask for a project of ours'])];
}

const issuer = 'token.actions.githubusercontent.com';
const subject = /^repo:[\w.-]+\/[\w.-]+:(?:ref:refs\/heads\/[\w./-]+|environment:[\w.-]+|pull_request)$/;

/** Exactly one audience, exactly these subjects: a pattern would let in a branch that anybody may name. */
function githubFaults({ Action, Condition = {} }: Statement, provider: string, { account }: Place): string[] {
  const { [`${issuer}:aud`]: audience, [`${issuer}:sub`]: subjects = [], ...others } = Condition.StringEquals ?? {};
  const named = [subjects].flat();
  return [
    ...(provider === `arn:aws:iam::${account}:oidc-provider/${issuer}` ? [] : [`${provider} is not our provider`]),
    ...(Action.join() === 'sts:AssumeRoleWithWebIdentity' ? [] : [`${Action.join()} is not how GitHub takes a role on`]),
    ...(Object.keys(Condition).join() === 'StringEquals' && Object.keys(others).length === 0 ? [] : ['it is pinned by more than equality']),
    ...(audience === 'sts.amazonaws.com' ? [] : ['its audience is not pinned']),
    ...(named.length > 0 && named.every((one) => subject.test(one))
      ? []
      : [`${named.join(', ') || 'nothing'} is no repository and branch`]),
  ];
}

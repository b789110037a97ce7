import { createAtlassianApi } from '@vera/saas-stand-in/create-atlassian-api';
import { createAtlassianOAuth } from '@vera/saas-stand-in/oauth/create-atlassian-oauth';
import { createGitHubOAuth } from '@vera/saas-stand-in/oauth/create-github-oauth';
import type { OAuthEmulator } from '@vera/saas-stand-in/oauth/oauth-emulator';
import type { SlackEmulator } from '@vera/slack-stand-in/contract';
import type { Workspace } from '@vera/slack-stand-in/workspace';
import type { Listening } from '@vera/stand-in-kit/listen';
import { appKeys, names } from './names.ts';
import type { CompanyTools, ToolSeeds } from './start-tools.ts';

/** Where people have accounts of their own. */
export interface Providers {
  readonly atlassian: OAuthEmulator;
  /** What people's tokens are good for. */
  readonly atlassianApi: Listening;
  readonly github: OAuthEmulator;
}

/** Atlassian and GitHub, in which everybody of the workspace has an account; those of the company's own site are known there. */
export async function startProviders(
  workspace: Workspace,
  tools: { readonly seeds: ToolSeeds; readonly running: CompanyTools } | undefined,
  started: AsyncDisposableStack,
): Promise<Providers> {
  const colleagues = workspace.users.filter(({ botId, teamId }) => botId === undefined && teamId === undefined);
  const emailOf = ({ email, name }: (typeof colleagues)[number]) => email ?? `${name}@${workspace.teamDomain}.example`;
  const accountOf = (email: string) => tools?.seeds.people.find((person) => person.email === email)?.accountId;
  const atAtlassian = colleagues.map((user) => {
    const email = emailOf(user);
    return { id: accountOf(email) ?? atlassianIdOf(user.id), name: user.realName, email };
  });
  const atGitHub = colleagues.map((user, index) => ({ id: String(index + 1), name: user.name, email: emailOf(user) }));
  const { teamDomain } = workspace;
  let identity = '';
  const { jira, confluence } = tools?.running ?? {};
  const nowhere = `https://${teamDomain}.atlassian.net`;
  const api = { identity: () => identity, jira: jira?.url ?? nowhere, confluence: confluence?.url ?? nowhere };
  const atlassianApi = started.use(await createAtlassianApi(api));
  const site = { id: names.cloudId, name: teamDomain, url: tools ? atlassianApi.url : nowhere };
  const lifetime = tools?.seeds.tokenSeconds === undefined ? {} : { accessSeconds: tools.seeds.tokenSeconds };
  const atlassian = started.use(await createAtlassianOAuth({ ...appKeys, people: atAtlassian, sites: [site], ...lifetime }));
  identity = atlassian.url;
  return {
    atlassian,
    atlassianApi,
    github: started.use(await createGitHubOAuth({ ...appKeys, people: atGitHub })),
  };
}

/** What a person does once in the settings of each app. */
export function registerPortal(
  portalUrl: string,
  slack: SlackEmulator,
  { atlassian, github }: Pick<Providers, 'atlassian' | 'github'>,
): void {
  const portal = new URL(portalUrl).origin;
  slack.allowRedirect(`${portal}/signed-in`);
  atlassian.allowRedirect(`${portal}/connected/atlassian`);
  github.allowRedirect(`${portal}/connected/github`);
}

/** An account id of Atlassian's form. */
function atlassianIdOf(userId: string): string {
  return `712020:${userId.toLowerCase()}`;
}

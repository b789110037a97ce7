import { createAtlassianOAuth } from '@vera/emulators/oauth/create-atlassian-oauth';
import { createGitHubOAuth } from '@vera/emulators/oauth/create-github-oauth';
import type { OAuthEmulator } from '@vera/emulators/oauth/oauth-emulator';
import type { SlackEmulator, Workspace } from '@vera/emulators/slack/contract';
import { appKeys, names } from './names.ts';

/** Where people have accounts of their own. */
export interface Providers {
  readonly atlassian: OAuthEmulator;
  readonly github: OAuthEmulator;
}

/** Atlassian and GitHub, in which everybody of the workspace has an account. */
export async function startProviders(workspace: Workspace, started: AsyncDisposableStack): Promise<Providers> {
  const colleagues = workspace.users.filter(({ botId, teamId }) => botId === undefined && teamId === undefined);
  const emailOf = ({ email, name }: (typeof colleagues)[number]) => email ?? `${name}@${workspace.teamDomain}.example`;
  const atAtlassian = colleagues.map((user) => ({ id: atlassianIdOf(user.id), name: user.realName, email: emailOf(user) }));
  const atGitHub = colleagues.map((user, index) => ({ id: String(index + 1), name: user.name, email: emailOf(user) }));
  const { teamDomain } = workspace;
  const site = { id: names.cloudId, name: teamDomain, url: `https://${teamDomain}.atlassian.net` };
  return {
    atlassian: started.use(await createAtlassianOAuth({ ...appKeys, people: atAtlassian, sites: [site] })),
    github: started.use(await createGitHubOAuth({ ...appKeys, people: atGitHub })),
  };
}

/** What a person does once in the settings of each app. */
export function registerPortal(portalUrl: string, slack: SlackEmulator, { atlassian, github }: Providers): void {
  const portal = new URL(portalUrl).origin;
  slack.allowRedirect(`${portal}/signed-in`);
  atlassian.allowRedirect(`${portal}/connected/atlassian`);
  github.allowRedirect(`${portal}/connected/github`);
}

/** An account id of Atlassian's form. */
function atlassianIdOf(userId: string): string {
  return `712020:${userId.toLowerCase()}`;
}

import { verificationToken } from '../events/envelope.ts';
import type { World } from '../state/world.ts';
import type { WorkspaceUser } from '../workspace.ts';

/** What every interaction payload says of who did it and where; it brings a trigger id. */
export function interactionOf({ directory, tickets }: World, { id, name, teamId: home }: WorkspaceUser) {
  const { teamId, teamDomain } = directory.workspace;
  return {
    token: verificationToken,
    user: { id, username: name, name, team_id: home ?? teamId },
    team: { id: teamId, domain: teamDomain },
    trigger_id: tickets.issueTrigger(),
    is_enterprise_install: false,
  };
}

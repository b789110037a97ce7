import type { SlackMethod } from '../api/slack-method.ts';
import { refuse } from '../api/slack-refusal.ts';

export const teamInfo: SlackMethod = ({ args, world }) => {
  const { teamId, teamDomain } = world.directory.workspace;
  const isOther = ![teamId, ''].includes(args.text('team')) || ![teamDomain, ''].includes(args.text('domain'));
  if (isOther) refuse('team_not_found');
  const icon = { image_default: true, image_132: `${world.origin()}/icons/team_132.png` };
  return { team: { id: teamId, name: teamDomain, domain: teamDomain, email_domain: '', icon, is_verified: false } };
};

import { type Question, questionIdOf } from './question.ts';
import type { BlockActions } from './slack-envelope.ts';

type Click = Pick<BlockActions, 'user' | 'team' | 'enterprise' | 'response_url'>;

interface Asked extends Pick<Question, 'teamId' | 'channelId' | 'messageTs' | 'threadTs' | 'text' | 'quotes' | 'files'> {
  /** The message it is about. */
  readonly about: string;
}

/** Asked by a click, by whoever clicked; `messageTs` is the moment of it, for no message stands for the question. */
export function clickedQuestion(click: Click, { about, ...asked }: Asked): Question {
  const { id: userId, team_id: userTeamId = asked.teamId } = click.user;
  return {
    kind: 'question',
    id: questionIdOf(asked),
    ...asked,
    userId,
    userTeamId,
    // No interaction says who we are.
    botUserId: '',
    isDirect: asked.channelId.startsWith('D'),
    isExternal: !isColleague(click),
    shortcut: { about, ...wayBackOf(click) },
  };
}

/** On Enterprise Grid somebody of another workspace is a colleague where Slack names one organisation for both. */
function isColleague({ user, team, enterprise }: Click): boolean {
  if (user.team_id === undefined || team === undefined || user.team_id === team.id) return true;
  return Boolean(enterprise?.id) && (team.enterprise_id === undefined || team.enterprise_id === enterprise?.id);
}

export function wayBackOf({ response_url }: Pick<BlockActions, 'response_url'>): { readonly responseUrl?: string } {
  return response_url ? { responseUrl: response_url } : {};
}

/** Whether it may stand as a question's `messageTs`. */
export function isMoment(text: string | undefined): text is string {
  return text !== undefined && /^\d{1,12}\.\d{1,8}$/.test(text);
}

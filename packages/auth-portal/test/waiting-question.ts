import type { Person } from '@vera/accounts/portal-ticket';
import { type Question, questionIdOf } from '@vera/protocol/question';

/** A question of this person, as the worker lays it down when it needs an account of theirs. */
export function waitingQuestion({ teamId, userId }: Person, messageTs = '1766458030.000100', channelId = 'C0OPS'): Question {
  const place = { teamId, channelId, messageTs };
  return {
    kind: 'question',
    id: questionIdOf(place),
    ...place,
    threadTs: '1766458026.240809',
    userId,
    userTeamId: teamId,
    botUserId: 'U0VERA',
    text: '<@U0VERA> open a confidential ticket for it',
    files: [],
    isDirect: false,
    isExternal: false,
  };
}

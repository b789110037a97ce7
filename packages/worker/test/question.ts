import { type Question, questionIdOf } from '@vera/protocol/question';

/** A question in the channel of the test workspace; a message `ts` that is not its thread's makes it a reply. */
export function questionOf(changes: Partial<Question> & { readonly messageTs: string }): Question {
  const place = { teamId: 'T01', channelId: 'COPS', threadTs: changes.messageTs };
  return {
    kind: 'question',
    id: questionIdOf({ ...place, ...changes }),
    ...place,
    userId: 'UANN',
    userTeamId: 'T01',
    botUserId: 'UVERA',
    text: '<@UVERA> who is on call?',
    files: [],
    isDirect: false,
    isExternal: false,
    ...changes,
  };
}

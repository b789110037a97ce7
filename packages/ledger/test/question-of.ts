import { type Question, questionIdOf } from '@vera/protocol/question';

/** A question Ann asked in the channel's thread `100.000000`; `more` replaces fields. */
export function questionOf(messageTs: string, more: Partial<Question> = {}): Question {
  const question = {
    kind: 'question',
    teamId: 'T01',
    channelId: 'C01',
    threadTs: '100.000000',
    messageTs,
    userId: 'UANN',
    userTeamId: 'T01',
    botUserId: 'UVERA',
    text: 'who is on call?',
    files: [],
    isDirect: false,
    isExternal: false,
    ...more,
  } as const;
  return { ...question, id: questionIdOf(question), files: [...question.files] };
}

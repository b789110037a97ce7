import { type Question, questionIdOf } from '@vera/protocol/question';

export const botUserId = 'UVERA';
export const place = { teamId: 'T01', channelId: 'C01' };
/** Who asks, who may stop whatever anybody asked, and who may stop nothing of theirs. */
export const people = { asker: 'UANN', colleague: 'UBOB', admin: 'UADA', other: 'UEVE' } as const;

/** What somebody has written, as the receiver reads it. */
export function questionOf(messageTs: string, threadTs: string, text: string, userId: string): Question {
  const flags = { isDirect: false, isExternal: false, files: [] };
  const who = { userId, userTeamId: 'T01', botUserId };
  return { kind: 'question', id: questionIdOf({ ...place, messageTs }), ...place, messageTs, threadTs, text, ...who, ...flags };
}

import { type Question, questionIdOf } from '@vera/protocol/question';

const place = { teamId: 'T01', channelId: 'C01', messageTs: '1766458026.240809' };

export const askedQuestion: Question = {
  kind: 'question',
  id: questionIdOf(place),
  ...place,
  threadTs: '1766458026.240809',
  userId: 'U01',
  userTeamId: 'T01',
  botUserId: 'UBOT',
  text: 'für wen is the pager on call?',
  files: [{ id: 'F01', name: 'a.png', mimetype: 'image/png', size: 12 }],
  isDirect: false,
  isExternal: false,
};

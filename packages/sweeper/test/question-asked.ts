import { type Question, questionIdOf } from '@vera/protocol/question';
import type { SlackEmulator } from '@vera/slack-stand-in/contract';

/** The question of a message that Ann writes now. */
export function questionAsked(
  { post, workspace }: SlackEmulator,
  { channel = 'COPS', text = '<@UVERA> who is on call?', threadTs }: { channel?: string; text?: string; threadTs?: string } = {},
): Question {
  const { ts } = post({ user: 'UANN', channel, text, ...(threadTs ? { threadTs } : {}) });
  const identity = { teamId: workspace.teamId, channelId: channel, messageTs: ts };
  return {
    kind: 'question',
    id: questionIdOf(identity),
    ...identity,
    threadTs: threadTs ?? ts,
    userId: 'UANN',
    userTeamId: workspace.teamId,
    botUserId: workspace.botUserId,
    text,
    files: [],
    isDirect: channel.startsWith('D'),
    isExternal: false,
  };
}

import type { SlackMethod } from '../api/slack-method.ts';
import { agentsSessionsRename, agentsSessionsSetStatus } from './agents-sessions.ts';
import { assistantThreadsSetStatus, assistantThreadsSetSuggestedPrompts, assistantThreadsSetTitle } from './assistant-threads.ts';
import { authTest } from './auth-test.ts';
import { botsInfo } from './bots-info.ts';
import { chatAppendStream } from './chat-append-stream.ts';
import { chatDelete } from './chat-delete.ts';
import { chatGetPermalink } from './chat-get-permalink.ts';
import { chatPostEphemeral } from './chat-post-ephemeral.ts';
import { chatPostMessage } from './chat-post-message.ts';
import { chatStartStream } from './chat-start-stream.ts';
import { chatStopStream } from './chat-stop-stream.ts';
import { chatUpdate } from './chat-update.ts';
import { conversationsHistory } from './conversations-history.ts';
import { conversationsInfo } from './conversations-info.ts';
import { conversationsMembers } from './conversations-members.ts';
import { conversationsOpen } from './conversations-open.ts';
import { conversationsReplies } from './conversations-replies.ts';
import { filesInfo } from './files-info.ts';
import { filesCompleteUploadExternal, filesGetUploadUrlExternal } from './files-upload.ts';
import { oauthV2Access, openidConnectToken, openidConnectUserInfo } from './oauth.ts';
import { reactionsAdd, reactionsRemove } from './reactions.ts';
import { teamInfo } from './team-info.ts';
import { usersInfo } from './users-info.ts';
import { viewsOpen, viewsPublish, viewsUpdate } from './views.ts';

export const slackMethods: Readonly<Record<string, SlackMethod | undefined>> = {
  'agents.sessions.rename': agentsSessionsRename,
  'agents.sessions.setStatus': agentsSessionsSetStatus,
  'assistant.threads.setStatus': assistantThreadsSetStatus,
  'assistant.threads.setSuggestedPrompts': assistantThreadsSetSuggestedPrompts,
  'assistant.threads.setTitle': assistantThreadsSetTitle,
  'auth.test': authTest,
  'bots.info': botsInfo,
  'chat.appendStream': chatAppendStream,
  'chat.delete': chatDelete,
  'chat.getPermalink': chatGetPermalink,
  'chat.postEphemeral': chatPostEphemeral,
  'chat.postMessage': chatPostMessage,
  'chat.startStream': chatStartStream,
  'chat.stopStream': chatStopStream,
  'chat.update': chatUpdate,
  'conversations.history': conversationsHistory,
  'conversations.info': conversationsInfo,
  'conversations.members': conversationsMembers,
  'conversations.open': conversationsOpen,
  'conversations.replies': conversationsReplies,
  'files.completeUploadExternal': filesCompleteUploadExternal,
  'files.getUploadURLExternal': filesGetUploadUrlExternal,
  'files.info': filesInfo,
  'oauth.v2.access': oauthV2Access,
  'openid.connect.token': openidConnectToken,
  'openid.connect.userInfo': openidConnectUserInfo,
  'reactions.add': reactionsAdd,
  'reactions.remove': reactionsRemove,
  'team.info': teamInfo,
  'users.info': usersInfo,
  'views.open': viewsOpen,
  'views.publish': viewsPublish,
  'views.update': viewsUpdate,
};

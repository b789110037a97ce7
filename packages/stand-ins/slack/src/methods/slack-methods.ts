import type { SlackMethod } from '../api/slack-method.ts';
import {
  agentsSessionsRename,
  agentsSessionsSetStatus,
  assistantThreadsSetStatus,
  assistantThreadsSetSuggestedPrompts,
  assistantThreadsSetTitle,
} from './agent-sessions.ts';
import { assistantSearchContext, assistantSearchInfo } from './assistant-search.ts';
import { chatDelete, chatGetPermalink, chatPostEphemeral, chatPostMessage, chatUpdate } from './chat.ts';
import { chatAppendStream, chatStartStream, chatStopStream } from './chat-streams.ts';
import { conversationsHistory, conversationsReplies } from './conversation-messages.ts';
import { conversationsInfo, conversationsMembers, conversationsOpen, usersConversations } from './conversations.ts';
import { filesCompleteUploadExternal, filesDelete, filesGetUploadUrlExternal, filesInfo } from './files.ts';
import { oauthV2Access, openidConnectToken, openidConnectUserInfo } from './oauth.ts';
import { reactionsAdd, reactionsRemove } from './reactions.ts';
import { viewsOpen, viewsPublish, viewsUpdate } from './views.ts';
import { authTest, botsInfo, teamInfo, usersInfo, usersList } from './who-is.ts';

export const slackMethods: Readonly<Record<string, SlackMethod | undefined>> = {
  'agents.sessions.rename': agentsSessionsRename,
  'agents.sessions.setStatus': agentsSessionsSetStatus,
  'assistant.search.context': assistantSearchContext,
  'assistant.search.info': assistantSearchInfo,
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
  'files.delete': filesDelete,
  'files.getUploadURLExternal': filesGetUploadUrlExternal,
  'files.info': filesInfo,
  'oauth.v2.access': oauthV2Access,
  'openid.connect.token': openidConnectToken,
  'openid.connect.userInfo': openidConnectUserInfo,
  'reactions.add': reactionsAdd,
  'reactions.remove': reactionsRemove,
  'team.info': teamInfo,
  'users.conversations': usersConversations,
  'users.info': usersInfo,
  'users.list': usersList,
  'views.open': viewsOpen,
  'views.publish': viewsPublish,
  'views.update': viewsUpdate,
};

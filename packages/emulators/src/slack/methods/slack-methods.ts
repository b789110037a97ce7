import type { SlackMethod } from '../api/slack-method.ts';
import { agentsSessionsRename, agentsSessionsSetStatus } from './agents-sessions.ts';
import { assistantThreadsSetStatus, assistantThreadsSetSuggestedPrompts, assistantThreadsSetTitle } from './assistant-threads.ts';
import { authTest } from './auth-test.ts';
import { chatAppendStream } from './chat-append-stream.ts';
import { chatDelete } from './chat-delete.ts';
import { chatPostMessage } from './chat-post-message.ts';
import { chatStartStream } from './chat-start-stream.ts';
import { chatStopStream } from './chat-stop-stream.ts';
import { chatUpdate } from './chat-update.ts';
import { conversationsReplies } from './conversations-replies.ts';
import { usersInfo } from './users-info.ts';

export const slackMethods: Readonly<Record<string, SlackMethod | undefined>> = {
  'agents.sessions.rename': agentsSessionsRename,
  'agents.sessions.setStatus': agentsSessionsSetStatus,
  'assistant.threads.setStatus': assistantThreadsSetStatus,
  'assistant.threads.setSuggestedPrompts': assistantThreadsSetSuggestedPrompts,
  'assistant.threads.setTitle': assistantThreadsSetTitle,
  'auth.test': authTest,
  'chat.appendStream': chatAppendStream,
  'chat.delete': chatDelete,
  'chat.postMessage': chatPostMessage,
  'chat.startStream': chatStartStream,
  'chat.stopStream': chatStopStream,
  'chat.update': chatUpdate,
  'conversations.replies': conversationsReplies,
  'users.info': usersInfo,
};

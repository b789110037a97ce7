import type { Question } from '@vera/protocol/question';
import type { Log } from '@vera/service-kit/log';
import type { SlackCall } from '@vera/slack/slack-calls';
import { SlackError } from '@vera/slack/slack-error';
import type { Status } from './status.ts';
import { threadTitleOf } from './thread-title.ts';

interface NamedThread {
  readonly question: Question;
  readonly status: Pick<Status, 'shown'>;
  /** Whether nobody asked anything in its thread before. */
  readonly isFirst: () => Promise<boolean>;
  readonly log: Log;
}

/**
 * Names the thread of a direct message after its first question; those of channels have no name. An older assistant's thread is opened by
 * Slack, so that even the first question is a reply. Never rejects.
 */
export async function nameThread(call: SlackCall, { question, status, isFirst, log }: NamedThread): Promise<void> {
  const { channelId: channel_id, threadTs: thread_ts, messageTs, isDirect, text } = question;
  if (!isDirect) return;
  try {
    const way = await status.shown;
    if (way !== 'session' && way !== 'legacy') return;
    if (thread_ts !== messageTs && !(await isFirst())) return;
    const name = { channel_id, thread_ts, title: threadTitleOf(text) };
    const policy = { repeatable: true, patience: 2_000 };
    await (way === 'session' ? call('agents.sessions.rename', name, policy) : call('assistant.threads.setTitle', name, policy));
  } catch (error) {
    log.warn('thread.not-named', error instanceof SlackError ? { reason: error.reason } : { error });
  }
}

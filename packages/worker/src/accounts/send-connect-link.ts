import type { Question } from '@vera/protocol/question';
import { connectLinkText } from '@vera/slack/connect-link-text';
import type { SlackCall } from '@vera/slack/slack-calls';
import { isRefusedWith, SlackError } from '@vera/slack/slack-error';
import { notShownPrivately, privatePlaceOf } from '../reply/private-place.ts';
import type { AccountDesk } from './account-desk.ts';
import { connectLinkBlocks } from './connect-link-blocks.ts';

export interface SendConnectLinkParams {
  readonly call: SlackCall;
  readonly linkFor: AccountDesk['linkFor'];
}

/**
 * Shows the asker alone a link to their accounts; `need` completes "To … I need your own account". Rejects with `ConnectLinkError`.
 */
export type SendConnectLink = (question: Question, need?: string) => Promise<void>;

/**
 * Why nobody was sent a link. `external`: the channel is shared with another company, or the asker is of one. `bot`: there is no person to
 * send it to. `hidden`: Slack cannot show the asker anything there. `unavailable`: Slack did not take it, and may the next time.
 */
export type ConnectLinkReason = 'external' | 'bot' | 'hidden' | 'unavailable';

export class ConnectLinkError extends Error {
  readonly code = 'connect-link';
  readonly reason: ConnectLinkReason;

  constructor(reason: ConnectLinkReason, options?: ErrorOptions) {
    super(`No link to connect accounts: ${reason}`, options);
    this.reason = reason;
  }
}

/** Showing the same link twice is better than not at all, so a lost answer is simply asked for again. */
const policy = { repeatable: true, patience: 5_000 };

export function createSendConnectLink({ call, linkFor }: SendConnectLinkParams): SendConnectLink {
  return async (question, need) => {
    const { teamId, userId, isExternal } = question;
    if (isExternal) throw new ConnectLinkError('external');
    try {
      if (await isBot(call, userId)) throw new ConnectLinkError('bot');
      const link = await linkFor({ teamId, userId });
      const text = connectLinkText(link, need);
      // It has no `unfurl_links`: what one person sees gets no preview.
      await call('chat.postEphemeral', { ...privatePlaceOf(question), text, blocks: connectLinkBlocks(text, link) }, policy);
    } catch (cause) {
      if (!(cause instanceof SlackError)) throw cause;
      throw new ConnectLinkError(isRefusedWith(cause, notShownPrivately) ? 'hidden' : 'unavailable', { cause });
    }
  };
}

/** A bot that was allowed to ask writes under its bot id or as a user who is one. */
async function isBot(call: SlackCall, userId: string): Promise<boolean> {
  if (!/^[UW]/.test(userId)) return true;
  const { user } = (await call('users.info', { user: userId }, policy)) as { user?: { is_bot?: boolean } };
  return user?.is_bot === true;
}

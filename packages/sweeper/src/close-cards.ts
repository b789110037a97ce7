import { endOfChange } from '@vera/ledger/end-of-change';
import type { QuestionRecord } from '@vera/ledger/ledger';
import type { Change } from '@vera/protocol/change';
import { cardIn, changeCard } from '@vera/slack/change-card';
import type { SlackCall } from '@vera/slack/slack-calls';
import { SlackError } from '@vera/slack/slack-error';
import type { SlackMessage } from '@vera/slack/slack-message';

/** Nobody works on the question any more: its cards say so, and have no buttons. Rejects while Slack does not answer. */
export async function closeCards(call: SlackCall, { question, changes }: QuestionRecord, messages: readonly SlackMessage[]): Promise<void> {
  for (const change of Object.values(changes)) {
    const state = endOfChange(change.state);
    const ts = change.cardTs ?? cardIn(messages, question.botUserId, change.id);
    if (ts === undefined || change.shown === state) continue;
    await update(call, { ...change, state }, { channel: question.channelId, ts, messageTs: question.messageTs });
  }
}

async function update(call: SlackCall, change: Change, { channel, ts, messageTs }: { channel: string; ts: string; messageTs: string }) {
  try {
    await call('chat.update', { channel, ts, ...changeCard(change, messageTs) }, { repeatable: true });
  } catch (error) {
    // Somebody deleted it, or it cannot be changed any more.
    if (!(error instanceof SlackError) || error.kind !== 'refused') throw error;
  }
}

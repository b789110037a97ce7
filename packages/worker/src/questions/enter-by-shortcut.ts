import type { QuestionRecord } from '@vera/ledger/ledger';
import type { Question } from '@vera/protocol/question';
import { ownIdentity } from '@vera/slack/own-identity';
import { SlackError } from '@vera/slack/slack-error';
import { closeStory } from './end-story.ts';
import { isOutsider } from './is-outsider.ts';
import type { AnswerParams, HeldQuestion, StoryEnd } from './story.ts';
import { tellOutside } from './tell-outside.ts';

/**
 * What an event would have told of a question by a click, looked up: who we are, whether we are there, and whether the channel is
 * shared with another company. Ended where we cannot answer, which only whoever clicked is told.
 */
export async function enterByShortcut(params: AnswerParams, held: HeldQuestion): Promise<HeldQuestion | StoryEnd> {
  const { lease, log } = held;
  const { question } = lease.record;
  if (isSecondClick(lease.record, await params.leases.thread(question))) return closeStory(params, held, 'stopped', 'asked-twice');
  const [place, { user_id }, isExternal] = await Promise.all([
    lookAround(params, question),
    ownIdentity(params.call),
    isOutsider(params.people, question),
  ]);
  const known = { ...question, botUserId: String(user_id), isExternal: isExternal || place === 'shared' };
  if (place === 'outside') {
    log.info('shortcut.outside', { told: await tellOutside(params, known) });
    return closeStory(params, held, 'stopped', 'not-a-member');
  }
  return { ...held, lease: { ...lease, record: { ...lease.record, question: known } } };
}

/** Two clicks on one message within seconds are a double click, of which the first is answered. */
const doubleClick = 10;

function isSecondClick({ question }: QuestionRecord, records: readonly QuestionRecord[]): boolean {
  return records.some(({ question: other }) => {
    const later = Number(question.messageTs) - Number(other.messageTs);
    const isSame = other.shortcut?.about === question.shortcut?.about && other.text === question.text;
    return isSame && other.userId === question.userId && later > 0 && later < doubleClick;
  });
}

const policy = { repeatable: true, patience: 5_000 };
/** Slack's answers for a place that the app is not part of. */
const outside = new Set(['channel_not_found', 'not_in_channel', 'channel_is_limited_access']);

interface Channel {
  readonly is_im?: boolean;
  readonly is_member?: boolean;
  readonly is_ext_shared?: boolean;
  readonly is_archived?: boolean;
}

/** What Slack does not say counts as shared: then nothing internal is told. */
async function lookAround({ call }: AnswerParams, { channelId }: Question): Promise<'outside' | 'shared' | 'ours'> {
  try {
    const { channel = {} } = (await call('conversations.info', { channel: channelId }, policy)) as { channel?: Channel };
    if (channel.is_im) return channel.is_ext_shared === true ? 'shared' : 'ours';
    if (channel.is_member === false || channel.is_archived) return 'outside';
    return channel.is_ext_shared === false ? 'ours' : 'shared';
  } catch (error) {
    if (!(error instanceof SlackError) || error.kind !== 'refused') throw error;
    return outside.has(error.reason) ? 'outside' : 'shared';
  }
}

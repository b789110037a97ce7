import { feedbackActionId, readFeedbackValue } from './action.ts';
import { blockActionsSchema } from './slack-envelope.ts';
import type { Verdict } from './verdict.ts';

/** Only what Vera herself put into a thread is an action; other interactions (URL buttons, for one) just need an answer. */
export function classifyInteraction(payload: unknown): Verdict {
  const type = typeof payload === 'object' && payload !== null && 'type' in payload ? String(payload.type) : 'missing';
  if (type !== 'block_actions') return { kind: 'ignore', reason: `interaction ${type}` };
  const parsed = blockActionsSchema.safeParse(payload);
  if (!parsed.success) return { kind: 'malformed', reason: 'block_actions of another shape' };
  const { actions, container, user, team } = parsed.data;
  const click = actions.find(({ action_id }) => action_id === feedbackActionId);
  const feedback = click?.value === undefined ? undefined : readFeedbackValue(click.value);
  if (!feedback || !container.channel_id || !container.message_ts) return { kind: 'ignore', reason: 'not one of our buttons' };
  return {
    kind: 'action',
    action: {
      kind: 'feedback',
      teamId: team?.id ?? user.team_id ?? '',
      channelId: container.channel_id,
      threadTs: container.thread_ts ?? container.message_ts,
      userId: user.id,
      ...feedback,
    },
  };
}

import { type ConditionalUpdate, type LedgerTableParams, updateIf } from './dynamo-items.ts';
import type { Inbox } from './ledger.ts';

export async function recordFeedback(
  params: LedgerTableParams,
  [key, userId, rating]: Parameters<Inbox['recordFeedback']>,
): Promise<boolean> {
  const rate = ({ values, ...update }: Omit<ConditionalUpdate, 'kind'>) =>
    updateIf(params, key, { ...update, kind: 'feedback', names: { '#user': userId }, values: { ':rating': rating, ...values } });
  const isKnown = 'attribute_exists(#state)';
  if (rating === 'bad') {
    const update = 'SET feedback.#user = :rating, feedbackReasons = if_not_exists(feedbackReasons, :none)';
    return (await rate({ condition: isKnown, update, values: { ':none': {} } })) !== undefined;
  }
  const update = 'SET feedback.#user = :rating REMOVE feedbackReasons.#user';
  const rated = await rate({ condition: `${isKnown} AND attribute_exists(feedbackReasons)`, update, values: {} });
  // On a record that an older version made: DynamoDB removes nothing from a map that is not there, but refuses the write.
  const older = { condition: `${isKnown} AND attribute_not_exists(feedbackReasons)`, update: 'SET feedback.#user = :rating', values: {} };
  return (rated ?? (await rate(older))) !== undefined;
}

export async function recordReason(params: LedgerTableParams, [key, userId, reason]: Parameters<Inbox['recordReason']>): Promise<boolean> {
  const kept = await updateIf(params, key, {
    kind: 'reason',
    // Only beside a thumbs down of the same person's: what it is the reason of.
    condition: 'attribute_exists(#state) AND feedback.#user = :bad',
    update: 'SET feedbackReasons.#user = :reason',
    names: { '#user': userId },
    values: { ':bad': 'bad', ':reason': reason },
  });
  return kept !== undefined;
}

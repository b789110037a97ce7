import { type Change, hashOfChange } from '@vera/protocol/change';
import type { DecisionAction } from '@vera/protocol/decision';

/** Why a click on a card counts for nothing. */
export type Refusal =
  /** There is no such change. */
  | { readonly kind: 'unknown' }
  /** What would be done is not what the card showed. */
  | { readonly kind: 'changed' }
  | { readonly kind: 'not-yours'; readonly approvers: readonly string[] }
  | { readonly kind: 'expired' }
  /** The question was stopped, or its message deleted. */
  | { readonly kind: 'stopped' }
  /** The question has other words than those it was proposed for. */
  | { readonly kind: 'edited' }
  | { readonly kind: 'decided'; readonly by: string; readonly verdict: 'approve' | 'deny' };

/** Why this click does not decide about the change; undefined when it does. `now`: epoch milliseconds. Pure: the same click, the same answer. */
export function judgeDecision(
  change: Change | undefined,
  click: Pick<DecisionAction, 'userId' | 'hash' | 'verdict'>,
  now: number,
): Refusal | undefined {
  if (!change) return { kind: 'unknown' };
  if (!mayDecide(change, click)) return { kind: 'not-yours', approvers: change.approvers };
  if (change.hash !== click.hash || hashOfChange(change) !== click.hash) return { kind: 'changed' };
  if (change.state === 'proposed') return now < change.expiresAt ? undefined : { kind: 'expired' };
  if (change.isWithdrawn) return { kind: 'edited' };
  if (change.state === 'expired' || change.decidedBy === undefined) return { kind: 'expired' };
  return { kind: 'decided', by: change.decidedBy, verdict: change.state === 'denied' ? 'deny' : 'approve' };
}

/** Whether its question has other words by now. */
export function isOutdated({ forWords }: Pick<Change, 'forWords'>, { wordsAt = 0 }: { readonly wordsAt?: number }): boolean {
  // An older version noted nothing of it.
  return forWords !== undefined && forWords !== wordsAt;
}

/** Whoever asked may always say no to what would be done in their name. */
function mayDecide({ approvers, asker }: Change, { userId, verdict }: Pick<DecisionAction, 'userId' | 'verdict'>): boolean {
  return approvers.includes(userId) || (verdict === 'deny' && userId === asker);
}

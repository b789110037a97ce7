/** Approve or Deny was pressed on the card of a proposed change. */
export interface DecisionAction {
  readonly kind: 'decision';
  readonly teamId: string;
  readonly channelId: string;
  readonly threadTs: string;
  /** `ts` of the question it was proposed for. */
  readonly messageTs: string;
  /** Who pressed it; only Slack can say. */
  readonly userId: string;
  readonly change: string;
  /** Of what the card showed. */
  readonly hash: string;
  readonly verdict: Verdict;
  /** What they wrote beside it. */
  readonly reason?: string;
  /** Where Slack takes a private word to this person about this click. */
  readonly responseUrl?: string;
}

type Verdict = 'approve' | 'deny';

export const decisionActionIds = { approve: 'change.approve', deny: 'change.deny' } as const;
/** Block and element of the field for a reason. */
export const reasonInputId = 'change.reason';

/** What the buttons of a card carry. */
export function decisionValueOf({ messageTs, change, hash }: Pick<DecisionAction, 'messageTs' | 'change' | 'hash'>): string {
  return `${messageTs}:${change}:${hash}`;
}

/** Undefined when it was not made by `decisionValueOf`. */
export function readDecisionValue(value: string): Pick<DecisionAction, 'messageTs' | 'change' | 'hash'> | undefined {
  const [, messageTs, change, hash] = /^(\d{1,12}\.\d{1,8}):([a-z0-9]{1,40}):([0-9a-f]{64})$/.exec(value) ?? [];
  return messageTs && change && hash ? { messageTs, change, hash } : undefined;
}

export function verdictOf(actionId: string): Verdict | undefined {
  if (actionId === decisionActionIds.approve) return 'approve';
  return actionId === decisionActionIds.deny ? 'deny' : undefined;
}

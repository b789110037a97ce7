import type { Errand } from '../fakes/fake-agent.ts';

export interface PlannedQuestion {
  readonly errand: Errand;
  /** True milliseconds since the run began. */
  readonly at: number;
  /** In the thread of the first one. */
  readonly isReply: boolean;
  /** By somebody else than the first one. */
  readonly isOthers: boolean;
  /** How often Slack delivers it at least, and how late it begins with that. */
  readonly copies: number;
  readonly lateness: number;
}

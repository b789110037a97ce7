import type { SeedPolicy } from './pagerduty-seed.ts';
import { type PagerDutyState, scheduleOf, userOf } from './pagerduty-state.ts';
import { reference } from './reference.ts';
import { turnsOf } from './turns-of.ts';

export interface OnCall {
  readonly policy: SeedPolicy;
  readonly level: number;
  readonly schedule: string | undefined;
  readonly handle: string;
  /** None: always. */
  readonly start: number | undefined;
  readonly end: number | undefined;
}

/** Who is on call in a period: for every level of every policy the turns of its schedule, or the person named there. */
export function onCallsOf(policies: readonly SeedPolicy[], since: number, until: number, state: PagerDutyState): OnCall[] {
  return policies.flatMap((policy) =>
    policy.rules.flatMap(({ schedule, user }, index): OnCall[] => {
      const level = index + 1;
      if (schedule === undefined) return [{ policy, level, schedule, handle: user ?? '', start: undefined, end: undefined }];
      return turnsOf(scheduleOf(state, schedule), since, until, state).map((turn) => ({ policy, level, schedule, ...turn }));
    }),
  );
}

export function toOnCallView(
  { policy, level, schedule, handle, start, end }: OnCall,
  state: PagerDutyState,
  time: (instant: number) => string,
): object {
  return {
    escalation_policy: reference('escalation_policy', policy, state),
    escalation_level: level,
    schedule: schedule === undefined ? null : reference('schedule', scheduleOf(state, schedule), state),
    user: reference('user', userOf(state, handle), state),
    start: start === undefined ? null : time(start),
    end: end === undefined ? null : time(end),
  };
}

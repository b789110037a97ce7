import { instantOf, localTimeAt } from '../story/zoned-time.ts';
import type { SeedPolicy, SeedSchedule } from './pagerduty-seed.ts';
import { type PagerDutyState, scheduleOf, userOf } from './pagerduty-state.ts';
import { reference } from './reference.ts';

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

/** Somebody's time on duty, in epoch milliseconds. */
interface Turn {
  readonly handle: string;
  readonly start: number;
  readonly end: number;
}

const handoverHour = 9;

/** The turns of a schedule that touch a period, overrides included, in order. */
export function turnsOf(schedule: SeedSchedule, since: number, until: number, state: PagerDutyState): Turn[] {
  const { week, zone } = state.seed;
  const first = localTimeAt(since, zone);
  const firstDay = Date.UTC(first.year, first.month - 1, first.day);
  // Two weeks early, so that the turn that runs when the period begins is among them.
  const from = Math.floor((firstDay - storyWeek(week, state.time.weeks)) / 604_800_000) - 2;
  const turns: Turn[] = [];
  for (let index = from; ; index += 1) {
    const start = handover(week, state.time.weeks + index, zone);
    if (start > until) break;
    const { rotation } = schedule;
    const handle = rotation[((index % rotation.length) + rotation.length) % rotation.length] ?? '';
    turns.push({ handle, start, end: handover(week, state.time.weeks + index + 1, zone) });
  }
  const overridden = (schedule.overrides ?? []).reduce(
    (left, { user, start, end }) => withOverride(left, { handle: user, start: state.time.at(start), end: state.time.at(end) }),
    turns,
  );
  return overridden.filter(({ start, end }) => end > since && (start < until || start <= since));
}

function storyWeek(week: string, weeks: number): number {
  return Date.parse(week) + weeks * 604_800_000;
}

function handover(week: string, weeks: number, zone: string): number {
  const [year = 0, month = 0, day = 0] = week.split('-').map(Number);
  return instantOf({ year, month, day: day + weeks * 7, hour: handoverHour }, zone);
}

function withOverride(turns: readonly Turn[], override: Turn): Turn[] {
  const isTouched = turns.some(({ start, end }) => start < override.end && end > override.start);
  const left = turns.flatMap((turn) => [
    { ...turn, end: Math.min(turn.end, override.start) },
    { ...turn, start: Math.max(turn.start, override.end) },
  ]);
  return [...left.filter(({ start, end }) => start < end), ...(isTouched ? [override] : [])].toSorted(
    (one, other) => one.start - other.start,
  );
}

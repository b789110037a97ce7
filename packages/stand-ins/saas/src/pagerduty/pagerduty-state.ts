import type { Routes } from '../http/route.ts';
import type { StoryTime } from '../story/story-time.ts';
import { pagerDutyNotFound } from './pagerduty-refusal.ts';
import type { PagerDutySeed, SeedIncident, SeedPolicy, SeedSchedule, SeedService, SeedUser } from './pagerduty-seed.ts';

/** The data file and the time it is told at. */
export interface PagerDutyState {
  readonly seed: PagerDutySeed;
  readonly time: StoryTime;
  now(): number;
}

export type IncidentStatus = 'triggered' | 'acknowledged' | 'resolved';

export function statusOfIncident({ acknowledged, resolved }: SeedIncident): IncidentStatus {
  if (resolved) return 'resolved';
  return acknowledged ? 'acknowledged' : 'triggered';
}

export function userOf({ seed }: PagerDutyState, handle: string): SeedUser {
  return known(
    seed.users.find((user) => user.handle === handle),
    handle,
  );
}

export function scheduleOf({ seed }: PagerDutyState, id: string): SeedSchedule {
  return known(
    seed.schedules.find((one) => one.id === id),
    id,
  );
}

export function policyOf({ seed }: PagerDutyState, id: string): SeedPolicy {
  return known(
    seed.escalationPolicies.find((one) => one.id === id),
    id,
  );
}

export function serviceOf({ seed }: PagerDutyState, id: string): SeedService {
  return known(
    seed.services.find((one) => one.id === id),
    id,
  );
}

function known<Thing>(thing: Thing | undefined, name: string): Thing {
  if (!thing) throw new Error(`The data of PagerDuty names ${name}, which it does not have`);
  return thing;
}

/** What a path asks for, or the refusal that there is no such thing. */
export function requireOne<Thing extends { readonly id: string }>(things: readonly Thing[], id: string | undefined): Thing {
  const thing = things.find((one) => one.id === id);
  if (!thing) throw pagerDutyNotFound();
  return thing;
}

export type PagerDutyRoutes = Routes<PagerDutyState, undefined>;

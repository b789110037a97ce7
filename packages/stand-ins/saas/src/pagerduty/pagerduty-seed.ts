import type { StoryCalendar } from '../story/story-time.ts';

/** A PagerDuty as a data file tells it. People are named by their handles, other things by their ids, times as `StoryTime` reads them. */
export interface PagerDutySeed extends StoryCalendar {
  readonly subdomain: string;
  readonly teams: readonly SeedTeam[];
  readonly users: readonly SeedUser[];
  readonly schedules: readonly SeedSchedule[];
  readonly escalationPolicies: readonly SeedPolicy[];
  readonly services: readonly SeedService[];
  readonly incidents: readonly SeedIncident[];
}

export interface SeedTeam {
  readonly id: string;
  readonly name: string;
}

export interface SeedUser {
  readonly id: string;
  readonly handle: string;
  readonly name: string;
  readonly email: string;
  readonly jobTitle: string;
  readonly timeZone: string;
  readonly teams: readonly string[];
}

export interface SeedSchedule {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly team: string;
  /** A week each, from Monday 09:00; the first has the story's own week. */
  readonly rotation: readonly string[];
  readonly overrides?: readonly { readonly user: string; readonly start: string; readonly end: string }[];
}

export interface SeedPolicy {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly team: string;
  readonly loops: number;
  readonly rules: readonly { readonly delayMinutes: number; readonly schedule?: string; readonly user?: string }[];
}

export interface SeedService {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly policy: string;
  readonly team: string;
}

export interface SeedIncident {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly service: string;
  readonly urgency: 'high' | 'low';
  /** Such as `SEV2`. */
  readonly priority?: string;
  readonly created: string;
  readonly acknowledged?: { readonly by: string; readonly at: string };
  /** By nobody: the alert went away. */
  readonly resolved?: { readonly by?: string; readonly at: string };
  readonly notes?: readonly { readonly by: string; readonly at: string; readonly text: string }[];
  readonly alerts: readonly {
    readonly id: string;
    readonly summary: string;
    readonly severity: 'info' | 'warning' | 'error' | 'critical';
    readonly at: string;
    readonly details?: Readonly<Record<string, unknown>>;
  }[];
}

import type { PagerDutyState } from './pagerduty-state.ts';

type Kind = 'user' | 'team' | 'schedule' | 'escalation_policy' | 'service' | 'incident' | 'priority';

const places: Readonly<Record<Kind, string>> = {
  user: 'users',
  team: 'teams',
  schedule: 'schedules',
  escalation_policy: 'escalation_policies',
  service: 'service-directory',
  incident: 'incidents',
  priority: 'priorities',
};

/** How one thing names another: id, kind, name, where to open it. */
export function reference(kind: Kind, thing: { readonly id: string; readonly name: string }, state: PagerDutyState): object {
  return { ...identity(kind, thing, state), type: `${kind}_reference` };
}

/** The same for the thing itself. */
export function identity(kind: Kind, { id, name }: { readonly id: string; readonly name: string }, { seed }: PagerDutyState) {
  return {
    id,
    type: kind as string,
    summary: name,
    self: `https://api.pagerduty.com/${kind === 'service' ? 'services' : places[kind]}/${id}`,
    html_url: kind === 'priority' ? null : `https://${seed.subdomain}.pagerduty.com/${places[kind]}/${id}`,
  };
}

export function teamReferences(ids: readonly string[], state: PagerDutyState): object[] {
  return state.seed.teams.filter(({ id }) => ids.includes(id)).map((team) => reference('team', team, state));
}

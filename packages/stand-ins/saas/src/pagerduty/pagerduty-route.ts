import type { Route } from '../http/route.ts';
import type { PagerDutyState } from './pagerduty-state.ts';

/** Whoever has the key may read everything. */
export type PagerDutyRoutes = (state: () => PagerDutyState) => Route<undefined>[];

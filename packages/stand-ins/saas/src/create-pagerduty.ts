import { type SaasEmulator, startSaas } from './http/start-saas.ts';
import { invalidInput, pagerDutyNotFound, pagerDutyRefusal } from './pagerduty/pagerduty-refusal.ts';
import type { PagerDutySeed } from './pagerduty/pagerduty-seed.ts';
import type { PagerDutyState } from './pagerduty/pagerduty-state.ts';
import { directoryRoutes } from './pagerduty/routes/directory-routes.ts';
import { incidentRoutes } from './pagerduty/routes/incident-routes.ts';
import { onCallRoutes } from './pagerduty/routes/on-call-routes.ts';
import { createStoryTime } from './story/story-time.ts';

export interface PagerDutyParts {
  readonly seed: PagerDutySeed;
  /** What `Authorization: Token token=…` has to say. */
  readonly apiKeys: readonly string[];
  readonly now?: () => number;
  readonly port?: number;
}

export type PagerDutyEmulator = SaasEmulator;

/** The reads of PagerDuty's REST API v2, as far as Vera knows them. */
export async function createPagerDuty({ seed, apiKeys, now = Date.now, port }: PagerDutyParts): Promise<PagerDutyEmulator> {
  const [server] = await startSaas({
    // What happened stays where it is; only who is on call moves on with the clock.
    load: (): PagerDutyState => ({ seed, time: createStoryTime(seed, now()), now }),
    routes: [incidentRoutes, onCallRoutes, directoryRoutes],
    identify: (request) => ({ caller: requireKey(request, apiKeys), path: new URL(request.url).pathname }),
    refusals: {
      unknownPath: pagerDutyNotFound,
      wrongMethod: () => pagerDutyRefusal(405, 2000, 'Method Not Allowed'),
      badBody: () => invalidInput('The request body is not valid JSON.'),
      injected: (status, headers) =>
        pagerDutyRefusal(status, status === 429 ? 2020 : 2000, status === 429 ? 'Rate Limit Exceeded' : 'Internal Server Error', {
          headers,
        }),
    },
    port,
  });
  return server;
}

function requireKey({ headers }: Request, apiKeys: readonly string[]): undefined {
  const key = /^Token token="?([^"\s]+)"?$/.exec(headers.get('authorization') ?? '')?.[1];
  if (key === undefined) throw pagerDutyRefusal(401, 2006, 'You must supply credentials to perform this action.');
  if (!apiKeys.includes(key)) throw pagerDutyRefusal(401, 2006, 'Invalid credentials.');
  return undefined;
}

import type { PageEvent } from '../../page-server/event-stream.ts';
import type { RoadEvent } from '../../road-event.ts';

/** What happens to the page: what the server tells, and what the person does. */
export type Action =
  | { readonly kind: 'told'; readonly event: PageEvent; readonly restored: Restored }
  | { readonly kind: 'connection-lost' }
  | { readonly kind: 'spoke-as'; readonly user: string }
  | { readonly kind: 'opened-channel'; readonly channel: string }
  | { readonly kind: 'opened-thread'; readonly thread: string }
  | { readonly kind: 'closed-thread' }
  | { readonly kind: 'opened-road'; readonly question?: string }
  | { readonly kind: 'closed-road' }
  | { readonly kind: 'loaded-road'; readonly question: string; readonly events: readonly RoadEvent[] }
  | { readonly kind: 'refused'; readonly problem: string }
  | { readonly kind: 'dismissed-problem' };

/** What was chosen before the page was loaded again. */
export interface Restored {
  readonly me?: string;
  readonly channel?: string;
  readonly thread?: string;
  readonly isRoadOpen: boolean;
}

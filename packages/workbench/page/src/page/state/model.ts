import type { SlackPrompts, SlackSession } from '@vera/slack-stand-in/contract';
import type { SlackMessage } from '@vera/slack-stand-in/slack-message';
import type { LabState } from '../../lab.ts';
import type { PageEvent } from '../../page-server/event-stream.ts';
import type { Ephemeral, Home, PageWorkspace } from '../../page-server/page-state.ts';
import type { RoadEvent, RoadQuestion } from '../../road.ts';

/** What the page knows and what the person in front of it has chosen. */
export interface Model {
  readonly workspace: PageWorkspace;
  /** By channel, in the order of time. */
  readonly messages: Readonly<Record<string, readonly SlackMessage[]>>;
  /** By `channel:threadTs`. */
  readonly sessions: Readonly<Record<string, SlackSession>>;
  readonly ephemerals: readonly Ephemeral[];
  /** By person. */
  readonly homes: Readonly<Record<string, Home>>;
  /** By channel. */
  readonly prompts: Readonly<Record<string, SlackPrompts>>;
  readonly questions: readonly RoadQuestion[];
  readonly lab?: LabState | undefined;
  readonly hasReport: boolean;
  /** By question, in the order of time; only of questions that were looked at or asked since the page was opened. */
  readonly roads: Readonly<Record<string, readonly RoadEvent[]>>;
  /** The last message seen, by `person:channel`. */
  readonly seen: Readonly<Record<string, string>>;
  readonly me: string;
  readonly channel: string;
  /** The channel that was open before the direct messages, as if it still stood beside them. */
  readonly viewed?: string;
  readonly thread?: string;
  /** The own message that is being edited, in the channel or in the thread: the root of a thread stands in both. */
  readonly editing?: Editing;
  /** On a narrow screen the channels are folded away until they are asked for. */
  readonly isSidebarOpen: boolean;
  readonly isRoadOpen: boolean;
  /** The question whose road was asked for; without it, the last one of the thread or channel. */
  readonly chosenQuestion?: string;
  readonly isConnectionLost: boolean;
  /** Something the server refused, in its words. */
  readonly problem?: string;
}

export interface Editing {
  readonly ts: string;
  readonly isThread: boolean;
}

/** What happens to the page: what the server tells, and what the person does. */
export type Action =
  | { readonly kind: 'told'; readonly event: PageEvent; readonly restored: Restored }
  | { readonly kind: 'connection-lost' }
  | { readonly kind: 'spoke-as'; readonly user: string }
  | { readonly kind: 'opened-channel'; readonly channel: string }
  | { readonly kind: 'opened-thread'; readonly thread: string }
  | { readonly kind: 'closed-thread' }
  /** By Back, Forward or a typed address. */
  | { readonly kind: 'went-to'; readonly isNarrow: boolean; readonly channel?: string; readonly thread?: string }
  /** Escape, which nothing nearer had a use for. */
  | { readonly kind: 'escaped'; readonly isNarrow: boolean }
  | { readonly kind: 'opened-sidebar' }
  | { readonly kind: 'closed-sidebar' }
  | { readonly kind: 'began-edit'; readonly editing: Editing }
  | { readonly kind: 'ended-edit' }
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

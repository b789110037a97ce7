import type { SlackMessage, SlackSession } from '@vera/slack-stand-in/contract';
import type { Ephemeral, PageWorkspace } from '../../page-server/page-state.ts';
import type { RoadQuestion } from '../../road.ts';
import type { RoadEvent } from '../../road-event.ts';

/** What the page knows and what the person in front of it has chosen. */
export interface Model {
  readonly workspace: PageWorkspace;
  /** By channel, in the order of time. */
  readonly messages: Readonly<Record<string, readonly SlackMessage[]>>;
  /** By `channel:threadTs`. */
  readonly sessions: Readonly<Record<string, SlackSession>>;
  readonly ephemerals: readonly Ephemeral[];
  readonly questions: readonly RoadQuestion[];
  /** By question, in the order of time; only of questions that were looked at or asked since the page was opened. */
  readonly roads: Readonly<Record<string, readonly RoadEvent[]>>;
  /** The last message seen, by `person:channel`. */
  readonly seen: Readonly<Record<string, string>>;
  readonly me: string;
  readonly channel: string;
  readonly thread?: string;
  readonly isRoadOpen: boolean;
  /** The question whose road was asked for; without it, the last one of the thread or channel. */
  readonly chosenQuestion?: string;
  readonly isConnectionLost: boolean;
  /** Something the server refused, in its words. */
  readonly problem?: string;
}

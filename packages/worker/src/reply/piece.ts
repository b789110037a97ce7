import type { Clock } from '@vera/service-kit/clock';
import type { ReplyMark } from '@vera/slack/reply-mark';
import type { SlackCall } from '@vera/slack/slack-calls';

/** Where an answer goes and for whom it is. */
interface ReplyTarget {
  readonly channel: string;
  readonly threadTs: string;
  readonly recipientUserId: string;
  readonly recipientTeamId: string;
}

/** What writing a message takes. */
export interface PieceParams extends Clock {
  readonly call: SlackCall;
  readonly target: ReplyTarget;
}

/** A step of the work, shown above the text: a tool that runs or ran. */
export interface Task {
  readonly id: string;
  readonly title: string;
  readonly status: 'in_progress' | 'complete' | 'error';
  /** What it is about. Slack adds to what a message shows already, so that it is said once in each. */
  readonly details?: string;
  /** What came of it. */
  readonly output?: string;
  /** Documents it found, with addresses on the web. */
  readonly sources?: readonly { readonly title: string; readonly url: string }[];
}

export interface Ending {
  /** Text not yet shown. */
  readonly text: string;
  /** Blocks below the text. */
  readonly blocks: readonly Record<string, unknown>[];
  readonly mark: ReplyMark;
  /** Steps whose state changed since they were shown; only a stream shows them. */
  readonly tasks?: readonly Task[];
}

/** One Slack message of an answer while it is being written. */
export interface Piece {
  readonly ts: string;
  readonly kind: 'stream' | 'post';
  /** Epoch milliseconds. */
  readonly openedAt: number;
  /** The Markdown shown so far. */
  readonly text: string;
  /** Whether closing it, with an outcome, took the session out of "processing". */
  readonly endsSession: boolean;
  /** `ended`: Slack takes no more for this message, and did not take this. `stopped`: the person pressed Stop. */
  append(text: string, tasks: readonly Task[]): Promise<'shown' | 'ended' | 'stopped'>;
  /** Completes the message; false when it is gone and its text must go elsewhere. */
  close(ending: Ending): Promise<boolean>;
}

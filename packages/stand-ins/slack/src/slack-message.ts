/** A message as `conversations.replies` gives it, with what only the emulator knows. */
export interface SlackMessage {
  readonly type: 'message';
  readonly ts: string;
  readonly channel: string;
  readonly user?: string;
  readonly bot_id?: string;
  readonly app_id?: string;
  readonly subtype?: string;
  /** mrkdwn, escaped, as the API returns it. */
  readonly text: string;
  /** The Markdown the app sent, joined over appends: for tests and for the page. Not part of Slack's own form. */
  readonly markdown?: string;
  readonly blocks?: readonly Record<string, unknown>[];
  readonly thread_ts?: string;
  readonly reply_count?: number;
  readonly files?: readonly Record<string, unknown>[];
  readonly metadata?: { readonly event_type: string; readonly event_payload: Record<string, unknown> };
  readonly streaming_state?: 'in_progress' | 'completed' | 'errored';
  readonly edited?: { readonly user: string; readonly ts: string };
  readonly team?: string;
  readonly workflow_id?: string;
  readonly client_msg_id?: string;
  readonly parent_user_id?: string;
  readonly latest_reply?: string;
  readonly reply_users?: readonly string[];
  readonly reply_users_count?: number;
  readonly username?: string;
  readonly icons?: Readonly<Record<string, string>>;
  readonly bot_profile?: Readonly<Record<string, unknown>>;
  readonly attachments?: readonly Record<string, unknown>[];
  readonly reactions?: readonly { readonly name: string; readonly users: readonly string[]; readonly count: number }[];
  readonly upload?: boolean;
  readonly display_as_bot?: boolean;
  readonly hidden?: boolean;
  /** Of a stream, for the page: its `task_update` and `plan_update` chunks, and its display mode. Blocks in Slack's own form. */
  readonly tasks?: readonly SlackTask[];
  readonly plan_title?: string;
  readonly steps_as_plan?: boolean;
}

/** One step of the work, as the stream's chunks left it: title and status replaced, details joined. */
export interface SlackTask {
  /** How much of the Markdown stands before it. */
  readonly at: number;
  readonly id: string;
  readonly title: string;
  readonly status: 'pending' | 'in_progress' | 'complete' | 'error';
  readonly details?: string;
  readonly output?: string;
  readonly sources?: readonly { readonly type: 'url'; readonly url: string; readonly text: string }[];
}

/** A message of a thread as `conversations.replies` gives it, as far as it is used. */
export interface SlackMessage {
  readonly ts: string;
  readonly user?: string;
  readonly bot_id?: string;
  readonly text?: string;
  /** What an app or a forwarded message says, in any shape: `wordsOf` reads it. */
  readonly blocks?: unknown;
  readonly attachments?: unknown;
  /** What an app calls itself. */
  readonly username?: string;
  readonly bot_profile?: { readonly name?: string };
  readonly subtype?: string;
  readonly reply_count?: number;
  readonly streaming_state?: string;
  readonly files?: readonly SlackMessageFile[];
  readonly metadata?: { readonly event_type?: string; readonly event_payload?: Record<string, unknown> };
}

export interface SlackMessageFile {
  readonly id?: string | undefined;
  readonly name?: string | null | undefined;
  readonly mimetype?: string | undefined;
  /** Bytes. */
  readonly size?: number | undefined;
  readonly url_private_download?: string | undefined;
}

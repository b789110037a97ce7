export interface OutgoingRequest {
  readonly url: URL;
  readonly method: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** What makes a request ours: headers to add to it. */
export interface Authorization {
  /** Rejects with `McpFailure` when there are none to be had. */
  headers(request: OutgoingRequest, signal: AbortSignal): Promise<Readonly<Record<string, string>>>;
  /** Forgets what the server refused, so that the next request is made with something new; absent where nothing new can be had. */
  readonly renew?: () => void;
}

export const bearer = (token: string): Authorization => ({ headers: async () => ({ authorization: `Bearer ${token}` }) });

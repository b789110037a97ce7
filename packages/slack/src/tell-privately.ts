/** Where Slack takes words for the one person who clicked or gave a command, five times within half an hour. */
interface Door {
  readonly responseUrl?: string | undefined;
  /** The thread in which it was clicked. */
  readonly threadTs?: string | undefined;
  /** What was clicked is for this person alone, too, and makes room for these words. */
  readonly isReplaced?: boolean;
}

/** Says something to one person, and nobody else; false when Slack did not take it. Never throws. */
export type TellPrivately = (door: Door, text: string, blocks?: readonly Record<string, unknown>[]) => Promise<boolean>;

/**
 * By the response URL, which needs no token and works where the app is no member. `hooksUrl`: where those of Slack are, and nothing is said
 * elsewhere. `patience`: milliseconds.
 */
export function createTellPrivately(hooksUrl: string, patience: number): TellPrivately {
  const { origin } = new URL(hooksUrl);
  return async ({ responseUrl, threadTs, isReplaced = false }, text, blocks) => {
    if (responseUrl === undefined || !isOf(origin, responseUrl)) return false;
    try {
      const answer = await fetch(responseUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ response_type: 'ephemeral', replace_original: isReplaced, thread_ts: threadTs, text, blocks }),
        redirect: 'error',
        signal: AbortSignal.timeout(patience),
      });
      return answer.ok;
    } catch {
      return false;
    }
  };
}

/** Of a click, a command or a shortcut: on the same host anybody has webhooks into channels of their own. */
const ways = /^\/(?:actions|app-actions|app|commands)\//;

function isOf(origin: string, text: string): boolean {
  const url = URL.parse(text);
  return url?.origin === origin && ways.test(url.pathname);
}

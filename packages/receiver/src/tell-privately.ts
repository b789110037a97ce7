import type { DecisionAction } from '@vera/protocol/decision';

/** Says something to one person about their click; false when Slack did not take it. Never throws. */
export type TellPrivately = (click: Pick<DecisionAction, 'responseUrl' | 'threadTs'>, text: string) => Promise<boolean>;

/** Slack waits three seconds for the answer to a click, and the ledger needs some of them. */
const patience = 1_000;

/** By the response URL of the click, which needs no token: the receiver has none. `hooksUrl`: where those of Slack are. */
export function createTellPrivately(hooksUrl: string): TellPrivately {
  const { origin } = new URL(hooksUrl);
  return async ({ responseUrl, threadTs }, text) => {
    if (responseUrl === undefined || !URL.canParse(responseUrl) || new URL(responseUrl).origin !== origin) return false;
    try {
      const answer = await fetch(responseUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ response_type: 'ephemeral', replace_original: false, thread_ts: threadTs, text }),
        redirect: 'error',
        signal: AbortSignal.timeout(patience),
      });
      return answer.ok;
    } catch {
      return false;
    }
  };
}

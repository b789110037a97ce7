import { setTimeout as sleep } from 'node:timers/promises';

/** Does one search after the other, each as soon as AWS takes it. */
export type SearchPace = <Found>(search: () => Promise<Found>) => Promise<Found>;

export interface SearchPaceParams {
  readonly now?: () => number;
  readonly pause?: (milliseconds: number) => Promise<unknown>;
}

/** Searches a second that an account may make, of all who search. https://repost.aws/knowledge-center/cloudwatch-logs-throttling */
const mostASecond = 5;
/** In milliseconds. A timer may go off a little early. */
const aSecond = 1_010;

/**
 * Whoever searches faster is refused, and then waits longer than was needed: the SDK doubles its pause with each refusal. A search counts from its
 * answer on: when it arrived over there, only AWS knows.
 */
export function createSearchPace({ now = () => performance.now(), pause = (ms) => sleep(ms) }: SearchPaceParams = {}): SearchPace {
  const answered: number[] = [];
  let last: Promise<unknown> = Promise.resolve();
  return (search) => {
    const found = last.then(async () => {
      const wait = (answered.at(-mostASecond) ?? Number.NEGATIVE_INFINITY) + aSecond - now();
      if (wait > 0) await pause(wait);
      try {
        return await search();
      } finally {
        answered.push(now());
        if (answered.length > mostASecond) answered.shift();
      }
    });
    last = found.catch(() => undefined);
    return found;
  };
}

import type { Arguments } from '../api/arguments.ts';
import { refuse } from '../api/slack-refusal.ts';
import type { SlackMessage } from '../contract.ts';
import { microsecondsOf } from '../state/timestamp.ts';

/** Says which messages lie between `oldest` and `latest`, the ends themselves only when `inclusive`. */
export function readPeriod(args: Arguments): (message: SlackMessage) => boolean {
  const oldest = endOf(args.text('oldest'), 'invalid_ts_oldest') ?? 0;
  const latest = endOf(args.text('latest'), 'invalid_ts_latest') ?? Number.POSITIVE_INFINITY;
  const inclusive = args.flag('inclusive');
  return ({ ts }) => {
    const at = microsecondsOf(ts) ?? 0;
    return inclusive ? at >= oldest && at <= latest : at > oldest && at < latest;
  };
}

function endOf(ts: string, invalid: string): number | undefined {
  if (ts === '' || ts === 'now') return undefined;
  return microsecondsOf(ts) ?? refuse(invalid);
}

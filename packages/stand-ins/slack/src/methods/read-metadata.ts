import type { Arguments } from '../api/arguments.ts';
import { refuse } from '../api/slack-refusal.ts';
import { isObject } from '../blocks/checks.ts';
import type { SlackMessage } from '../contract.ts';

/** Slack says that there is a limit, not which; ours is on the low side. */
const longestMetadata = 8_000;

/** Undefined when it was not given, `none` for the empty object that removes it. */
export function readMetadata(args: Arguments): SlackMessage['metadata'] | 'none' {
  const metadata = args.object('metadata', 'invalid_metadata_format');
  if (!metadata) return undefined;
  if (Object.keys(metadata).length === 0) return 'none';
  const { event_type, event_payload } = metadata;
  if (typeof event_type !== 'string' || event_type === '' || !isObject(event_payload)) return refuse('invalid_metadata_schema');
  if (JSON.stringify(metadata).length > longestMetadata) refuse('metadata_too_large');
  return { event_type, event_payload };
}

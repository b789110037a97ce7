import * as z from 'zod/mini';
import type { MessagePlace } from './verdict.ts';

const id = z.string().check(z.regex(/^[A-Z0-9]{2,30}$/));
const ts = z.string().check(z.regex(/^\d{10}\.\d{6}$/));
const envelope = z.object({ team_id: id, event: z.object({ channel: id, ts, thread_ts: z.optional(ts) }) });

/**
 * Where the message stands that Slack tells of, whatever becomes of it: so that it is found in the log by a link to it. Of a body that nobody signed,
 * too, hence ids and times alone. Undefined for all else.
 */
export function placeOfBody(body: Uint8Array): MessagePlace | undefined {
  try {
    const parsed = envelope.safeParse(JSON.parse(new TextDecoder().decode(body)));
    if (!parsed.success) return undefined;
    const { team_id: teamId, event } = parsed.data;
    return { teamId, channelId: event.channel, threadTs: event.thread_ts ?? event.ts, messageTs: event.ts };
  } catch {
    return undefined;
  }
}

import * as z from 'zod/mini';

/** A conversation in Slack, as far as it decides who may read it. */
export interface Channel {
  readonly id: string;
  readonly name: string;
  /** `direct`: of two people or several, outside of channels. What Slack does not call public is private. */
  readonly kind: 'public' | 'private' | 'direct';
  /** Shared with another company, or about to be. */
  readonly isShared: boolean;
}

const yes = z.catch(z.optional(z.boolean()), undefined);
const channelSchema = z.object({
  id: z.string(),
  name: z.catch(z.optional(z.string()), undefined),
  is_channel: yes,
  is_private: yes,
  is_im: yes,
  is_mpim: yes,
  is_shared: yes,
  is_org_shared: yes,
  is_ext_shared: yes,
  is_pending_ext_shared: yes,
});

/** Of Slack's own form: https://docs.slack.dev/reference/objects/conversation-object */
export function toChannel(given: unknown): Channel | undefined {
  const parsed = channelSchema.safeParse(given);
  if (!parsed.success) return undefined;
  const { id, name = '', is_shared, is_org_shared, is_ext_shared, is_pending_ext_shared, ...kinds } = parsed.data;
  const isShared = is_ext_shared || is_pending_ext_shared || (is_shared && !is_org_shared) || false;
  return { id, name, kind: kindOf(kinds), isShared };
}

type Kinds = Pick<z.output<typeof channelSchema>, 'is_channel' | 'is_private' | 'is_im' | 'is_mpim'>;

function kindOf({ is_channel, is_private, is_im, is_mpim }: Kinds): Channel['kind'] {
  if (is_im || is_mpim) return 'direct';
  return is_channel && is_private === false ? 'public' : 'private';
}

import { createHash } from 'node:crypto';
import * as z from 'zod/mini';

/**
 * What somebody wants of Vera that is no question: their link, how things stand, their home tab. It is carried out by a worker, which has
 * the keys for it, and kept nowhere. `home-link`: the home tab with a link to their accounts in it; `welcome`: Vera herself came into a channel.
 */
export const errandSchema = z.object({
  kind: z.literal('errand'),
  /** For logs. */
  id: z.string(),
  wish: z.enum(['connect', 'forget', 'status', 'home', 'home-link', 'prompts', 'welcome']),
  teamId: z.string(),
  userId: z.string(),
  /** Where the answer goes, seen by this person alone. */
  responseUrl: z.optional(z.string()),
  /** Of the direct messages where prompts are shown, and their thread, if they have one; or of the channel that is new. */
  channelId: z.optional(z.string()),
  threadTs: z.optional(z.string()),
  /** The channel that the person has before them meanwhile. */
  viewedId: z.optional(z.string()),
});
export type Errand = z.infer<typeof errandSchema>;

/** An errand with its name: the same for every copy of one click, command or event, which `receipt` tells from another. */
export function toErrand(errand: Omit<Errand, 'kind' | 'id'>, receipt: string): Errand {
  const { wish, teamId, userId } = errand;
  const id = createHash('sha256').update([wish, teamId, userId, receipt].join('|')).digest('hex').slice(0, 16);
  return { kind: 'errand', id: `e-${id}`, ...errand };
}

/** The button of the home tab that asks for the link to one's accounts. */
export const homeLinkActionId = 'home.accounts';

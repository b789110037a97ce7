import { createHash } from 'node:crypto';
import * as z from 'zod/mini';

/**
 * What people do with what is remembered of them: see a page of it, find some, forget one or (asked first) all, pause and go on, take it with
 * them, and say yes or no to a standing request.
 */
const memoryWishes = [
  'memory',
  'memory-search',
  'memory-forget',
  'memory-empty',
  'memory-pause',
  'memory-resume',
  'memory-export',
  'memory-keep',
  'memory-decline',
] as const;
export type MemoryWish = (typeof memoryWishes)[number];

/**
 * What somebody wants of Vera that is no question: their link, how things stand, their home tab. It is carried out by a worker, which has
 * the keys for it, and kept nowhere. `home-link`: the home tab with a link to their accounts in it; `welcome`: Vera herself came into a channel;
 * `stop-refused`: they are told that they may not stop what somebody else (`about`) asked; `explain`: how the answer came about that `messageTs` is of.
 */
export const errandSchema = z.object({
  kind: z.literal('errand'),
  /** For logs. */
  id: z.string(),
  wish: z.enum(['connect', 'forget', 'status', 'home', 'home-link', 'prompts', 'welcome', 'stop-refused', 'explain', ...memoryWishes]),
  teamId: z.string(),
  userId: z.string(),
  /** Where the answer goes, seen by this person alone. */
  responseUrl: z.optional(z.string()),
  /** Of the direct messages where prompts are shown, and their thread, if they have one; or of the channel that is new; or where they wanted a stop. */
  channelId: z.optional(z.string()),
  threadTs: z.optional(z.string()),
  /** The message in whose menu it was chosen. */
  messageTs: z.optional(z.string()),
  /** The channel that the person has before them meanwhile. */
  viewedId: z.optional(z.string()),
  /** What the button that was pressed carries, or what was typed beside it. */
  about: z.optional(z.string()),
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

/** `place` tells buttons of one wish apart, which Slack wants within a block. */
export function memoryActionId(wish: MemoryWish, place?: string): string {
  return `${wish}${place === undefined ? '' : `:${place}`}`;
}

/** Undefined when it was not made by `memoryActionId`. */
export function memoryWishOf(actionId: string): MemoryWish | undefined {
  return memoryWishes.find((wish) => wish === actionId.split(':')[0]);
}

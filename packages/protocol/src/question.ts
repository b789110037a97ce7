import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { quoteSchema } from './message-words.ts';
import { traceSchema } from './trace.ts';

/** A file that came with a message, as far as the worker needs it to fetch it. */
export const slackFileSchema = z.object({
  /** Missing for a file that Slack only names: it is told as not readable. */
  id: z.optional(z.string()),
  name: z.string(),
  mimetype: z.string(),
  /** Bytes. */
  size: z.number(),
  /** `url_private_download`; missing for files of a connected workspace, which `files.info` resolves. */
  url: z.optional(z.string()),
});
export type SlackFile = z.infer<typeof slackFileSchema>;

/** One message a person addressed to Vera. Team, channel, thread and message together are its identity. */
export const questionSchema = z.object({
  kind: z.literal('question'),
  id: z.string(),
  teamId: z.string(),
  channelId: z.string(),
  /** `ts` of the thread's root; equals `messageTs` when the message opens its thread. */
  threadTs: z.string(),
  messageTs: z.string(),
  userId: z.string(),
  /** Set when another app's bot asks. */
  botId: z.optional(z.string()),
  /** The asker's own workspace, which differs from `teamId` in a channel shared between companies. */
  userTeamId: z.string(),
  botUserId: z.string(),
  /** As Slack escaped it; may be empty when only a file, a forwarded message or a bare mention was sent. */
  text: z.string(),
  /** What of it the asker typed, neither quoted nor pasted, where `typedIn` of the text does not tell. */
  typed: z.optional(z.string()),
  /** Which of its words these are, where it was edited: of two, those are newer whose text here sorts later. */
  editedTs: z.optional(z.string()),
  /** What others say in it. */
  quotes: z.optional(z.array(quoteSchema)),
  files: z.array(slackFileSchema),
  isDirect: z.boolean(),
  /** The channel is shared with another company, or the asker belongs to one. */
  isExternal: z.boolean(),
  /**
   * Vera is not named in it: it was written on in a thread she takes part in. A question while nobody but the `asker` wrote since she did,
   * or in the `thread` no other bot; `hint`: none, which its author is told.
   */
  followUp: z.optional(z.enum(['asker', 'thread', 'hint'])),
  /**
   * With it Slack searches as the asker; it came with the message and is good for a short time. It travels to the worker that answers at
   * once and stands in no record: a question that is brought again comes without.
   */
  actionToken: z.optional(z.string()),
  /**
   * Asked by the shortcut on a message, which `quotes` holds, or by a button under an answer, which is `text`: `messageTs` is the moment of
   * the click, and no message of that time exists. The words are nobody's own.
   * What only an event would tell (our user, whether the channel is shared) the worker looks up. `about`: the `ts` of that message; `responseUrl`: where the asker
   * alone is told.
   */
  shortcut: z.optional(z.object({ about: z.string(), responseUrl: z.optional(z.string()) })),
  /** Whose trace it is, and how it came so far. */
  trace: z.catch(z.optional(traceSchema), undefined),
});
export type Question = z.infer<typeof questionSchema>;

type Identity = Pick<Question, 'teamId' | 'channelId' | 'messageTs'>;

/** A short stable name for logs and for people (`q-` and 16 hex digits): the same for every copy and twin of one message. */
export function questionIdOf({ teamId, channelId, messageTs }: Identity): string {
  return `q-${createHash('sha256').update(`${teamId}|${channelId}|${messageTs}`).digest('hex').slice(0, 16)}`;
}

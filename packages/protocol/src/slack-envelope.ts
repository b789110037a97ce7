import * as z from 'zod/mini';

// All of these are read without nulls: `classify` drops them.

const fileSchema = z.object({
  id: z.string(),
  name: z.optional(z.string()),
  mimetype: z.optional(z.string()),
  size: z.optional(z.number()),
  url_private_download: z.optional(z.string()),
});

/** What all inner events have; the shape of the rest depends on the type (a `channel`, for one, is an id here and an object there). */
const anyEventSchema = z.looseObject({ type: z.string() });

/** An inner event about a message or a thread, as loose as Slack is: which fields are there depends on type and subtype. */
export const slackEventSchema = z.object({
  type: z.string(),
  subtype: z.optional(z.string()),
  user: z.optional(z.string()),
  /** The author's workspace; mentions carry only `team`. */
  user_team: z.optional(z.string()),
  team: z.optional(z.string()),
  text: z.optional(z.string()),
  ts: z.optional(z.string()),
  thread_ts: z.optional(z.string()),
  channel: z.optional(z.string()),
  channel_type: z.optional(z.string()),
  app_id: z.optional(z.string()),
  bot_id: z.optional(z.string()),
  files: z.optional(z.array(fileSchema)),
});
export type SlackEvent = z.infer<typeof slackEventSchema>;

export const eventEnvelopeSchema = z.object({
  type: z.literal('event_callback'),
  team_id: z.string(),
  api_app_id: z.string(),
  event: anyEventSchema,
  event_id: z.string(),
  authorizations: z.optional(z.array(z.object({ user_id: z.string() }))),
  is_ext_shared_channel: z.optional(z.boolean()),
});
export type EventEnvelope = z.infer<typeof eventEnvelopeSchema>;

export const challengeSchema = z.object({ type: z.literal('url_verification'), challenge: z.string() });

export const blockActionsSchema = z.object({
  type: z.literal('block_actions'),
  user: z.object({ id: z.string(), team_id: z.optional(z.string()) }),
  /** Missing for an app installed to a whole organisation. */
  team: z.optional(z.object({ id: z.string() })),
  container: z.object({
    type: z.string(),
    message_ts: z.optional(z.string()),
    channel_id: z.optional(z.string()),
    thread_ts: z.optional(z.string()),
  }),
  actions: z.array(z.object({ action_id: z.string(), value: z.optional(z.string()) })),
  /** What was typed into the inputs of the message, by block and element; `null` where nobody typed. */
  state: z.optional(
    z.object({ values: z.record(z.string(), z.record(z.string(), z.looseObject({ value: z.optional(z.nullable(z.string())) }))) }),
  ),
  response_url: z.optional(z.string()),
});
export type BlockActions = z.infer<typeof blockActionsSchema>;

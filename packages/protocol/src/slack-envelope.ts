import * as z from 'zod/mini';

// All of these are read without nulls: `classify` drops them. What says who somebody is must have its shape; what of the rest has another
// one counts as left out, and costs itself alone.

const looseText = z.catch(z.optional(z.string()), undefined);

const fileSchema = z.object({
  id: looseText,
  name: looseText,
  mimetype: looseText,
  size: z.catch(z.optional(z.number()), undefined),
  url_private_download: looseText,
});
export const filesSchema = z.catch(z.array(z.catch(fileSchema, noFile())), []);
export type EventFile = z.infer<typeof fileSchema>;

function noFile(): { id?: undefined; name?: undefined; mimetype?: undefined; size?: undefined; url_private_download?: undefined } {
  return {};
}

/** What all inner events have; the shape of the rest depends on the type (a `channel`, for one, is an id here and an object there). */
const anyEventSchema = z.looseObject({ type: z.string() });

const messageFields = {
  subtype: z.optional(z.string()),
  user: z.optional(z.string()),
  /** The author's workspace; mentions carry only `team`. */
  user_team: z.optional(z.string()),
  team: z.optional(z.string()),
  text: looseText,
  ts: z.optional(z.string()),
  thread_ts: z.optional(z.string()),
  /** When it got the words it has now; on what was never edited it is missing. */
  edited: z.catch(z.optional(z.object({ ts: looseText })), undefined),
  app_id: z.optional(z.string()),
  bot_id: z.optional(z.string()),
  /** Set on what a workflow posts. */
  workflow_id: z.optional(z.string()),
  blocks: z.optional(z.unknown()),
  attachments: z.optional(z.unknown()),
  files: z.optional(z.unknown()),
};
const messageSchema = z.object(messageFields);

/** An inner event about a message or a thread, as loose as Slack is: which fields are there depends on type and subtype. */
export const slackEventSchema = z.object({
  ...messageFields,
  type: z.string(),
  channel: z.optional(z.string()),
  channel_type: z.optional(z.string()),
  /** At the top (https://github.com/slack-go/slack/issues/1577) or in here (https://github.com/slackapi/bolt-python/issues/1452). */
  action_token: looseText,
  /** Of `message_changed` and `message_deleted`. */
  message: z.optional(messageSchema),
  previous_message: z.optional(messageSchema),
  deleted_ts: z.optional(z.string()),
  /** Of `app_home_opened`. */
  tab: looseText,
  event_ts: looseText,
  /** Of `reaction_added`: https://docs.slack.dev/reference/events/reaction_added names the message, not its thread. */
  reaction: looseText,
  item_user: looseText,
  item: z.catch(z.optional(z.object({ type: looseText, channel: looseText, ts: looseText })), undefined),
  /** Of `assistant_thread_started` and `assistant_thread_context_changed`; of a message the token alone. */
  assistant_thread: z.catch(
    z.optional(
      z.object({
        user_id: looseText,
        channel_id: looseText,
        thread_ts: looseText,
        action_token: looseText,
        context: z.catch(z.optional(z.object({ channel_id: looseText })), undefined),
      }),
    ),
    undefined,
  ),
  /** Of `app_home_opened` and `app_context_changed`: what the person has before them, the foremost first. */
  context: z.catch(z.optional(z.object({ entities: z.array(z.object({ type: looseText, value: z.optional(z.unknown()) })) })), undefined),
});
export type SlackEvent = z.infer<typeof slackEventSchema>;
/** A message in an event, or of one that tells of an edit. */
export type EventMessage = z.infer<typeof messageSchema>;

const authorizationSchema = z.object({ user_id: looseText, enterprise_id: looseText });

export const eventEnvelopeSchema = z.object({
  type: z.literal('event_callback'),
  team_id: z.string(),
  api_app_id: z.optional(z.string()),
  event: anyEventSchema,
  authorizations: z.catch(z.optional(z.array(authorizationSchema)), undefined),
  /** The Grid organisation of what happened, and the one the app was installed in. */
  enterprise_id: looseText,
  context_enterprise_id: looseText,
  /** What cannot be read counts as shared. */
  is_ext_shared_channel: z.catch(z.optional(z.boolean()), true),
});
export type EventEnvelope = z.infer<typeof eventEnvelopeSchema>;

export const challengeSchema = z.object({ type: z.literal('url_verification'), challenge: z.string() });

const teamSchema = z.catch(z.optional(z.object({ id: z.string(), enterprise_id: looseText })), undefined);
const enterpriseSchema = z.catch(z.optional(z.object({ id: looseText })), undefined);
const actorSchema = z.object({ id: z.string(), team_id: looseText });

/** A message shortcut. Slack's documentation shows it without `action_ts`, its clients send it. */
export const messageShortcutSchema = z.object({
  user: actorSchema,
  team: teamSchema,
  enterprise: enterpriseSchema,
  channel: z.object({ id: z.string() }),
  /** A message as it is in events; its files may be names only. */
  message: z.object({
    ...messageFields,
    user: looseText,
    ts: z.string(),
    /** What an app without a user calls itself. */
    username: looseText,
    bot_profile: z.catch(z.optional(z.object({ name: looseText })), undefined),
  }),
  response_url: looseText,
  trigger_id: looseText,
  action_ts: looseText,
});
export type MessageShortcut = z.infer<typeof messageShortcutSchema>;

const placeSchema = z.catch(z.object({ message_ts: looseText, channel_id: looseText, thread_ts: looseText }), {});

export const blockActionsSchema = z.object({
  type: z.literal('block_actions'),
  user: actorSchema,
  /** Missing for an app installed to a whole organisation. */
  team: teamSchema,
  enterprise: enterpriseSchema,
  container: placeSchema,
  /** The same place once more, where the container is of another kind. */
  channel: z.catch(z.optional(z.object({ id: z.string() })), undefined),
  message: z.catch(z.optional(z.object({ ts: z.string(), thread_ts: looseText })), undefined),
  actions: z.array(z.object({ action_id: z.string(), value: looseText, action_ts: looseText })),
  /** What was typed into the inputs of the message, by block and element. */
  state: z.catch(
    z.optional(z.object({ values: z.optional(z.record(z.string(), z.record(z.string(), z.looseObject({ value: looseText })))) })),
    undefined,
  ),
  response_url: looseText,
});
export type BlockActions = z.infer<typeof blockActionsSchema>;

import type { SlackCall } from '@vera/slack/slack-calls';
import { isRefusedWith, SlackError } from '@vera/slack/slack-error';
import type { SlackMessage } from '@vera/slack/slack-message';
import * as z from 'zod/mini';
import { policy } from './pages-of.ts';
import type { Period } from './period.ts';

export interface Search {
  readonly query: string;
  /** Of the question's message: Slack searches as whoever wrote it. */
  readonly actionToken: string;
  readonly period: Period;
  /** Only there. */
  readonly channel?: string | undefined;
}

/** A message that was found. */
export interface Hit {
  readonly channel: string;
  readonly threadTs: string;
  readonly message: SlackMessage;
}

export interface SearchMessages {
  /** Messages of public channels that fit, best first; undefined where Slack does not let itself be searched. */
  find(search: Search): Promise<readonly Hit[] | undefined>;
  /** False once it is known that the workspace, or the installed app, cannot search. */
  isPossible(): boolean;
}

/** As long as this process lives. An app that was given the right gets a new token, and so a new process. */
const lacking = new Set(['feature_not_enabled', 'unknown_method', 'missing_scope', 'not_allowed_token_type']);

/**
 * Slack's Real-time Search (https://docs.slack.dev/apis/web-api/real-time-search-api). With a bot's token it finds what stands in public
 * channels and nothing else; what it finds must not be stored.
 */
export function createSearchMessages(call: SlackCall): SearchMessages {
  let isLacking = false;
  return {
    isPossible: () => !isLacking,
    async find(search) {
      if (isLacking) return undefined;
      try {
        const { results } = await call('assistant.search.context', argumentsOf(search), policy);
        return hitsIn(results).filter(({ message }) => isWithin(message.ts, search.period));
      } catch (error) {
        isLacking = isRefusedWith(error, lacking);
        if (error instanceof SlackError && error.kind === 'refused') return undefined;
        throw error;
      }
    },
  };
}

/** Slack takes whole seconds only. */
function isWithin(ts: string, { oldest = '0', latest }: Period): boolean {
  return Number(ts) >= Number(oldest) && Number(ts) < Number(latest);
}

const mostHits = 20;

function argumentsOf({ query, actionToken, period: { oldest, latest }, channel }: Search): Record<string, unknown> {
  return {
    query: channel === undefined ? query : `${query} in:<#${channel}>`,
    action_token: actionToken,
    channel_types: 'public_channel',
    content_types: 'messages',
    include_bots: true,
    include_archived_channels: true,
    include_message_blocks: true,
    limit: mostHits,
    before: Math.ceil(Number(latest)),
    ...(oldest === undefined ? {} : { after: Math.floor(Number(oldest)) - 1 }),
  };
}

const text = z.catch(z.optional(z.string()), undefined);
const hitSchema = z.object({
  channel_id: z.string(),
  message_ts: z.string().check(z.regex(/^\d+\.\d+$/)),
  author_user_id: text,
  author_name: text,
  is_author_bot: z.catch(z.optional(z.boolean()), undefined),
  content: text,
  permalink: text,
  blocks: z.optional(z.unknown()),
});
const resultsSchema = z.object({ messages: z.catch(z.array(z.catch(z.nullable(hitSchema), null)), []) });

function hitsIn(results: unknown): Hit[] {
  const parsed = resultsSchema.safeParse(results);
  return parsed.success ? parsed.data.messages.flatMap((hit) => (hit === null ? [] : [toHit(hit)])) : [];
}

function toHit(hit: z.output<typeof hitSchema>): Hit {
  const { channel_id: channel, message_ts: ts, author_user_id: author, author_name: name, content = '', permalink = '', blocks } = hit;
  // Apps are known by the name Slack gives, people by the one they have everywhere else.
  const by = hit.is_author_bot ? { bot_id: author ?? '', username: name ?? 'an app' } : { user: author ?? '' };
  const threadTs = /[?&]thread_ts=(\d+\.\d+)(?:&|$)/.exec(permalink)?.[1] ?? ts;
  return { channel, threadTs, message: { ts, ...by, text: content, blocks } };
}

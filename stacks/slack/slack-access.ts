/** Asked for with the reason that `pnpm slack-manifest` prints. A test holds both lists against what the code calls and understands. */
export interface SlackAccess {
  readonly scopes: Readonly<Record<string, string>>;
  readonly events: Readonly<Record<string, string>>;
}

export interface SlackUse {
  readonly agent: boolean;
  /** Channels are read and messages searched when somebody asks. */
  readonly readsSlack: boolean;
}

export function slackAccessOf({ agent, readsSlack }: SlackUse): SlackAccess {
  const parts = [plain, ...(agent ? [agentOnly] : []), ...(readsSlack ? [reading] : [])];
  return {
    scopes: Object.assign({}, ...parts.map(({ scopes }) => scopes)),
    events: Object.assign({}, ...parts.map(({ events }) => events)),
  };
}

/** What Sign in with Slack asks of a person, at the auth portal; the bot has no part in it. */
export const signInScopes: Readonly<Record<string, string>> = {
  openid: 'to know who is at the auth portal, and nothing else of them',
};

const plain: SlackAccess = {
  scopes: {
    'app_mentions:read': 'to be told when somebody mentions the bot (app_mention)',
    'channels:history': 'to read the thread of a question in a public channel',
    'channels:read': 'to see whether a public channel is shared with another company, to find one by its name, and to know who reads there',
    'chat:write': 'to answer, to stream the answer, to show that it is being worked on',
    commands: 'to be asked by the slash command and by the shortcut on a message',
    'files:read': 'to look up and download the files people attach to a question, and to see whether its own have arrived',
    'files:write': 'to put charts and files beside an answer, and to take them away again',
    'groups:history': 'to read the thread of a question in a private channel',
    'groups:read': 'the same of a private channel',
    'im:history': 'to be told of direct messages (message.im) and to read their threads',
    'im:read': 'to see whether a direct message where the shortcut is used is one with the bot',
    'mpim:history': 'to be told of messages in group conversations (message.mpim) and to read their threads',
    'mpim:read': 'the same of a group conversation, and who reads there',
    'reactions:read': 'to be told of the reaction 🛑 (reaction_added), which stops an answer',
    'reactions:write': 'to return thanks with a reaction in place of an answer, and to show what waits (⏳) or is taken in (👀)',
    'users:read': 'to know the names and time zones of the people in a thread, and who is a guest',
  },
  events: {
    app_home_opened: "somebody opens the bot's home tab or direct messages",
    app_mention: 'somebody mentions the bot',
    member_joined_channel: 'the bot was added to a channel, where it says once what it is for',
    'message.channels': 'an answer to the bot in a thread, an edit or a deletion of a question, in a public channel the bot is in',
    'message.groups': 'the same in a private channel',
    'message.im': 'a direct message, which Slack never sends as app_mention',
    'message.mpim': 'a mention in a group conversation: reports differ on whether Slack sends it as app_mention too',
    reaction_added: 'somebody marked a message: with 🛑 the answer to it, or that it is part of, stops',
  },
};

const agentOnly: SlackAccess = {
  // https://docs.slack.dev/ai/agent-sessions: "Declaring an app as an agent adds the assistant:write scope to it."
  scopes: { 'assistant:write': 'to be an agent in Slack, and to suggest questions in its direct messages' },
  events: {
    agent_session_stopped: 'the Stop button was pressed',
    app_context_changed: 'somebody looks at another channel beside their conversation with the bot: other questions are suggested',
  },
};

/** Beside the scopes for a thread and its place, with which channels are read. */
const reading: SlackAccess = {
  scopes: {
    'search:read.public': 'to search what was said in public channels, as the person who asks',
  },
  events: {},
};

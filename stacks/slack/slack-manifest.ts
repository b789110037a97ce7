import { signInScopes, slackAccessOf } from './slack-access.ts';

export interface SlackManifestParams {
  /** As in the names of AWS resources; Slack shows it with a capital. At most 35 characters. */
  readonly botName: string;
  readonly company?: string;
  /** The receiver's function URL; it takes events, interactions and the slash command alike. */
  readonly receiverUrl: string;
  /** The auth portal's function URL; without it nobody can sign in there. */
  readonly portalUrl?: string | undefined;
  /** False for a workspace whose plan has no agent features. */
  readonly agent: boolean;
  /** Whether channels are read and messages searched when somebody asks. */
  readonly readsSlack: boolean;
}

/** The Slack app as Slack reads it: https://docs.slack.dev/reference/app-manifest */
export function slackManifestOf({ botName, company, receiverUrl, portalUrl, agent, readsSlack }: SlackManifestParams) {
  refuseWrong(botName);
  refuseWithoutTls('receiver', receiverUrl);
  if (portalUrl !== undefined) refuseWithoutTls('portal', portalUrl);
  const { scopes, events } = slackAccessOf({ agent, readsSlack });
  const name = botName.replace(/^[a-z]/, (letter) => letter.toUpperCase());
  return {
    _metadata: { major_version: 2 },
    display_information: { name, description: descriptionOf(company, 140) },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: name, always_online: true },
      shortcuts: [
        { name: askNameOf(name), type: 'message', callback_id: 'ask-about-message', description: 'Answers in the thread of a message' },
        {
          ...{ name: 'How this came about', type: 'message', callback_id: 'explain-answer' },
          description: 'Shows who asked what was looked at for an answer, how long it took, and what failed',
        },
      ],
      slash_commands: [
        {
          command: commandOf(botName),
          url: receiverUrl,
          description: `What ${name} can do here, and how things stand`,
          usage_hint: portalUrl === undefined ? 'help | status | forget' : 'help | connect | status | forget',
          // What stands there is shown as it was typed, and mentions nobody.
          should_escape: false,
        },
      ],
      ...(agent ? { agent_view: { agent_description: descriptionOf(company, 300), suggested_prompts: promptsOf(portalUrl) } } : {}),
    },
    oauth_config: oauthOf(Object.keys(scopes).sort(), portalUrl),
    settings: {
      event_subscriptions: { request_url: receiverUrl, bot_events: Object.keys(events).sort() },
      interactivity: { is_enabled: true, request_url: receiverUrl },
      org_deploy_enabled: false,
      socket_mode_enabled: false,
      token_rotation_enabled: false,
    },
  };
}

const longestName = 35;

/** A click sends the message as it stands. */
const prompts = [
  { title: 'What can you do?', message: 'What can you help me with?' },
  { title: 'Who is on call?', message: 'Who is on call right now?' },
  { title: 'Where do I begin?', message: 'I am new here. Which documents should I read first?' },
];

function promptsOf(portalUrl: string | undefined) {
  return portalUrl === undefined ? prompts : [...prompts, { title: 'Connect my accounts', message: 'connect my accounts' }];
}

/** Slack sends people back to registered addresses only. https://docs.slack.dev/authentication/sign-in-with-slack */
function oauthOf(bot: readonly string[], portalUrl: string | undefined) {
  if (portalUrl === undefined) return { scopes: { bot } };
  return { redirect_urls: [new URL('/signed-in', portalUrl).href], scopes: { bot, user: Object.keys(signInScopes) } };
}

/** Slack takes at most 24 characters. */
function askNameOf(name: string): string {
  const whole = `Ask ${name} about this`;
  return whole.length <= 24 ? whole : 'Ask about this message';
}

/** Slack takes small letters, digits, hyphens and underscores, at most 32 of them with the slash. */
function commandOf(botName: string): string {
  const letters = botName
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\s+/g, '-')
    .replace(/[^a-z0-9_-]/g, '')
    .slice(0, 31);
  return `/${letters || 'vera'}`;
}

function refuseWrong(botName: string): void {
  // Slack counts UTF-16 units, as `length` does.
  if (botName.trim() === '' || botName.length > longestName) {
    throw new Error(`botName '${botName}': a Slack app's name has 1 to ${longestName} characters`);
  }
}

function refuseWithoutTls(of: 'receiver' | 'portal', url: string): void {
  if (!URL.canParse(url) || new URL(url).protocol !== 'https:') {
    throw new Error(`${of} URL '${url}': Slack sends to https:// only; its stack has the URL as an output`);
  }
}

/** The first sentence that fits. */
function descriptionOf(company: string | undefined, longest: number): string {
  const ofCompany = `Answers in threads from the knowledge and tools of ${company}, and says where it read what.`;
  const ofAnyone = 'Answers in threads from your own knowledge and tools, and says where it read what.';
  return company && ofCompany.length <= longest ? ofCompany : ofAnyone;
}

/** Keys that tell by their beginning what they are, the longer beginnings first. https://docs.slack.dev/authentication/tokens */
const kinds: readonly (readonly [RegExp, string])[] = [
  [/^xoxb-/i, 'a bot token of Slack'],
  [/^xapp-/i, 'an app-level token of Slack, which Vera does not use'],
  [/^xoxp-/i, 'a user token of Slack'],
  [/^xoxe/i, 'a token that expires, or what renews one: switch token rotation off in the Slack app'],
  [/^xox[a-z]-/i, 'another token of Slack'],
  [/^(?:gh[a-z]_|github_pat_)/, 'a token of GitHub'],
  [/^(?:Iv\d|Ov\d)/, 'a client id of GitHub'],
  [/^(?:AKIA|ASIA)[A-Z0-9]{12}/, 'an access key of AWS'],
  [/^ATATT/, 'an API token of Atlassian'],
  [/^ATOA/, 'a client secret of Atlassian'],
  [/^-----BEGIN/, 'a private key'],
  [/^[a-z]+:\/\//i, 'an address'],
];

/** Those that read as Vera, or as whoever made the app: a server of Slack's own takes a user's. */
const ownInSlack = /^(?:xoxb|xapp|xoxe)/i;

interface Wanted {
  /** Where a person finds it. */
  readonly where: string;
  readonly shape: RegExp;
  readonly words: string;
  /** The kind, where it tells by its beginning. */
  readonly kind?: string;
}

const anything = { shape: /^.{8,}$/s, words: 'it has at least 8 characters' };
const slackPage = 'the Slack app → Basic Information → App Credentials';

/** Of Slack's, Atlassian's and GitHub's; keys of MCP servers may be anything. */
const wanted: Readonly<Record<string, Wanted>> = {
  SLACK_SIGNING_SECRET: { where: `${slackPage} → Signing Secret → Show`, shape: /^[0-9a-z]{32}$/, words: 'it has 32 letters and digits' },
  SLACK_BOT_TOKEN: {
    where: 'the Slack app → OAuth & Permissions → Bot User OAuth Token',
    shape: /^xoxb-[\w-]{8,}$/,
    words: 'it begins with xoxb-',
    kind: 'a bot token of Slack',
  },
  SLACK_CLIENT_ID: { where: `${slackPage} → Client ID`, ...anything },
  SLACK_CLIENT_SECRET: { where: `${slackPage} → Client Secret → Show`, ...anything },
  ATLASSIAN_CLIENT_ID: { where: 'developer.atlassian.com → the app → Settings → Client ID', ...anything },
  ATLASSIAN_CLIENT_SECRET: { where: '… → Settings → Secret', ...anything, kind: 'a client secret of Atlassian' },
  GITHUB_CLIENT_ID: { where: 'the GitHub App → General → Client ID, not the App ID', ...anything, kind: 'a client id of GitHub' },
  GITHUB_CLIENT_SECRET: { where: 'the GitHub App → General → Client secrets', ...anything },
  PORTAL_TICKET_KEY: { where: 'made here', shape: /^.{32,}$/s, words: 'it has at least 32 random characters' },
};

/** Where a person finds a key. */
export function placeOf(name: string): string {
  return wanted[name]?.where ?? 'of an MCP server';
}

/** Why this is not that key, by what it is instead; undefined where it may be. */
export function faultOfKind(name: string, value: string): string | undefined {
  const { shape, words, kind, where } = wanted[name] ?? { ...anything, where: '' };
  const found = kinds.find(([beginning]) => beginning.test(value))?.[1];
  if (wanted[name] && found !== undefined && found !== kind) return `this is ${found}; what belongs here is at: ${where}`;
  // No server of tools takes what is Vera's own in Slack.
  if (!wanted[name] && found !== undefined && ownInSlack.test(value))
    return `this is ${found}; what belongs here is a key of the MCP server`;
  return shape.test(value) ? undefined : `this cannot be it: ${words}`;
}

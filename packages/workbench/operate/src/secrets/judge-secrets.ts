import { providerClients } from '@vera/accounts/provider-clients';
import { createSlackCalls } from '@vera/slack/slack-calls';
import { SlackError } from '@vera/slack/slack-error';

/** What whoever issued keys says of them. `unknown`: they gave no answer. Nothing of a key is in `words`. */
export interface Judgement {
  readonly kind: 'right' | 'wrong' | 'unknown';
  readonly words: string;
}

/** Other origins, named as the deployables name them. */
export interface Origins {
  readonly SLACK_API_URL?: string | undefined;
  readonly ATLASSIAN_AUTH_URL?: string | undefined;
  readonly GITHUB_URL?: string | undefined;
}

type Keys = Readonly<Record<string, string>>;

/** Asks who issued them whether keys are right, by a call that changes nothing. Undefined: nobody can be asked of these. */
export async function judgeSecrets(keys: Keys, origins: Origins): Promise<Judgement | undefined> {
  const { SLACK_BOT_TOKEN: token, SLACK_CLIENT_ID: id, SLACK_CLIENT_SECRET: secret } = keys;
  if (token !== undefined) return judgeBotToken(token, origins);
  if (id !== undefined && secret !== undefined) return judgeSlackClient(id, secret, origins);
  const [client] = providerClients(keys, origins, Date.now).values();
  return client && judgeClient(client);
}

const patience = { repeatable: true, patience: 5_000 };

/** https://docs.slack.dev/reference/methods/auth.test */
async function judgeBotToken(token: string, { SLACK_API_URL: apiUrl }: Origins): Promise<Judgement> {
  try {
    const { user, team, bot_id } = await createSlackCalls({ token, ...(apiUrl ? { apiUrl } : {}) })('auth.test', {}, patience);
    if (bot_id === undefined) return { kind: 'wrong', words: 'Slack says that this is the token of a person, not of a bot' };
    return { kind: 'right', words: `Slack knows it: ${user} in ${team}` };
  } catch (error) {
    return ofSlack(error, reasons);
  }
}

const reasons: Readonly<Record<string, string>> = {
  invalid_auth: 'Slack does not know this token: copy it again; another installation of the app has made a new one',
  not_authed: 'Slack does not know this token',
  account_inactive: 'the app was removed from the workspace: install it again, and take the new token',
  token_revoked: 'the token was revoked: install the app again, and take the new token',
  token_expired: 'the token has expired: switch token rotation off in the Slack app, and install it again',
};

/** With a code that cannot be one: the keys are looked at before it. https://docs.slack.dev/reference/methods/openid.connect.token */
async function judgeSlackClient(client_id: string, client_secret: string, { SLACK_API_URL: apiUrl }: Origins): Promise<Judgement> {
  const call = createSlackCalls({ token: '', ...(apiUrl ? { apiUrl } : {}) });
  try {
    await call('openid.connect.token', { client_id, client_secret, grant_type: 'authorization_code', code: noCode }, patience);
  } catch (error) {
    if (error instanceof SlackError && error.reason === 'invalid_code') return { kind: 'right', words: 'Slack knows the app by them' };
    return ofSlack(error, {
      invalid_client_id: 'Slack knows no app with this SLACK_CLIENT_ID',
      bad_client_secret: 'Slack says that this SLACK_CLIENT_SECRET is not that of the SLACK_CLIENT_ID (nor is the signing secret)',
    });
  }
  return { kind: 'unknown', words: 'Slack took a code that was none' };
}

const noCode = 'no-code-of-anybody';

function ofSlack(error: unknown, known: Readonly<Record<string, string>>): Judgement {
  if (!(error instanceof SlackError)) throw error;
  const words = known[error.reason];
  return words === undefined ? { kind: 'unknown', words: `Slack says ${error.reason}` } : { kind: 'wrong', words };
}

type Client = ReturnType<typeof providerClients> extends ReadonlyMap<unknown, infer One> ? One : never;

/** Errors of a token endpoint that mean the keys, and not the code: RFC 6749 section 5.2, and GitHub's and Atlassian's own. */
const meansKeys = new Set(['invalid_client', 'incorrect_client_credentials', 'unauthorized_client', 'access_denied']);

async function judgeClient({ provider, exchange }: Client): Promise<Judgement> {
  const answer = await exchange({ code: noCode, redirectUri: 'https://vera.invalid/', verifier: noCode.padEnd(43, '-') });
  const reason = answer.kind === 'granted' ? 'took a code that was none' : answer.reason;
  if (answer.kind === 'refused') return { kind: 'right', words: `${provider.name} knows the app by them` };
  if (meansKeys.has(reason)) return { kind: 'wrong', words: `${provider.name} knows no app with these two keys (${reason})` };
  return { kind: 'unknown', words: `${provider.name} says ${reason}` };
}

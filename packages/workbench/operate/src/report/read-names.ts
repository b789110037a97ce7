import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { askSlack } from '../doctor/slack-api.ts';
import type { Place } from '../place.ts';

export interface Names {
  readonly nameOf: (id: string) => string;
  /** Why there are none, where there are none. */
  readonly unseen: readonly string[];
}

/** Ids as they are. */
export const noNames: Names = { nameOf: (id) => id, unseen: [] };

/** So many are asked for at most: Slack answers some fifty such calls a minute. https://docs.slack.dev/apis/web-api/rate-limits */
const most = 40;

/** What Slack calls people and channels, asked with the bot's token. One that it does not tell of keeps its id. */
export async function readNames(place: Place, ids: readonly string[]): Promise<Names> {
  const client = new SecretsManagerClient(place.clientOf('SECRETS_MANAGER'));
  try {
    const { SecretString = '{}' } = await client.send(new GetSecretValueCommand({ SecretId: place.nameOf('secrets') }));
    const { SLACK_BOT_TOKEN: token } = JSON.parse(SecretString) as { readonly SLACK_BOT_TOKEN?: string };
    if (!token) return { ...noNames, unseen: ['Names: there is no SLACK_BOT_TOKEN in the secret.'] };
    const slack = { slackApi: place.slackApi, fetch };
    const asked = [...new Set(ids)].slice(0, most).map(async (id) => [id, await nameIn(slack, token, id).catch(() => id)] as const);
    const names = new Map(await Promise.all(asked));
    return { nameOf: (id) => names.get(id) ?? id, unseen: [] };
  } catch (error) {
    return {
      ...noNames,
      unseen: [`Names: the secret could not be read (${error instanceof Error ? error.name : 'for no known reason'}).`],
    };
  } finally {
    client.destroy();
  }
}

async function nameIn(slack: Parameters<typeof askSlack>[0], token: string, id: string): Promise<string> {
  if (/^[UW]/.test(id)) {
    const { body } = await askSlack(slack, { method: 'users.info', token, form: { user: id } });
    const { real_name: realName, name } = body.user as { readonly real_name?: string; readonly name?: string };
    return realName || name || id;
  }
  const { body } = await askSlack(slack, { method: 'conversations.info', token, form: { channel: id } });
  const { name } = body.channel as { readonly name?: string };
  return name ? `#${name}` : id;
}

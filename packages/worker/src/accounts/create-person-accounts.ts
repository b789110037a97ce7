import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { createAccessTokens } from '@vera/accounts/create-access-tokens';
import { createDynamoTokenRotation } from '@vera/accounts/dynamo-accounts';
import { createDynamoWaitingQuestions } from '@vera/accounts/dynamo-waiting-questions';
import { createKmsSeal } from '@vera/accounts/kms-seal';
import { connectLinkOf, type Person } from '@vera/accounts/portal-ticket';
import { providerClients } from '@vera/accounts/provider-clients';
import { awsDefaults } from '@vera/service-kit/aws-defaults';
import { kernelId } from '@vera/service-kit/kernel-random';
import type { Log } from '@vera/service-kit/log';
import { sdkDataKeys, sdkDynamoDb } from '@vera/service-kit/sdk-clients';
import type { SlackCall } from '@vera/slack/slack-calls';
import type * as z from 'zod/mini';
import type { workerEnv } from '../env.ts';
import type { accountSecrets } from '../secrets.ts';
import type { People } from '../thread/people.ts';
import type { PersonTool } from '../tools/person-tool.ts';
import type { AccountDesk } from './account-desk.ts';
import type { PersonAccounts } from './person-accounts.ts';
import { createSendConnectLink } from './send-connect-link.ts';

export interface PersonAccountsParts {
  readonly secrets: z.output<typeof accountSecrets>;
  readonly call: SlackCall;
  readonly people: People;
  readonly tools: readonly PersonTool[];
  readonly log: Log;
}

/** People's own accounts in this process; undefined where no portal connects any. Tools of a provider whose keys are missing are left out. */
export function createPersonAccounts(
  env: z.output<typeof workerEnv>,
  { secrets, call, people, tools, log }: PersonAccountsParts,
): (PersonAccounts & AccountDesk) | undefined {
  const { ACCOUNTS_TABLE: tableName, ACCOUNTS_KEY: keyId, PORTAL_URL: portalUrl } = env;
  const ticketKey = secrets.PORTAL_TICKET_KEY;
  if (!tableName || !keyId || !portalUrl) return undefined;
  if (!ticketKey) {
    log.error('accounts.key-missing', { names: ['PORTAL_TICKET_KEY'], advice: 'add it to the secret named by SECRET_ID' });
    return undefined;
  }
  const table = { dynamoDb: sdkDynamoDb(new DynamoDBClient(awsDefaults())), tableName, now: Date.now };
  const clients = providerClients(secrets, env, Date.now);
  const rotation = createDynamoTokenRotation(table);
  const waiting = createDynamoWaitingQuestions({ ...table, log });
  const linkFor = async ({ teamId, userId }: Person) => {
    const [name, team] = await Promise.all([people.name(userId), people.teamName()]);
    const addressee = { teamId, userId, names: { person: name, team } };
    return connectLinkOf(addressee, { key: ticketKey, portalUrl, id: kernelId(), now: Date.now() });
  };
  return {
    accessTokenOf: createAccessTokens({
      rotation,
      seal: createKmsSeal({ dataKeys: sdkDataKeys(new KMSClient(awsDefaults())), keyId }),
      clients,
      now: Date.now,
      wait: (milliseconds) => sleep(milliseconds),
      log,
    }),
    tools: tools.filter(({ provider }) => clients.has(provider)),
    approvers: env.CHANGE_APPROVERS.split(',').filter((id) => id !== ''),
    sendLink: createSendConnectLink({ call, linkFor }),
    linkFor,
    connectionsOf: (person) =>
      Promise.all([...clients].map(async ([id, { provider }]) => ({ provider, account: (await rotation.read(person, id))?.account }))),
    bringBack: (question, provider, until) => waiting.put(question, provider, question, until),
  };
}

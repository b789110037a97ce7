import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { connectAccount } from '@vera/accounts/connect-account';
import { createDynamoAccountShelf } from '@vera/accounts/dynamo-accounts';
import { createKmsSeal } from '@vera/accounts/kms-seal';
import { challengeOf } from '@vera/accounts/oauth-client';
import { providerClients } from '@vera/accounts/provider-clients';
import { awsDefaults } from '@vera/service-kit/aws-defaults';
import { sdkDataKeys, sdkDynamoDb } from '@vera/service-kit/sdk-clients';
import { demoSeeds } from '@vera/start/demo-seeds';
import { demoWorkspace } from '@vera/start/demo-workspace';
import { appKeys, names } from '@vera/start/names';
import { portalUrl, type World } from './start-world.ts';

const verifier = 'eval-'.repeat(10);

/** What a person does at the portal, without its pages: agrees as the account of their own. */
export async function connectAtlassian({ services: { atlassian, atlassianApi } }: World, userId: string): Promise<void> {
  const keys = { ATLASSIAN_CLIENT_ID: appKeys.clientId, ATLASSIAN_CLIENT_SECRET: appKeys.clientSecret };
  const origins = { ATLASSIAN_AUTH_URL: atlassian.url, ATLASSIAN_API_URL: atlassianApi.url };
  const client = providerClients(keys, origins, Date.now).get('atlassian');
  if (!client) throw new Error('Atlassian is not switched on.');
  const redirectUri = `${portalUrl}/connected/atlassian`;
  const url = client.authorizeUrl({ state: 'eval', redirectUri, challenge: challengeOf(verifier) });
  const agreed = await fetch(url, { method: 'POST', body: new URLSearchParams({ choice: accountIdOf(userId) }), redirect: 'manual' });
  const code = new URL(agreed.headers.get('location') ?? 'none:').searchParams.get('code') ?? '';
  const table = { dynamoDb: sdkDynamoDb(new DynamoDBClient(awsDefaults())), tableName: names.accountsTable, now: Date.now };
  const seal = createKmsSeal({ dataKeys: sdkDataKeys(new KMSClient(awsDefaults())), keyId: names.keyArn });
  const shelf = createDynamoAccountShelf(table);
  const person = { teamId: demoWorkspace.teamId, userId };
  const { kind } = await connectAccount({ shelf, seal, now: Date.now }, client, person, { code, redirectUri, verifier });
  if (kind !== 'connected') throw new Error(`The account of ${userId} is not connected: ${kind}`);
}

function accountIdOf(userId: string): string {
  const email = demoWorkspace.users.find(({ id }) => id === userId)?.email;
  return demoSeeds.people.find((person) => person.email === email)?.accountId ?? '';
}

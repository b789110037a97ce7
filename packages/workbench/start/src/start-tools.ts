import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createGateway, type GatewayEmulator } from '@vera/agent-core-stand-in/create-gateway';
import type { ApiTarget } from '@vera/agent-core-stand-in/gateway/tools/gateway-target';
import type { ApiAnswers } from '@vera/aws-stand-in/aws-mcp/run-script';
import type { CallRecord } from '@vera/aws-stand-in/call-record';
import { type AwsMcpEmulator, createAwsMcp } from '@vera/aws-stand-in/create-aws-mcp';
import { type CognitoEmulator, createCognito } from '@vera/aws-stand-in/create-cognito';
import { createSts, type StsEmulator } from '@vera/aws-stand-in/create-sts';
import type { Statement } from '@vera/aws-stand-in/iam/statement';
import type { AtlassianPerson } from '@vera/saas-stand-in/atlassian/atlassian-site';
import type { ConfluenceSeed } from '@vera/saas-stand-in/confluence/confluence-seed';
import { type ConfluenceEmulator, createConfluence } from '@vera/saas-stand-in/create-confluence';
import { createJira, type JiraEmulator } from '@vera/saas-stand-in/create-jira';
import { createPagerDuty, type PagerDutyEmulator } from '@vera/saas-stand-in/create-pagerduty';
import type { JiraSeed } from '@vera/saas-stand-in/jira/jira-seed';
import type { OAuthEmulator } from '@vera/saas-stand-in/oauth/oauth-emulator';
import type { PagerDutySeed } from '@vera/saas-stand-in/pagerduty/pagerduty-seed';
import { names } from './names.ts';

/** What is in the company's systems when it starts. */
export interface ToolSeeds {
  readonly people: readonly AtlassianPerson[];
  readonly jira: JiraSeed;
  readonly confluence: ConfluenceSeed;
  readonly pagerDuty: PagerDutySeed;
  /** How the gateway knows the worker; by a token of its user pool unless told. */
  readonly authorizer?: 'cognito' | 'iam';
  /** How long people's access tokens are good for; an hour unless told. */
  readonly tokenSeconds?: number;
  /** What Vera may look at in AWS; there is no AWS to ask when left out. */
  readonly aws?: { readonly account: string; readonly statements: readonly Statement[]; readonly answers: ApiAnswers };
}

/** The company's systems, and the gateway in front of them. */
export interface CompanyTools {
  readonly jira: JiraEmulator;
  readonly confluence: ConfluenceEmulator;
  readonly pagerDuty: PagerDutyEmulator;
  readonly cognito: CognitoEmulator;
  readonly gateway: GatewayEmulator;
  /** What the worker's secret for the gateway holds; undefined where it signs instead. */
  readonly gatewayClient: Readonly<Record<string, string>> | undefined;
  readonly aws: { readonly sts: StsEmulator; readonly mcp: AwsMcpEmulator } | undefined;
}

interface ToolParts {
  readonly record: CallRecord;
  /** Whose the OAuth tokens of the site are. */
  readonly accounts: () => OAuthEmulator;
}

const service = 'vera@northwind.example';
const scope = 'vera-gateway/invoke';

export async function startTools(seeds: ToolSeeds, { record, accounts }: ToolParts, started: AsyncDisposableStack): Promise<CompanyTools> {
  const [apiToken, pagerDutyKey, clientSecret] = [newKey(), newKey(), newKey()];
  const site = {
    cloudId: names.cloudId,
    people: seeds.people,
    apiTokens: [{ email: service, token: apiToken }],
    tokens: { grant() {}, revoke() {}, grantOf: (token: string) => grantOf(accounts().personOf(token)?.id) },
  };
  const jira = started.use(await createJira({ seed: seeds.jira, site }));
  const confluence = started.use(await createConfluence({ seed: seeds.confluence, site }));
  const pagerDuty = started.use(await createPagerDuty({ seed: seeds.pagerDuty, apiKeys: [pagerDutyKey] }));
  const cognito = started.use(await createCognito({ clients: [{ id: clientId, secret: clientSecret, scopes: [scope] }] }));
  const basic = { name: 'Authorization', prefix: 'Basic', key: Buffer.from(`${service}:${apiToken}`).toString('base64') };
  const targets = [
    targetOf('jira', jira.url, basic),
    targetOf('confluence', confluence.url, basic),
    targetOf('pagerduty', pagerDuty.url, { name: 'Authorization', prefix: 'Token', key: `token=${pagerDutyKey}` }),
  ];
  const isSigned = seeds.authorizer === 'iam';
  const { discoveryUrl, tokenUrl } = cognito;
  const authorizer = isSigned
    ? ({ kind: 'AWS_IAM' } as const)
    : ({ kind: 'CUSTOM_JWT', discoveryUrl, allowedClients: [clientId] } as const);
  const gateway = started.use(await createGateway({ record, targets, authorizer, gatewayId: names.gatewayId }));
  const client = { GATEWAY_CLIENT_ID: clientId, GATEWAY_CLIENT_SECRET: clientSecret, GATEWAY_TOKEN_URL: tokenUrl, GATEWAY_SCOPE: scope };
  const aws = seeds.aws && (await startAws(seeds.aws, record, started));
  return { jira, confluence, pagerDuty, cognito, gateway, gatewayClient: isSigned ? undefined : client, aws };
}

async function startAws(
  { account, statements, answers }: NonNullable<ToolSeeds['aws']>,
  record: CallRecord,
  started: AsyncDisposableStack,
) {
  const sts = started.use(await createSts({ record, roles: [{ arn: names.awsReaderRole, trusts: [names.worker], statements }] }));
  return { sts, mcp: started.use(await createAwsMcp({ accountId: account, identityOf: sts.sessionOf, answers })) };
}

const clientId = 'vera-worker';
const schemas = new URL('../../../../stacks/gateway/schemas/', import.meta.url);

/** The document is the very one that the real gateway is given. */
function targetOf(name: string, server: string, credential: ApiTarget['credential']): ApiTarget {
  return { name, document: JSON.parse(readFileSync(new URL(`${name}.json`, schemas), 'utf8')), server, credential };
}

function grantOf(accountId: string | undefined) {
  return accountId === undefined ? undefined : { accountId };
}

function newKey(): string {
  return randomBytes(24).toString('base64url');
}

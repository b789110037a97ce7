import type { OwnServers } from '@vera/operate/tools/read-mcp-file';
import { serversOf } from '@vera/worker/env';
import type { LocalSystem } from './start-system.ts';
import type { CompanyTools } from './start-tools.ts';

export interface WelcomeFacts {
  readonly pageUrl: string;
  readonly system: LocalSystem;
  readonly modelDescription: string;
  /** An account of one's own has none of the demo's. */
  readonly hasGuardrail: boolean;
  readonly documents: number;
  readonly dataFolder: string;
  readonly ownServers: OwnServers | undefined;
}

/** What a person sees once everything runs. */
export function welcome({ pageUrl, system, modelDescription, hasGuardrail, documents, dataFolder, ownServers }: WelcomeFacts): string {
  const rows = [
    [
      'Slack',
      system.slack.url,
      `workspace of ${documents > 0 ? 'the demo company' : 'nobody'}, ${system.slack.workspace.users.length} people`,
    ],
    ['Receiver', system.lambda.urlOf('receiver').replace(/\/$/, ''), 'Lambda function URL'],
    ['Accounts', system.lambda.urlOf('auth-portal').replace(/\/$/, ''), 'auth portal, Lambda function URL'],
    ...workerRows(system),
    ['Bedrock', system.bedrock.url, modelDescription],
    ...(hasGuardrail ? [['Guardrail', 'what colleagues earn', `stops, for one, “${stoppedQuestion}”`]] : []),
    ['Knowledge', system.knowledgeBase.url, `${documents} documents`],
    ...(system.tools ? toolRows(system.tools) : []),
    ...serversOf(ownServers?.entries ?? []).map(({ name, url, command }) => [
      'MCP',
      name,
      url ?? `${command}, tried now, and started with the first question`,
    ]),
    ['Atlassian', system.atlassian.url, 'sign-in and consent, everybody has an account'],
    ['GitHub', system.github.url, 'sign-in and consent, everybody has an account'],
    ['DynamoDB', system.dynamoDb.url, 'the ledger, the accounts'],
    ['KMS', system.kms.url, 'seals what people connect'],
    ['Secrets', system.secretsManager.url, 'Secrets Manager'],
  ];
  const table = rows.map(([name = '', url = '', what = '']) => `  ${name.padEnd(10)} ${url.padEnd(24)} ${what}`).join('\n');
  return `\nVera is ready:  ${pageUrl}\n\n${table}\n\nConversations are kept in ${dataFolder}; --fresh forgets them. Ctrl-C stops everything.\n`;
}

function workerRows({ platform, lambda, agentCore }: LocalSystem): string[][] {
  const functions = 'receiver, invoker, sweeper, auth-portal';
  if (platform === 'lambda')
    return [['Lambda', lambda.url, `${functions}, and the worker: a process for each question, standing still in between`]];
  return [
    ['Lambda', lambda.url, functions],
    ['AgentCore', agentCore.url, 'one worker process a thread'],
  ];
}

/** To try: nothing else tells what the demo's guardrail is about. */
export const stoppedQuestion = 'What salary does Tom get?';

function toolRows({ gateway, jira, confluence, pagerDuty }: CompanyTools): string[][] {
  return [
    ['Gateway', gateway.url, 'MCP in front of Jira, Confluence and PagerDuty'],
    ['Jira', jira.url, `${jira.issues.length} issues`],
    ['Confluence', confluence.url, 'the wiki'],
    ['PagerDuty', pagerDuty.url, 'incidents, and who is on call'],
  ];
}

import { jqlProblem } from '../atlassian/jira/jql-problem.ts';
import { knownReads } from './known-reads.ts';
import { type Authorization, type McpServer, usualLimits } from './mcp-server.ts';

const systems: Readonly<Record<string, string>> = { jira: 'Jira', confluence: 'Confluence', pagerduty: 'PagerDuty' };

/** The AgentCore gateway; its tools are named `<target>___<operation>`. */
export const gatewayServer = (url: string, authorization: Authorization): McpServer => ({
  name: 'gateway',
  title: 'The gateway to Jira, Confluence and PagerDuty',
  transport: { kind: 'http', url: new URL(url), authorization, isPrivateAllowed: true },
  reads: knownReads.gateway,
  trustsAnnotations: true,
  // The gateway's own search over its tools, 25 calls a minute: the model has them all before it.
  isDenied: (tool) => tool.startsWith('x_amz_bedrock_agentcore_search'),
  systemOf: (tool) => systems[tool.split('___')[0] ?? ''],
  problemIn: ({ jql }) => (typeof jql === 'string' ? jqlProblem(jql) : undefined),
  limits: usualLimits,
});

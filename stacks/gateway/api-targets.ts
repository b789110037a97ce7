import type { GatewaySettings } from '../settings/gateway-schema.ts';

/** A SaaS API behind the gateway: whose document, which server, and how its key is sent. */
export interface ApiTarget {
  readonly name: 'pagerduty' | 'jira' | 'confluence';
  readonly description: string;
  readonly server: string;
  /** What stands before the key in the header `Authorization`. */
  readonly prefix: string;
  /** What the key has to look like, in words for whoever sets it. */
  readonly keyForm: string;
  readonly keyVersion: number;
}

const atlassianKey = { prefix: 'Basic', keyForm: 'base64 of "e-mail:API token" of an account that may only read' };

/** The targets that are switched on, in a fixed order. */
export function apiTargetsOf({ targets: { pagerduty, jira, confluence } }: GatewaySettings): ApiTarget[] {
  return [
    ...(pagerduty ? [pagerDutyOf(pagerduty)] : []),
    ...(jira
      ? [
          {
            ...atlassianKey,
            name: 'jira',
            description: 'Issues, projects, boards, sprints',
            server: jira.site,
            keyVersion: jira.keyVersion,
          } as const,
        ]
      : []),
    ...(confluence
      ? [
          {
            ...atlassianKey,
            name: 'confluence',
            description: 'Pages and spaces',
            server: confluence.site,
            keyVersion: confluence.keyVersion,
          } as const,
        ]
      : []),
  ];
}

/** Of the variable that carries its key. */
export function apiKeyNameOf(target: ApiTarget['name']): string {
  return `${target}_api_key`;
}

function pagerDutyOf({ keyVersion, serviceRegion }: NonNullable<GatewaySettings['targets']['pagerduty']>): ApiTarget {
  return {
    name: 'pagerduty',
    description: 'Incidents, on-calls, services',
    server: serviceRegion === 'eu' ? 'https://api.eu.pagerduty.com' : 'https://api.pagerduty.com',
    // PagerDuty wants "Token token=…", and AgentCore puts a space behind the prefix.
    prefix: 'Token',
    keyForm: '"token=" and a read-only API key',
    keyVersion,
  };
}

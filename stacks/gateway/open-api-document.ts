import { readFileSync } from 'node:fs';
import type { JsonObject } from './open-api/json-object.ts';
import { toText } from './open-api/open-api-finding.ts';
import { withoutReferences } from './open-api/without-references.ts';
import { openApiFindings } from './open-api-findings.ts';

/** The systems the gateway reads from; each is a target of this name and a file in `schemas`. */
export type GatewayApi = 'jira' | 'confluence' | 'pagerduty';

/** Operations that read although their method is not GET: the JQL to count by stands in the body. */
const readsByPost: Readonly<Record<GatewayApi, readonly string[]>> = { jira: ['countIssues'], confluence: [], pagerduty: [] };

/**
 * The document of one target as AgentCore gets it: the customer's server in it, references written out, as JSON.
 * Throws with everything that AgentCore would refuse.
 */
export function openApiDocumentOf(api: GatewayApi, { server }: { readonly server: string }): string {
  const file = new URL(`./schemas/${api}.json`, import.meta.url);
  const document: JsonObject = { ...JSON.parse(readFileSync(file, 'utf8')), servers: [{ url: server }] };
  const found = openApiFindings(document, { target: api, readsOnly: { exceptFor: readsByPost[api] } });
  if (found.length > 0) throw new OpenApiError(api, found.map(toText));
  return JSON.stringify(withoutReferences(document));
}

export class OpenApiError extends Error {
  readonly code = 'open_api_refused';
  constructor(api: GatewayApi, findings: readonly string[]) {
    super(`The OpenAPI document of ${api} cannot be a target of the gateway:\n${findings.join('\n')}`);
    this.name = 'OpenApiError';
  }
}

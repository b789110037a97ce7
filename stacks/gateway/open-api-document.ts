import { readFileSync } from 'node:fs';
import { isJsonObject, type JsonObject, referenceIn, targetOf } from './open-api/json-document.ts';
import { toText } from './open-api/open-api-finding.ts';
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

/**
 * The document with everything shared written out where it is used. AWS does not say which references AgentCore follows;
 * a document without any leaves nothing to find out. Only for a document without findings: one that refers to itself never ends.
 */
function withoutReferences(document: JsonObject): JsonObject {
  const writeOut = (value: unknown): unknown => {
    const reference = referenceIn(value);
    if (reference !== undefined) return writeOut(targetOf(document, reference)?.value);
    if (Array.isArray(value)) return value.map(writeOut);
    if (!isJsonObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, writeOut(member)]));
  };
  const { components: _, ...rest } = document;
  return writeOut(rest) as JsonObject;
}

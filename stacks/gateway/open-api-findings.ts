import { documentFindings } from './open-api/document-findings.ts';
import { isJsonObject, type JsonObject } from './open-api/json-document.ts';
import { keywordFindings } from './open-api/keyword-findings.ts';
import { mediaTypeFindings } from './open-api/media-type-findings.ts';
import type { LintOptions, OpenApiFinding } from './open-api/open-api-finding.ts';
import { operationFindings } from './open-api/operation-findings.ts';
import { parameterFindings } from './open-api/parameter-findings.ts';
import { pathFindings } from './open-api/path-findings.ts';
import { referenceFindings } from './open-api/reference-findings.ts';
import { schemaFindings } from './open-api/schema-findings.ts';
import { secretFindings } from './open-api/secret-findings.ts';
import { serverFindings } from './open-api/server-findings.ts';

const rules: readonly ((document: JsonObject, options: LintOptions) => OpenApiFinding[])[] = [
  documentFindings,
  serverFindings,
  referenceFindings,
  keywordFindings,
  pathFindings,
  operationFindings,
  parameterFindings,
  mediaTypeFindings,
  schemaFindings,
  secretFindings,
];

/**
 * What an AgentCore gateway, or the model behind it, would refuse or misread in an OpenAPI document; none means it can be a target.
 * AWS itself says so only as a target that is FAILED, or as calls that fail.
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-schema-openapi.html
 */
export function openApiFindings(document: unknown, options: LintOptions): OpenApiFinding[] {
  if (!isJsonObject(document)) {
    return [{ where: '', what: 'no JSON object', why: 'an OpenAPI document is one', fix: 'give the parsed document' }];
  }
  const found = rules.flatMap((rule) => rule(document, options));
  // What several operations share is looked at once for each of them.
  return [...new Map(found.map((finding) => [`${finding.where} ${finding.what}`, finding])).values()];
}

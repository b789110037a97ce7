import type { JsonObject } from './json-document.ts';
import { nodesOf } from './nodes-of.ts';
import type { OpenApiFinding } from './open-api-finding.ts';

type Reason = Pick<OpenApiFinding, 'why' | 'fix'>;

const composed: Reason = { why: 'AgentCore does not support composed schemas', fix: 'write the one schema that is meant' };
const besideTheBasics: Reason = { why: 'AgentCore supports types, properties, items and required', fix: 'say it in the description' };
const linked: Reason = { why: 'AgentCore does not support it', fix: 'leave it out' };
const secured: Reason = {
  why: 'AgentCore ignores it: the credential provider of the target signs the calls',
  fix: 'leave it out and set up the credential provider',
};
const shown: Reason = {
  why: 'real names and tokens creep into examples, and the model takes them for values',
  fix: 'say it in the description',
};

const refused: Readonly<Record<string, Reason>> = {
  ...toEach(['oneOf', 'anyOf', 'allOf', 'not', 'discriminator'], composed),
  ...toEach(['if', 'then', 'else', 'prefixItems', 'patternProperties', 'dependentSchemas', '$defs', '$dynamicRef'], besideTheBasics),
  ...toEach(['callbacks', 'webhooks', 'links'], linked),
  ...toEach(['security', 'securitySchemes'], secured),
  ...toEach(['example', 'examples'], shown),
  servers: { why: 'the gateway calls the server of the document', fix: 'leave it out here' },
};

/** Keywords that AgentCore refuses or ignores, wherever they stand, also in what no operation uses yet. */
export function keywordFindings(document: JsonObject): OpenApiFinding[] {
  return [...nodesOf(document)].flatMap(({ where, key, isName }) => {
    const reason = isName || where === '/servers' ? undefined : refused[key];
    return reason ? [{ where, what: key, ...reason }] : [];
  });
}

function toEach(keys: readonly string[], reason: Reason): Record<string, Reason> {
  return Object.fromEntries(keys.map((key) => [key, reason]));
}

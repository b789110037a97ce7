import { isFilledText, isJsonObject, type JsonObject, type Located, membersOf, pointerTo, resolve } from './json-document.ts';
import type { OpenApiFinding } from './open-api-finding.ts';
import { type Operation, operationsOf } from './operations-of.ts';

/** Bodies and answers: JSON only, each with its schema; a body is an object, its fields being fields of the tool. */
export function mediaTypeFindings(document: JsonObject): OpenApiFinding[] {
  return operationsOf(document).flatMap((operation) => [...bodyFindings(document, operation), ...responseFindings(document, operation)]);
}

function bodyFindings(document: JsonObject, { where, value }: Operation): OpenApiFinding[] {
  if (value.requestBody === undefined) return [];
  const body = resolve(document, { where: pointerTo(where, 'requestBody'), value: value.requestBody });
  if (!body) return [];
  const found = contentFindings(body);
  const schema = schemaOf(document, body);
  if (found.length === 0 && (!isJsonObject(schema?.value) || schema.value.type !== 'object')) {
    found.push({
      where: schema?.where ?? body.where,
      what: 'a body that is no object',
      why: 'its fields become fields of the tool',
      fix: 'describe an object with properties',
    });
  }
  return found;
}

function responseFindings(document: JsonObject, { where, value }: Operation): OpenApiFinding[] {
  return membersOf(value.responses).flatMap(([status, response]) => {
    const at = resolve(document, { where: pointerTo(where, 'responses', status), value: response });
    if (!at) return [];
    const found = isJsonObject(at.value) && at.value.content !== undefined ? contentFindings(at) : [];
    if (!isJsonObject(at.value) || !isFilledText(at.value.description)) {
      found.push({
        where: pointerTo(at.where, 'description'),
        what: 'a response without a description',
        why: 'OpenAPI asks for it',
        fix: 'say what the answer is',
      });
    }
    return found;
  });
}

function contentFindings({ where, value }: Located): OpenApiFinding[] {
  const types = membersOf(isJsonObject(value) ? value.content : undefined);
  const at = pointerTo(where, 'content');
  if (types.length === 0) return [{ where: at, what: 'no content', why: 'nothing could be sent', fix: 'describe application/json' }];
  return types.flatMap(([type, media]) => {
    if (type !== 'application/json') {
      return [
        { where: pointerTo(at, type), what: type, why: 'AgentCore fully supports application/json only', fix: 'use application/json' },
      ];
    }
    if (isJsonObject(media) && isJsonObject(media.schema)) return [];
    return [{ where: pointerTo(at, type, 'schema'), what: 'no schema', why: 'the form stays unknown', fix: 'describe it' }];
  });
}

function schemaOf(document: JsonObject, { where, value }: Located): Located | undefined {
  const content = isJsonObject(value) && isJsonObject(value.content) ? value.content['application/json'] : undefined;
  const schema = isJsonObject(content) ? content.schema : undefined;
  return resolve(document, { where: pointerTo(where, 'content', 'application/json', 'schema'), value: schema });
}

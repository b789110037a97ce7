import { isFilledText, isJsonObject, type JsonObject, type Located, pointerTo, resolve, shown } from './json-document.ts';
import { modelName } from './model-name.ts';
import type { OpenApiFinding } from './open-api-finding.ts';
import { type Operation, operationsOf } from './operations-of.ts';

/** Parameters become fields of the tool: plain values, under names a model may use, with words that say what to give. */
export function parameterFindings(document: JsonObject): OpenApiFinding[] {
  return operationsOf(document).flatMap((operation) => [
    ...operation.parameters.flatMap((parameter) => findingsAt(document, parameter)),
    ...clashFindings(document, operation),
  ]);
}

function findingsAt(document: JsonObject, { where, value }: Located): OpenApiFinding[] {
  if (!isJsonObject(value) || !isFilledText(value.name)) {
    return [{ where, what: 'a parameter without a name', why: 'nobody could give it', fix: 'write name, in, description and schema' }];
  }
  const found: OpenApiFinding[] = [...placeFindings(where, value), ...serialiserFindings(where, value)];
  const name = modelName(value.name, pointerTo(where, 'name'));
  if (name) found.push(name);
  if (!isFilledText(value.description)) {
    found.push({
      where: pointerTo(where, 'description'),
      what: `${value.name} without a description`,
      why: 'a model fills it in by its words',
      fix: 'say what to give, in which form',
    });
  }
  const schema = resolve(document, { where: pointerTo(where, 'schema'), value: value.schema });
  const type = isJsonObject(schema?.value) ? schema.value.type : undefined;
  if (!['string', 'integer', 'number', 'boolean'].includes(shown(type))) {
    found.push({
      where: schema?.where ?? pointerTo(where, 'schema'),
      what: `${value.name} of type ${JSON.stringify(type)}`,
      why: 'AgentCore sends strings, numbers and booleans; it does not serialise lists or objects',
      fix: 'make it a string, with commas if the API takes a list like that',
    });
  }
  return found;
}

function placeFindings(where: string, value: JsonObject): OpenApiFinding[] {
  const at = pointerTo(where, 'in');
  if (value.in !== 'path' && value.in !== 'query' && value.in !== 'header') {
    return [
      {
        where: at,
        what: `${value.name} in ${shown(value.in)}`,
        why: 'AgentCore fills in path, query and headers',
        fix: 'use one of those',
      },
    ];
  }
  if (value.in === 'header' && /^(?:accept|content-type|authorization)$/i.test(shown(value.name))) {
    return [
      {
        where: pointerTo(where, 'name'),
        what: `the header ${value.name}`,
        why: 'OpenAPI ignores it as a parameter; the credential provider sends Authorization',
        fix: 'leave it out',
      },
    ];
  }
  return [];
}

function serialiserFindings(where: string, value: JsonObject): OpenApiFinding[] {
  const isQuery = value.in === 'query';
  const defaults: JsonObject = { style: isQuery ? 'form' : 'simple', explode: isQuery, allowReserved: false, content: undefined };
  return Object.keys(defaults)
    .filter((key) => value[key] !== undefined && value[key] !== defaults[key])
    .map((key) => ({
      where: pointerTo(where, key),
      what: `${value.name} with ${key} ${JSON.stringify(value[key])}`,
      why: 'AgentCore does not support parameter serialisers',
      fix: `leave ${key} out`,
    }));
}

/** All parameters and the fields of the body become fields of one object. */
function clashFindings(document: JsonObject, { where, value, parameters }: Operation): OpenApiFinding[] {
  const names = parameters.map((one) => (isJsonObject(one.value) ? shown(one.value.name) : ''));
  const twice = names.filter((name, index) => names.indexOf(name) !== index || bodyFieldsOf(document, where, value).includes(name));
  return twice.map((name) => ({
    where: pointerTo(where, 'parameters'),
    what: `${name} twice`,
    why: 'the fields of a tool are one object, in which a name stands for one thing',
    fix: 'leave one of them out',
  }));
}

function bodyFieldsOf(document: JsonObject, where: string, { requestBody }: JsonObject): string[] {
  const body = resolve(document, { where: pointerTo(where, 'requestBody'), value: requestBody })?.value;
  const content = isJsonObject(body) && isJsonObject(body.content) ? body.content['application/json'] : undefined;
  const schema = resolve(document, { where: '', value: isJsonObject(content) ? content.schema : undefined })?.value;
  return isJsonObject(schema) && isJsonObject(schema.properties) ? Object.keys(schema.properties) : [];
}

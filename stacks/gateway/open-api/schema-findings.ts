import { isJsonObject, type JsonObject, membersOf, pointerTo, referenceIn, shown } from './json-document.ts';
import { modelName } from './model-name.ts';
import { nodesOf } from './nodes-of.ts';
import type { OpenApiFinding } from './open-api-finding.ts';

const types = ['string', 'number', 'integer', 'boolean', 'array', 'object'];

/** Schemas say their type, lists what is in them, and fields have names a model may use. */
export function schemaFindings(document: JsonObject): OpenApiFinding[] {
  return [...nodesOf(document)].flatMap(({ where, key, value, isSchema, isProperty }) => {
    const name = isProperty ? modelName(key, where) : undefined;
    const found = isSchema && referenceIn(value) === undefined ? typeFindings(where, value as JsonObject) : [];
    return name ? [name, ...found] : found;
  });
}

function typeFindings(where: string, { type, items, properties, required }: JsonObject): OpenApiFinding[] {
  if (!types.includes(shown(type)) || Array.isArray(type)) {
    const what = type === undefined ? 'a schema without a type' : `the type ${JSON.stringify(type)}`;
    const fix = 'choose one; what may be null has nullable: true';
    return [{ where: pointerTo(where, 'type'), what, why: `AgentCore knows ${types.join(', ')}`, fix }];
  }
  if (type === 'array' && !isJsonObject(items)) {
    return [{ where: pointerTo(where, 'items'), what: 'a list of nothing', why: 'a list says what is in it', fix: 'describe items' }];
  }
  return membersOf(required)
    .filter(([, name]) => !isJsonObject(properties) || !Object.hasOwn(properties, shown(name)))
    .map(([index, name]) => ({
      where: pointerTo(where, 'required', index),
      what: `${shown(name)} is required but not described`,
      why: 'a model cannot fill in what it is told nothing of',
      fix: 'describe it under properties, or do not require it',
    }));
}

import { isJsonObject, type JsonObject, membersOf, pointerTo } from './json-document.ts';

export interface Node {
  readonly where: string;
  readonly key: string;
  readonly value: unknown;
  /** The author chose the key (a path, a property, a component): it is no keyword, whatever it reads like. */
  readonly isName: boolean;
  readonly isProperty: boolean;
  readonly isSchema: boolean;
}

/** What the members of a container are: keywords of OpenAPI or of a schema, or names of further ones. */
type Container = 'object' | 'schema' | 'named objects' | 'named schemas' | 'properties';

const subschemas = new Set(['items', 'additionalProperties', 'not', 'oneOf', 'anyOf', 'allOf', 'prefixItems', 'if', 'then', 'else']);
const namedObjects = new Set([
  'paths',
  'responses',
  'requestBodies',
  'headers',
  'content',
  'parameters',
  'pathItems',
  'callbacks',
  'links',
]);
const data = new Set(['default', 'enum', 'const', 'example', 'examples']);

/** Every value below the document with the part it plays; what is plain data (defaults, enums, extensions) is not entered. */
export function nodesOf(document: JsonObject): Generator<Node> {
  return below(document, '', 'object');
}

function* below(value: unknown, where: string, container: Container): Generator<Node> {
  for (const [key, member] of membersOf(value)) {
    const isName = !Array.isArray(value) && container !== 'object' && container !== 'schema';
    const inside = Array.isArray(value) ? container : insideOf(container, key, member);
    const place = pointerTo(where, key);
    yield {
      where: place,
      key,
      value: member,
      isName,
      isProperty: isName && container === 'properties',
      isSchema: inside === 'schema' && isJsonObject(member),
    };
    if (!isName && (data.has(key) || key.startsWith('x-'))) continue;
    yield* below(member, place, inside);
  }
}

function insideOf(container: Container, key: string, member: unknown): Container {
  switch (container) {
    case 'properties':
    case 'named schemas':
      return 'schema';
    case 'named objects':
      return 'object';
    case 'schema':
      if (key === 'properties') return 'properties';
      return subschemas.has(key) ? 'schema' : 'object';
    case 'object':
      if (key === 'schema') return 'schema';
      if (key === 'schemas') return 'named schemas';
      return namedObjects.has(key) && isJsonObject(member) ? 'named objects' : 'object';
  }
}

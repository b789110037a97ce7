type Part = Record<string, unknown>;
type Place = readonly string[];

/** Where the finding is expected: below the place, or below what the place stands in. */
interface Expected {
  readonly below: readonly string[];
  readonly up?: boolean;
}

export interface Mutation {
  readonly name: string;
  /** Every place in a document where it can be done. */
  readonly places: (document: object) => Place[];
  readonly damage: (part: Part, parent: Part, key: string) => Expected;
}

const inOperations = (name: string, damage: Mutation['damage']): Mutation => ({ name, places: operations, damage });
const inParameters = (name: string, damage: Mutation['damage']): Mutation => ({ name, places: parameters, damage });
const inSchemas = (name: string, damage: Mutation['damage']): Mutation => ({ name, places: schemas, damage });

export const mutations: readonly Mutation[] = [
  ...['oneOf', 'anyOf', 'allOf', 'not', 'example', 'examples'].map((key) => inSchemas(key, (part) => put(part, key, []))),
  inSchemas('an unknown type', (part) => put(part, 'type', 'file')),
  inSchemas('a token in a default', (part) => put(part, 'default', `Bearer ${'a1'.repeat(10)}`)),
  {
    name: 'a list of nothing',
    places: (document) => schemas(document).filter((place) => typeAt(document, place) === 'array'),
    damage: (part) => drop(part, 'items'),
  },
  {
    name: 'a field with a bad name',
    places: (document) => schemas(document).filter((place) => typeAt(document, place) === 'object' && 'properties' in at(document, place)),
    damage: (part) => {
      put(part.properties as Part, 'ids[]', { type: 'string' });
      return { below: ['properties', 'ids[]'] };
    },
  },
  {
    name: 'a reference to nothing',
    places: references,
    damage: (part) => ({ ...put(part, '$ref', '#/components/schemas/Missing'), below: [] }),
  },
  {
    name: 'a reference to a file',
    places: references,
    damage: (part) => ({ ...put(part, '$ref', 'https://example.com/a.json'), below: [] }),
  },
  {
    name: 'a schema that contains itself',
    places: (document) => ofComponents(document, 'schemas'),
    damage: (part, _, key) => {
      part.properties = { ...(part.properties as Part), again: { $ref: `#/components/schemas/${key}` } };
      return { below: ['properties', 'again'] };
    },
  },
  inOperations('no operationId', (part) => drop(part, 'operationId')),
  inOperations('an operationId with a space', (part) => put(part, 'operationId', 'list all')),
  inOperations('an operationId too long', (part) => put(part, 'operationId', 'list'.repeat(16))),
  inOperations('an operation without words', (part) => drop(part, 'description')),
  inOperations('a token in a description', (part) => put(part, 'description', `Authorization: Token token=${'y'.repeat(20)}`)),
  inOperations('callbacks', (part) => put(part, 'callbacks', {})),
  inOperations('security', (part) => put(part, 'security', [])),
  inOperations('a server of its own', (part) => put(part, 'servers', [{ url: 'https://elsewhere.example.com' }])),
  inOperations('no answer', (part) => put(part, 'responses', {})),
  inOperations('a write', (part, parent, key) => {
    delete parent[key];
    parent.delete = { ...part, operationId: 'deleteIt' };
    return { up: true, below: ['delete'] };
  }),
  inOperations('a name twice', (part) => {
    const one = { name: 'twice', in: 'query', description: 'One.', schema: { type: 'string' } };
    part.parameters = [...((part.parameters as unknown[]) ?? []), one, { ...one, in: 'header' }];
    return { below: ['parameters'] };
  }),
  inParameters('a parameter without words', (part) => drop(part, 'description')),
  inParameters('brackets in a name', (part) => put(part, 'name', `${part.name}[]`)),
  inParameters('a style', (part) => put(part, 'style', 'pipeDelimited')),
  inParameters('an explode', (part) => put(part, 'explode', part.in !== 'query')),
  inParameters('a list', (part) => put(part, 'schema', { type: 'array', items: { type: 'string' } })),
  inParameters('a cookie', (part) => put(part, 'in', 'cookie')),
  {
    name: 'an optional path variable',
    places: (document) => parameters(document).filter((place) => at(document, place).in === 'path'),
    damage: (part) => drop(part, 'required'),
  },
  { name: 'a path with a query', places: paths, damage: (part, parent, key) => renameTo(`${key}?all=true`, part, parent, key) },
  { name: 'a path with a serialiser', places: paths, damage: (part, parent, key) => renameTo(`${key}{?all}`, part, parent, key) },
  { name: 'an answer of another kind', places: jsonContents, damage: (part, parent, key) => renameTo('text/html', part, parent, key) },
  { name: 'Swagger', places: () => [['info']], damage: (_, parent) => ({ up: true, below: put(parent, 'openapi', '2.0').below }) },
  { name: 'a server to choose', places: () => [['servers', '0']], damage: (part) => put(part, 'url', 'https://{site}.atlassian.net') },
];

export function at(document: object, place: Place): Part {
  return place.reduce((value, key) => value[key] as Part, document as Part);
}

function put(part: Part, key: string, value: unknown): Expected {
  part[key] = value;
  return { below: [key] };
}

function drop(part: Part, key: string): Expected {
  delete part[key];
  return { below: [key] };
}

function renameTo(name: string, part: Part, parent: Part, key: string): Expected {
  delete parent[key];
  parent[name] = part;
  return { up: true, below: [name] };
}

function paths(document: object): Place[] {
  return Object.keys(at(document, ['paths'])).map((path) => ['paths', path]);
}

function operations(document: object): Place[] {
  return paths(document).flatMap((path) => Object.keys(at(document, path)).map((method) => [...path, method]));
}

function ofComponents(document: object, kind: string): Place[] {
  return Object.keys(at(document, ['components', kind])).map((name) => ['components', kind, name]);
}

function parameters(document: object): Place[] {
  return allOf(document, (part) => typeof part.name === 'string' && typeof part.in === 'string');
}

function schemas(document: object): Place[] {
  return allOf(document, (part) => typeof part.type === 'string');
}

function references(document: object): Place[] {
  return allOf(document, (part) => typeof part.$ref === 'string');
}

function jsonContents(document: object): Place[] {
  return allOf(document, (part) => 'application/json' in part).map((place) => [...place, 'application/json']);
}

function typeAt(document: object, place: Place) {
  return at(document, place).type;
}

function allOf(value: unknown, isWanted: (part: Part) => boolean, place: Place = []): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const here = !Array.isArray(value) && isWanted(value as Part) ? [place] : [];
  return [...here, ...Object.entries(value).flatMap(([key, member]) => allOf(member, isWanted, [...place, key]))];
}

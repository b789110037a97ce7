import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { usableSchema } from '../../src/mcp/input-schema.ts';

// Cases from outside: B16-schemas-not-2020-12, B18-properties-null.
const text = { type: 'string' };

test.each([
  ['none', undefined, { type: 'object', properties: {} }],
  ['an empty one', {}, { type: 'object', properties: {} }],
  ['one without a type', { properties: { a: text } }, { type: 'object', properties: { a: text } }],
  ['one that may be null', { type: ['object', 'null'], properties: { a: text } }, { type: 'object', properties: { a: text } }],
  [
    'one that names its dialect',
    { $schema: 'http://json-schema.org/draft-07/schema#', $id: 'x', type: 'object' },
    { type: 'object', properties: {} },
  ],
  [
    'one of two forms',
    {
      type: 'object',
      properties: { a: text },
      required: ['a'],
      oneOf: [{ properties: { b: text }, required: ['b'] }, { properties: { c: text } }],
    },
    { type: 'object', properties: { a: text, b: text, c: text }, required: ['a'] },
  ],
  [
    'all of two forms',
    {
      allOf: [
        { properties: { b: text }, required: ['b'] },
        { properties: { c: text }, required: ['c', 'b'] },
      ],
    },
    { type: 'object', properties: { b: text, c: text }, required: ['b', 'c'] },
  ],
  [
    'one that demands what it does not have',
    { type: 'object', properties: { a: text }, required: ['z'] },
    { type: 'object', properties: { a: text } },
  ],
])('%s becomes an object that Bedrock takes', (_, given, schema) => {
  expect(usableSchema(given)?.schema).toEqual(schema);
});

test.each([
  ['an array', { type: 'array' }],
  ['a text', 'object'],
  ['null', null],
  ['a reference on top', { $ref: '#/$defs/x' }],
  ['one on top that leads round in a circle', { $ref: '#' }],
  [
    'one that leads round in circles within circles',
    { allOf: Array.from({ length: 20 }, () => ({ anyOf: Array(20).fill({ $ref: '#' }) })) },
  ],
  ['a text in the form of an object', { allOf: [{ type: 'string' }] }],
  ['a very long one', { properties: { a: { description: 'x'.repeat(30_000) } } }],
])('%s cannot be made so', (_, given) => {
  expect(usableSchema(given)).toBeUndefined();
});

test.each([
  [
    'B16 draft 4',
    { properties: { limit: { type: 'integer', minimum: 0, exclusiveMinimum: true }, other: { maximum: 9, exclusiveMaximum: false } } },
    { properties: { limit: { type: 'integer', exclusiveMinimum: 0 }, other: { maximum: 9 } } },
  ],
  ['B16 draft 3', { properties: { q: { type: 'string', required: true } } }, { properties: { q: text }, required: ['q'] }],
  ['B16 any', { properties: { filter: { type: 'any' } } }, { properties: { filter: {} } }],
  [
    'B16 a tuple',
    { properties: { range: { type: 'array', items: [{ type: 'number' }, { type: 'number' }], additionalItems: false } } },
    { properties: { range: { type: 'array', prefixItems: [{ type: 'number' }, { type: 'number' }], items: false } } },
  ],
  ['B18 nulls', { properties: null, required: null }, { properties: {} }],
  [
    'nulls where they mean something',
    { properties: { a: { type: ['string', 'null'], default: null, enum: ['x', null], description: null } } },
    { properties: { a: { type: ['string', 'null'], default: null, enum: ['x', null] } } },
  ],
  [
    'types as programs call them',
    { properties: { a: { type: 'STRING' }, b: { type: ['int', 'None'] }, c: { type: 'dict' } } },
    { properties: { a: text, b: { type: ['integer', 'null'] }, c: { type: 'object' } } },
  ],
  [
    'limits that are none',
    {
      properties: {
        a: { type: 'string', minLength: -1, maxLength: '9', enum: 'x', pattern: '(?P<a>x', description: 7 },
        b: 'text',
        c: true,
      },
    },
    { properties: { a: text, b: {}, c: {} } },
  ],
  [
    'the same further down, wherever a schema may be',
    { properties: { a: { anyOf: [{ type: 'any' }, { items: [text] }], additionalProperties: { required: true } } } },
    { properties: { a: { anyOf: [{}, { prefixItems: [text] }], additionalProperties: {} } } },
  ],
  [
    'references that lead nowhere, or elsewhere',
    {
      properties: { a: { $ref: '#/$defs/gone', description: 'A' }, b: { $ref: 'https://example.com/schema' }, c: { $ref: '#/$defs/x' } },
      $defs: { x: text },
    },
    { properties: { a: { description: 'A' }, b: {}, c: { $ref: '#/$defs/x' } }, $defs: { x: text } },
  ],
  [
    'a reference on top and in a branch',
    { $ref: '#/definitions/x', definitions: { x: { anyOf: [{ $ref: '#/definitions/y' }] }, y: { properties: { a: text } } } },
    { properties: { a: text }, definitions: { x: { anyOf: [{ $ref: '#/definitions/y' }] }, y: { properties: { a: text } } } },
  ],
  [
    'a schema that contains itself',
    { properties: { children: { type: 'array', items: { $ref: '#' } } } },
    { properties: { children: { type: 'array', items: { $ref: '#' } } } },
  ],
])('%s: what is plainly meant is said in the words of draft 2020-12', (_, given, schema) => {
  expect(usableSchema({ type: 'object', ...given })?.schema).toEqual({ type: 'object', ...schema });
});

test('illegal names further down are legal ones too, and the server gets its own back', () => {
  const inner = { type: 'object', properties: { 'b c': text }, required: ['b c'] };
  const usable = usableSchema({ properties: { 'a/x': { type: 'array', items: inner }, same: { $ref: '#/properties/a~1x/items' } } });
  const [outside = '', inside = ''] = [...JSON.stringify(usable?.schema).matchAll(/"(\w+_[0-9a-f]{8})":/g)].map(([, name]) => name);
  expect(usable?.schema).toMatchObject({
    properties: { [outside]: { items: { required: [inside] } }, same: { $ref: `#/properties/${outside}/items` } },
  });
  expect(usable?.toServer({ [outside]: [{ [inside]: 'x', y: 1 }], same: { [inside]: 'z' } })).toEqual({
    'a/x': [{ 'b c': 'x', y: 1 }],
    same: { 'b c': 'z' },
  });
});

const keyword = fc.constantFrom(
  ...['type', 'properties', 'required', 'items', 'additionalItems', '$ref', '$defs', 'enum', 'anyOf', 'allOf', 'oneOf', 'not', 'minimum'],
  ...[
    'exclusiveMinimum',
    'maxLength',
    'pattern',
    'patternProperties',
    'additionalProperties',
    'dependencies',
    'description',
    'format',
    'if',
  ],
);
const name = fc.constantFrom('a', 'b c', '$defs', 'properties');
const said = fc.constantFrom('string', 'any', 'object', true, false, null, '#/$defs/a', '#');

/** Words of every draft, each with anything at all behind it. */
function anySchema(depth: number): fc.Arbitrary<unknown> {
  if (depth === 0) return said;
  const inner = anySchema(depth - 1);
  const value = fc.oneof(
    inner,
    said,
    fc.jsonValue({ maxDepth: 1 }),
    fc.array(inner, { maxLength: 2 }),
    fc.dictionary(name, inner, { maxKeys: 2 }),
  );
  return fc.dictionary(keyword, value, { maxKeys: 4 });
}

test('B16 whatever a server sends: it is left out, or a schema that a validator of draft 2020-12 compiles, with every reference', () => {
  fc.assert(
    fc.property(anySchema(3), (given) => {
      const schema = usableSchema(given)?.schema;
      if (!schema) return;
      new Ajv2020({ strict: false, validateFormats: false, logger: false }).compile(schema);
      expect(schema.type).toBe('object');
      expect(Object.keys(schema)).not.toEqual(expect.arrayContaining(['anyOf']));
    }),
    { numRuns: 200 },
  );
});

test('any property name becomes a legal one, and the server gets its own back', () => {
  const names = fc.uniqueArray(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 90 }).filter((name) => name !== '__proto__'),
    { maxLength: 8 },
  );
  fc.assert(
    fc.property(names, (given) => {
      const usable = usableSchema({ properties: Object.fromEntries(given.map((name) => [name, text])), required: given });
      const legal = Object.keys((usable?.schema.properties ?? {}) as object);
      expect(legal).toHaveLength(given.length);
      for (const name of legal) expect(name).toMatch(/^[a-zA-Z0-9_.-]{1,64}$/);
      const input = Object.fromEntries(legal.map((name) => [name, name]));
      expect(Object.keys(usable?.toServer(input) ?? {}).sort()).toEqual([...given].sort());
    }),
  );
});

test('a plain schema is left as it is', () => {
  const schema = {
    type: 'object',
    properties: { a: text, 'b.c-d': { type: 'object', properties: { e: text } } },
    required: ['a'],
    additionalProperties: false,
  };
  expect(usableSchema(schema)?.schema).toEqual(schema);
});

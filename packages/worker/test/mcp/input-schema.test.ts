import fc from 'fast-check';
import { expect, test } from 'vitest';
import { usableSchema } from '../../src/mcp/input-schema.ts';

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
  ['a reference to elsewhere', { properties: { a: { $ref: 'https://example.com/schema' } } }],
  ['an illegal name further down', { properties: { a: { type: 'object', properties: { 'b c': text } } } }],
  ['a very long one', { properties: { a: { description: 'x'.repeat(30_000) } } }],
])('%s cannot be made so', (_, given) => {
  expect(usableSchema(given)).toBeUndefined();
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

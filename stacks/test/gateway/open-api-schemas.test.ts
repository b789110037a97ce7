import { expect, it } from 'vitest';
import { openApiFindings } from '../../gateway/open-api-findings.ts';
import { type Break, extra, smallDocument, whereGet, wherePost } from './small-document.ts';

const options = { target: 'parcels' };
const parcel = '/components/schemas/Parcel';
const sent = `${wherePost}/requestBody/content`;
const jwt = ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiIxIn0', 'c2lnbmF0dXJl'].join('.');

const breaks: readonly Break[] = [
  ['a body that is XML', ({ content, body }) => Object.assign(content, { 'text/xml': { schema: body } }), `${sent}/text~1xml`, /text\/xml/],
  ['a body of nothing', ({ content }) => delete content['application/json'], sent, /no content/],
  [
    'a body without a schema',
    ({ content }) => Object.assign(content, { 'application/json': {} }),
    `${sent}/application~1json/schema`,
    /no schema/,
  ],
  [
    'a body that is a list',
    ({ content }) => Object.assign(content, { 'application/json': { schema: { type: 'array', items: { type: 'string' } } } }),
    `${sent}/application~1json/schema`,
    /no object/,
  ],
  [
    'an answer that is text',
    ({ response }) => Object.assign(response, { content: { 'text/plain': {} } }),
    `${whereGet}/responses/200/content/text~1plain`,
    /text\/plain/,
  ],
  [
    'an answer without words',
    ({ response }) => delete response.description,
    `${whereGet}/responses/200/description`,
    /without a description/,
  ],
  ['links', ({ response }) => Object.assign(response, { links: {} }), `${whereGet}/responses/200/links`, /links/],
  ['callbacks', ({ get }) => Object.assign(get, { callbacks: {} }), `${whereGet}/callbacks`, /callbacks/],
  ['webhooks', ({ document }) => Object.assign(document, { webhooks: {} }), '/webhooks', /webhooks/],
  ['security', ({ document }) => Object.assign(document, { security: [] }), '/security', /security/],
  ['security of an operation', ({ get }) => Object.assign(get, { security: [{ token: [] }] }), `${whereGet}/security`, /security/],
  [
    'security schemes',
    ({ components }) => Object.assign(components, { securitySchemes: {} }),
    '/components/securitySchemes',
    /securitySchemes/,
  ],

  ['oneOf', ({ fields }) => Object.assign(fields, { id: { type: 'string', oneOf: [] } }), `${parcel}/properties/id/oneOf`, /oneOf/],
  ['anyOf', ({ parcel: schema }) => Object.assign(schema, { anyOf: [{ type: 'object' }] }), `${parcel}/anyOf`, /anyOf/],
  ['allOf in a body', ({ body }) => Object.assign(body, { allOf: [] }), `${sent}/application~1json/schema/allOf`, /allOf/],
  [
    'not',
    ({ schemas }) => Object.assign(schemas, { Unused: { type: 'object', not: { type: 'string' } } }),
    '/components/schemas/Unused/not',
    /not/,
  ],
  [
    'a composed item',
    ({ fields }) => Object.assign(fields, { ids: listOf({ type: 'string', oneOf: [] }) }),
    `${parcel}/properties/ids/items/oneOf`,
    /oneOf/,
  ],
  ['a type too many', ({ fields }) => Object.assign(fields, { id: { type: ['string', 'null'] } }), `${parcel}/properties/id/type`, /null/],
  ['no type', ({ fields }) => Object.assign(fields, { id: {} }), `${parcel}/properties/id/type`, /without a type/],
  [
    'a list of nothing',
    ({ fields }) => Object.assign(fields, { stops: { type: 'array' } }),
    `${parcel}/properties/stops/items`,
    /list of nothing/,
  ],
  ['a field with a space', ({ fields }) => Object.assign(fields, { 'a b': { type: 'string' } }), `${parcel}/properties/a b`, /a b/],
  [
    'a field of 65',
    ({ fields }) => Object.assign(fields, { ['x'.repeat(65)]: { type: 'string' } }),
    `${parcel}/properties/${'x'.repeat(65)}`,
    /xxx/,
  ],
  [
    'a required field that is none',
    ({ body }) => Object.assign(body, { required: ['where'] }),
    `${sent}/application~1json/schema/required/0`,
    /where/,
  ],

  [
    'a reference to nothing',
    ({ fields }) => Object.assign(fields, { id: { $ref: '#/components/schemas/Id' } }),
    `${parcel}/properties/id`,
    /Id/,
  ],
  ['a reference to a file', ({ fields }) => Object.assign(fields, { id: { $ref: 'id.json' } }), `${parcel}/properties/id`, /id\.json/],
  ['a reference into a path', ({ fields }) => Object.assign(fields, { id: { $ref: `#${wherePost}` } }), `${parcel}/properties/id`, /count/],
  ['a schema in itself', ({ fields }) => Object.assign(fields, { next: { $ref: `#${parcel}` } }), `${parcel}/properties/next`, /Parcel/],
  [
    'a reference to itself',
    ({ schemas }) => Object.assign(schemas, { A: { $ref: '#/components/schemas/A' } }),
    '/components/schemas/A',
    /A$/,
  ],
  [
    'words beside a reference',
    ({ parameters }) => Object.assign(parameters[1] ?? {}, { description: 'Other words.' }),
    `${whereGet}/parameters/1`,
    /language/,
  ],

  ['an example', ({ language }) => Object.assign(language, { example: 'de' }), '/components/parameters/language/example', /example/],
  [
    'examples',
    ({ fields }) => Object.assign(fields, { id: { type: 'string', examples: ['P1'] } }),
    `${parcel}/properties/id/examples`,
    /examples/,
  ],
  ['a token', ({ get }) => Object.assign(get, { description: `Send Bearer ${'a1'.repeat(10)}` }), `${whereGet}/description`, /credential/],
  [
    'a JWT',
    ({ parameters }) => parameters.push({ ...extra, schema: { type: 'string', default: jwt } }),
    `${whereGet}/parameters/2/schema/default`,
    /JWT/,
  ],
  ['an AWS key', ({ info }) => Object.assign(info, { description: `AKIA${'ABCD'.repeat(4)}` }), '/info/description', /AWS access key/],
];

it.each(breaks)('finds %s, and nothing else', (_, damage, where, what) => {
  const parts = smallDocument();
  damage(parts);
  expect(openApiFindings(parts.document, options)).toEqual([
    { where, what: expect.stringMatching(what), why: expect.any(String), fix: expect.any(String) },
  ]);
});

it('finds both ends of a circle of two', () => {
  const { document, schemas } = smallDocument();
  Object.assign(schemas, { A: listOf({ $ref: '#/components/schemas/B' }), B: listOf({ $ref: '#/components/schemas/A' }) });
  expect(openApiFindings(document, options).map(({ where }) => where)).toEqual([
    '/components/schemas/A/items',
    '/components/schemas/B/items',
  ]);
});

it('leaves fields alone that are only called like keywords', () => {
  const { document, fields } = smallDocument();
  for (const name of ['oneOf', 'not', 'links', 'security', 'example', 'servers', 'properties', 'schema', '$defs', 'items']) {
    fields[name.replace('$', '')] = { type: 'object', properties: { type: { type: 'string' } } };
  }
  expect(openApiFindings(document, options)).toEqual([]);
});

it('leaves plain data alone, whatever it holds', () => {
  const { document, fields } = smallDocument();
  fields.kind = { type: 'string', enum: ['oneOf', 'example'], default: 'oneOf', 'x-note': { anyOf: [] } };
  expect(openApiFindings(document, options)).toEqual([]);
});

it('takes 10 MB from S3 and 1 MB inline', () => {
  const { document, info } = smallDocument();
  info.description = 'x'.repeat(1024 * 1024);
  expect(openApiFindings(document, options)).toEqual([]);
  expect(openApiFindings(document, { ...options, source: 'inline' })).toMatchObject([{ where: '', what: '1.0 MB' }]);
  info.description = 'x'.repeat(10 * 1024 * 1024);
  expect(openApiFindings(document, options)).toMatchObject([{ where: '', what: '10.0 MB' }]);
});

it('lets through GET only, and what is known to read, where only reads are wanted', () => {
  const { document } = smallDocument();
  expect(openApiFindings(document, { ...options, readsOnly: { exceptFor: [] } })).toMatchObject([
    { where: wherePost, what: 'countParcels with POST' },
  ]);
  expect(openApiFindings(document, { ...options, readsOnly: { exceptFor: ['countParcels'] } })).toEqual([]);
});

it.each([undefined, null, 'openapi: 3.0.3', []])('says so when %j is given instead of a document', (value) => {
  expect(openApiFindings(value, options)).toMatchObject([{ where: '', what: 'no JSON object' }]);
});

function listOf(items: object) {
  return { type: 'array', items };
}

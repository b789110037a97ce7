import { expect, it } from 'vitest';
import { openApiFindings } from '../../gateway/open-api-findings.ts';
import { type Break, extra, smallDocument, whereGet, wherePost } from './small-document.ts';

const options = { target: 'parcels' };

it('finds nothing in a document that keeps every rule', () => {
  expect(openApiFindings(smallDocument().document, options)).toEqual([]);
});

const breaks: readonly Break[] = [
  ['Swagger 2', ({ document }) => Object.assign(document, { openapi: undefined, swagger: '2.0' }), '/openapi', /"2\.0"/],
  ['OpenAPI 3.2', ({ document }) => Object.assign(document, { openapi: '3.2.0' }), '/openapi', /3\.2\.0/],
  ['no title', ({ info }) => Object.assign(info, { title: ' ' }), '/info/title', /no title/],
  ['no version of the document', ({ info }) => delete info.version, '/info/version', /no version/],
  ['no operation', ({ document }) => Object.assign(document, { paths: {} }), '/paths', /no operation/],

  ['no server', ({ document }) => Object.assign(document, { servers: [] }), '/servers', /0 servers/],
  ['two servers', ({ document, server }) => Object.assign(document, { servers: [server, server] }), '/servers', /2 servers/],
  ['a server without an address', ({ server }) => delete server.url, '/servers/0/url', /no text/],
  ['a server on http', ({ server }) => Object.assign(server, { url: 'http://api.example.com' }), '/servers/0/url', /not https/],
  ['a relative server', ({ server }) => Object.assign(server, { url: '/v1' }), '/servers/0/url', /no absolute address/],
  ['a server to be chosen', ({ server }) => Object.assign(server, { url: 'https://{site}.example.com' }), '/servers/0/url', /variables/],
  ['variables of a server', ({ server }) => Object.assign(server, { variables: {} }), '/servers/0/variables', /variables/],
  ['a slash at its end', ({ server }) => Object.assign(server, { url: 'https://api.example.com/' }), '/servers/0/url', /slash/],
  ['a query in it', ({ server }) => Object.assign(server, { url: 'https://api.example.com?a=b' }), '/servers/0/url', /query/],
  ['a user in it', ({ server }) => Object.assign(server, { url: 'https://me@api.example.com' }), '/servers/0/url', /credential/],
  ['a server by number', ({ server }) => Object.assign(server, { url: 'https://10.0.0.1' }), '/servers/0/url', /public host name/],
  ['a private server', ({ server }) => Object.assign(server, { url: 'https://api.internal' }), '/servers/0/url', /public host name/],
  ['a server of an operation', ({ get }) => Object.assign(get, { servers: [] }), `${whereGet}/servers`, /servers/],

  [
    'a query in a path',
    ({ paths, post }) => Object.assign(paths, { '/parcels/count': {}, '/p?open': { post } }),
    '/paths/~1p?open',
    /\?open/,
  ],
  ['a serialiser in a path', ({ paths }) => Object.assign(paths, { '/p{;id}': {} }), '/paths/~1p{;id}', /the path/],
  [
    'a path that is a reference',
    ({ paths }) => Object.assign(paths, { '/p': { $ref: '#/components/schemas/Parcel' } }),
    '/paths/~1p',
    /instead/,
  ],
  ['a path variable nobody declares', ({ parameters }) => parameters.shift(), `${whereGet}/parameters`, /parcelId is not declared/],
  ['an optional one', ({ parameters }) => delete parameters[0]?.required, `${whereGet}/parameters/0/required`, /not required/],
  [
    'a path parameter without its variable',
    ({ parameters }) => parameters.push({ ...extra, in: 'path', required: true }),
    `${whereGet}/parameters/2`,
    /extra/,
  ],

  ['no operationId', ({ get }) => delete get.operationId, `${whereGet}/operationId`, /no operationId/],
  ['a dot in an operationId', ({ get }) => Object.assign(get, { operationId: 'get.it' }), `${whereGet}/operationId`, /get\.it/],
  ['a tool name of 65', ({ get }) => Object.assign(get, { operationId: 'x'.repeat(55) }), `${whereGet}/operationId`, /\(65 char/],
  ['an operationId twice', ({ post }) => Object.assign(post, { operationId: 'getParcel' }), `${wherePost}/operationId`, /a second time/],
  ['an operation without words', ({ get }) => Object.assign(get, { description: '' }), `${whereGet}/description`, /no description/],
  ['an operation without an answer', ({ get }) => Object.assign(get, { responses: {} }), `${whereGet}/responses`, /no successful/],

  [
    'brackets in a name',
    ({ parameters }) => parameters.push({ ...extra, name: 'states[]' }),
    `${whereGet}/parameters/2/name`,
    /states\[\]/,
  ],
  ['a name of 65', ({ parameters }) => parameters.push({ ...extra, name: 'x'.repeat(65) }), `${whereGet}/parameters/2/name`, /xxx/],
  ['no name', ({ parameters }) => parameters.push({ in: 'query' }), `${whereGet}/parameters/2`, /without a name/],
  ['a parameter without words', ({ parameters }) => delete parameters[0]?.description, `${whereGet}/parameters/0/description`, /parcelId/],
  ['a shared one without', ({ language }) => delete language.description, '/components/parameters/language/description', /language/],
  ['a cookie', ({ parameters }) => parameters.push({ ...extra, in: 'cookie' }), `${whereGet}/parameters/2/in`, /in cookie/],
  [
    'a header that is HTTP’s own',
    ({ parameters }) => parameters.push({ ...extra, in: 'header', name: 'Accept' }),
    `${whereGet}/parameters/2/name`,
    /Accept/,
  ],
  [
    'a list',
    ({ language }) => Object.assign(language, { schema: { type: 'array', items: { type: 'string' } } }),
    '/components/parameters/language/schema',
    /"array"/,
  ],
  [
    'an object',
    ({ parameters }) => parameters.push({ ...extra, schema: { type: 'object' } }),
    `${whereGet}/parameters/2/schema`,
    /"object"/,
  ],
  ['a style', ({ parameters }) => parameters.push({ ...extra, style: 'deepObject' }), `${whereGet}/parameters/2/style`, /deepObject/],
  ['no explode', ({ parameters }) => parameters.push({ ...extra, explode: false }), `${whereGet}/parameters/2/explode`, /explode false/],
  ['a name in two places', ({ parameters }) => parameters.push({ ...extra, name: 'parcelId' }), `${whereGet}/parameters`, /parcelId twice/],
  [
    'a name in the body too',
    ({ post }) => Object.assign(post, { parameters: [{ ...extra, name: 'place' }] }),
    `${wherePost}/parameters`,
    /place/,
  ],
];

it.each(breaks)('finds %s, and nothing else', (_, damage, where, what) => {
  const parts = smallDocument();
  damage(parts);
  expect(openApiFindings(parts.document, options)).toEqual([
    { where, what: expect.stringMatching(what), why: expect.any(String), fix: expect.any(String) },
  ]);
});

it('finds everything that is broken, not only the first', () => {
  const { document, info, server, get, language } = smallDocument();
  delete info.title;
  server.url = 'http://api.example.com';
  delete get.description;
  language.schema = { type: 'object' };
  expect(openApiFindings(document, options).map(({ where }) => where)).toEqual([
    '/info/title',
    '/servers/0/url',
    `${whereGet}/description`,
    '/components/parameters/language/schema',
  ]);
});

it('takes the defaults of serialisation when they are written out', () => {
  const { document, parameters } = smallDocument();
  parameters.push({ ...extra, style: 'form', explode: true });
  Object.assign(parameters[0] ?? {}, { style: 'simple', explode: false });
  expect(openApiFindings(document, options)).toEqual([]);
});

it('measures the name of the tool with the target in front', () => {
  const target = 't'.repeat(50);
  expect(openApiFindings(smallDocument().document, { target }).map(({ what }) => what)).toEqual([
    `the tool name ${target}___countParcels (65 characters)`,
  ]);
});

type Part = Record<string, unknown>;

/** The smallest document with one of everything, and its parts at hand, made new for each test that breaks something in it. */
export function smallDocument() {
  const parameters: Part[] = [
    { name: 'parcelId', in: 'path', required: true, description: 'The id.', schema: { type: 'string' } },
    { $ref: '#/components/parameters/language' },
  ];
  const response: Part = {
    description: 'The parcel.',
    content: { 'application/json': { schema: { $ref: '#/components/schemas/Parcel' } } },
  };
  const get: Part = { operationId: 'getParcel', description: 'Reads one parcel.', parameters, responses: { 200: response } };
  const body: Part = { type: 'object', properties: { place: { type: 'string' } }, required: ['place'] };
  const content: Part = { 'application/json': { schema: body } };
  const post: Part = {
    operationId: 'countParcels',
    description: 'Counts parcels.',
    requestBody: { content },
    responses: { 200: { description: 'The number.', content: { 'application/json': { schema: { type: 'integer' } } } } },
  };
  const language: Part = { name: 'language', in: 'query', description: 'The language.', schema: { type: 'string' } };
  const fields: Part = { id: { type: 'string' }, stops: { type: 'array', items: { type: 'string' } } };
  const parcel: Part = { type: 'object', properties: fields };
  const paths: Part = { '/parcels/{parcelId}': { get }, '/parcels/count': { post } };
  const schemas: Part = { Parcel: parcel };
  const components: Part = { parameters: { language }, schemas };
  const server: Part = { url: 'https://api.example.com/v1' };
  const info: Part = { title: 'Parcels', version: '1.0.0' };
  const document: Part = { openapi: '3.0.3', info, servers: [server], paths, components };
  return { document, info, server, paths, get, post, parameters, response, body, content, language, parcel, fields, schemas, components };
}

export type SmallDocument = ReturnType<typeof smallDocument>;

/** A break: what it is called, how it is done, where it is found, and what is said. */
export type Break = readonly [name: string, damage: (parts: SmallDocument) => unknown, where: string, what: RegExp];

export const whereGet = '/paths/~1parcels~1{parcelId}/get';
export const wherePost = '/paths/~1parcels~1count/post';
export const extra = { name: 'extra', in: 'query', description: 'More.', schema: { type: 'string' } };

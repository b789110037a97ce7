import { type Listening, listen } from '@vera/stand-in-kit/listen';

/** An API as small as can be: what it is asked, it says again. */
export const weatherDocument = {
  openapi: '3.0.3',
  info: { title: 'Weather', version: '1.0.0' },
  servers: [{ url: 'https://weather.example' }],
  paths: {
    '/cities/{city}/forecast': {
      get: {
        operationId: 'getForecast',
        description: 'The forecast of a city: rain, wind, sun.',
        parameters: [
          { $ref: '#/components/parameters/city' },
          { name: 'days', in: 'query', description: 'How many days', schema: { type: 'integer' } },
          { name: 'units', in: 'query', schema: { type: 'array', items: { type: 'string' } } },
        ],
        responses: { '200': { description: 'ok' } },
      },
    },
    '/reports': {
      post: {
        operationId: 'countReports',
        description: 'Counts reports of hail.',
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { type: 'object', properties: { since: { type: 'string', description: 'A day' } }, required: ['since'] },
            },
          },
        },
        responses: { '200': { description: 'ok' } },
      },
    },
    '/health': { get: { responses: { '200': { description: 'No operationId, no tool' } } } },
  },
  components: { parameters: { city: { name: 'city', in: 'path', required: true, description: 'The city', schema: { type: 'string' } } } },
};

export const weatherKey = 'key-of-the-weather';

export function startWeather(): Promise<Listening> {
  return listen(async (request) => {
    const { pathname, searchParams } = new URL(request.url);
    if (request.headers.get('authorization') !== `Token ${weatherKey}`) return Response.json({ error: 'who are you?' }, { status: 401 });
    if (pathname.includes('Nowhere')) return Response.json({ error: 'no such city' }, { status: 404 });
    if (pathname.includes('Slowtown')) await new Promise((resolve) => setTimeout(resolve, 5_000).unref());
    return Response.json({
      method: request.method,
      path: pathname,
      query: [...searchParams],
      body: request.method === 'POST' ? await request.json() : undefined,
    });
  });
}

import { type Listening, listen } from '@vera/emulators/listen';
import type { SlackEmulator } from '@vera/emulators/slack/contract';
import { type Context, Hono } from 'hono';
import { createActions } from './page-server/actions.ts';
import { answerFile } from './page-server/answer-file.ts';
import { documentPage, missingDocumentPage } from './page-server/document-page.ts';
import { guard } from './page-server/guard.ts';
import { InputError } from './page-server/input-error.ts';
import { pageStateOf } from './page-server/page-state-of.ts';
import { readDocument } from './page-server/read-document.ts';
import { securityHeaders } from './page-server/security-headers.ts';
import { staticFile } from './page-server/static-file.ts';
import { streamEvents } from './page-server/stream-events.ts';
import type { Road } from './road.ts';

export interface PageServerParts {
  readonly slack: SlackEmulator;
  readonly road: Road;
  readonly documentsFolder: string;
  /** `index.html` and the bundled script and style. */
  readonly pageFolder: string;
  readonly port: number;
}

/** Serves the page and what it needs, on loopback and to that page only. Rejects with EADDRINUSE when the port is taken. */
export function createPageServer({ slack, road, documentsFolder, pageFolder, port }: PageServerParts): Promise<Listening> {
  const app = new Hono();
  app.use(securityHeaders, guard);
  app.route('/api', createActions(slack));
  app.get('/api/state', (context) => context.json(pageStateOf(slack, road)));
  app.get('/api/events', (context) => streamEvents(context, slack, road));
  app.get('/api/road/:question?', ({ req, json }) => json({ lines: roadOf(road, req.param('question')) }));
  app.get('/api/files/:id', ({ req, json }) => {
    const file = slack.file(req.param('id'));
    return file ? answerFile(file) : json({ error: `There is no file "${req.param('id')}".` }, 404);
  });
  app.all('/api/*', ({ req, json }) => json({ error: `There is no ${req.method} ${req.path}.` }, 404));
  app.get('/documents/*', (context) => answerDocument(context, documentsFolder));
  app.get('/', () => staticFile(pageFolder, 'index.html'));
  app.get('/:name', ({ req }) => staticFile(pageFolder, req.param('name')));
  app.onError((error, { json }) => {
    if (error instanceof InputError) return json({ error: error.message }, 400);
    return json({ error: 'The page server failed.', cause: error.message }, 500);
  });
  return listen((request) => app.fetch(request), port);
}

function roadOf(road: Road, question: string | undefined) {
  return question === undefined ? road.recent : road.of(question);
}

async function answerDocument(context: Context, folder: string): Promise<Response> {
  const path = pathOf(context.req.url);
  const document = path === undefined ? undefined : await readDocument(folder, path);
  if (path === undefined || document === undefined) return context.html(missingDocumentPage(path ?? ''), 404);
  return context.html(documentPage(path, document));
}

function pathOf(url: string): string | undefined {
  try {
    return decodeURIComponent(new URL(url).pathname.slice('/documents/'.length));
  } catch {
    return undefined;
  }
}

import type { SlackEmulator } from '@vera/slack-stand-in/contract';
import { type Listening, listen } from '@vera/stand-in-kit/listen';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Lab } from './lab.ts';
import { documentPage, readDocumentFile } from './page-server/document-page.ts';
import { eventStream } from './page-server/event-stream.ts';
import { refuseStrangers, withSecurityHeaders } from './page-server/guards.ts';
import { labRoutes } from './page-server/lab-routes.ts';
import { pageStateOf, roadOf } from './page-server/page-state.ts';
import { personRoutes } from './page-server/person-routes.ts';
import { BadRequest } from './page-server/read-fields.ts';
import { sharedFile, staticFile } from './page-server/served-files.ts';
import type { Road } from './road.ts';
import type { SpansOf } from './trace.ts';

export interface PageServerParams {
  readonly slack: SlackEmulator;
  readonly road: Road;
  /** There is none when left out. */
  readonly lab?: Lab;
  /** Nothing is traced when left out. */
  readonly spansOf?: SpansOf;
  /** What Vera did, as its owner sees it; there is none when left out. */
  readonly report?: OwnersReport;
  /** The knowledge base's folder. */
  readonly documentsFolder: string;
  /** Where `scripts/bundle.ts` put the page. */
  readonly pageFolder: string;
  /** 0 takes any free one. */
  readonly port: number;
}

const tooLarge = 'That is too large: at most 25 MB at a time.';

/** A page of its own, made anew each time; its style apart, as this server allows none within. */
export interface OwnersReport {
  readonly html: (styleUrl: string) => Promise<string>;
  readonly style: string;
}

const styleUrl = '/report.css';

/** The web page that looks like Slack, on loopback and for loopback only. Rejects with EADDRINUSE when the port is taken. */
export function createPageServer({ slack, road, lab, spansOf, report, ...places }: PageServerParams): Promise<Listening> {
  const { documentsFolder, pageFolder, port } = places;
  const app = new Hono();
  app.use(withSecurityHeaders);
  app.use(refuseStrangers);
  app.use(bodyLimit({ maxSize: 25_000_000, onError: ({ json }) => json({ error: tooLarge }, 413) }));
  const sources = { slack, road, lab, hasReport: report !== undefined };
  app.get('/api/state', ({ json }) => json(pageStateOf(sources)));
  app.get('/api/events', () => eventStream(sources));
  app.get('/api/road', ({ req, json }) => json(roadOf(road, req.query())));
  app.get('/api/trace', ({ req, json }) => json({ spans: spansOf?.(req.query('question') ?? '') ?? [] }));
  app.route('/api', personRoutes(slack));
  if (lab) app.route('/api/lab', labRoutes(lab));
  app.get('/documents/*', async ({ req, html }) => {
    const document = await readDocumentFile(documentsFolder, req.path.slice('/documents/'.length));
    return document ? html(documentPage(document)) : html(documentPage('missing'), 404);
  });
  if (report) {
    app.get('/report', async ({ html }) => html(await report.html(styleUrl)));
    app.get(styleUrl, ({ body }) => body(report.style, 200, { 'content-type': 'text/css; charset=utf-8' }));
  }
  app.get('/files/:id', ({ req }) => sharedFile(slack, req.param('id')));
  app.get('/:name?', ({ req }) => staticFile(pageFolder, req.param('name') ?? 'index.html'));
  app.notFound(({ json }) => json({ error: 'There is nothing here.' }, 404));
  app.onError((error, { json }) => {
    if (error instanceof BadRequest) return json({ error: error.message }, 400);
    process.emitWarning(error);
    return json({ error: 'The page server failed; its own terminal says why.' }, 500);
  });
  return listen((request, bindings) => app.fetch(request, bindings), port);
}

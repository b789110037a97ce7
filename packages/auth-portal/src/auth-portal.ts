import { createHash } from 'node:crypto';
import { Hono, type MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import type { AuthPortalParams } from './auth-portal-params.ts';
import { nowhere } from './function-url.ts';
import { pageStyle } from './pages/frame.ts';
import { answerNotice } from './pages/notices.ts';
import { comeBackConnected, disconnect, goConnect } from './routes/connect.ts';
import { openLink, showAccounts } from './routes/front-page.ts';
import { comeBackSignedIn, goSignIn } from './routes/sign-in.ts';

export type AuthPortal = (request: Request) => Promise<Response>;

/** The pages on which a person sees, connects and ends their accounts. */
export function createAuthPortal(params: AuthPortalParams): AuthPortal {
  const { log } = params;
  const app = new Hono();
  app.use(secured, unkept);
  app.use(guarded(params));
  app.get('/', (context) => (context.req.queries('ticket') ? openLink(context, params) : showAccounts(context, params)));
  app.post('/sign-in', (context) => goSignIn(context, params));
  app.get('/signed-in', (context) => comeBackSignedIn(context, params));
  app.post('/connect/:provider', (context) => goConnect(context, params));
  app.get('/connected/:provider', (context) => comeBackConnected(context, params));
  app.post('/disconnect/:provider', (context) => disconnect(context, params));
  for (const [path, allowed] of [
    ['/', 'GET, HEAD'],
    ['/sign-in', 'POST'],
    ['/signed-in', 'GET, HEAD'],
    ['/connect/:provider', 'POST'],
    ['/connected/:provider', 'GET, HEAD'],
    ['/disconnect/:provider', 'POST'],
  ] as const) {
    app.all(path, (context) => {
      context.header('allow', allowed);
      return answerNotice(context, 'not-allowed');
    });
  }
  app.notFound((context) => answerNotice(context, 'not-found'));
  app.onError((error, context) => {
    log.error('portal.failed', { error });
    return answerNotice(context, 'failed');
  });
  return async (request) => app.fetch(request);
}

function guarded({ log }: AuthPortalParams): MiddlewareHandler {
  return async (context, next) => {
    if (new URL(context.req.url).origin === nowhere) {
      log.error('portal.address-unknown');
      return answerNotice(context, 'failed');
    }
    if (context.req.method === 'POST' && !isFromOwnPage(context.req.raw)) {
      log.warn('portal.foreign-form');
      return answerNotice(context, 'foreign-form');
    }
    return next();
  };
}

/** Whether a form was sent by one of our own pages. A browser says so by itself, and no page can make it lie; what says nothing is refused. */
function isFromOwnPage(request: Request): boolean {
  const origin = request.headers.get('origin');
  const site = request.headers.get('sec-fetch-site');
  if (origin === null && site === null) return false;
  return (origin === null || origin === new URL(request.url).origin) && (site === null || site === 'same-origin');
}

const hashOfStyle = createHash('sha256').update(pageStyle).digest('base64');

/** On every answer, redirects and failures too: only the page's own style, nothing framed, nothing told to other sites. */
const secured = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    styleSrc: [`'sha256-${hashOfStyle}'`],
    imgSrc: ['data:'],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
  },
  // Not `no-referrer`: with it a browser sends `Origin: null` with our own forms.
  referrerPolicy: 'same-origin',
  strictTransportSecurity: 'max-age=63072000; includeSubDomains',
  xFrameOptions: 'DENY',
});

/** Nor is an answer kept by anybody, or found by searching. */
const unkept: MiddlewareHandler = async (context, next) => {
  await next();
  context.header('cache-control', 'no-store');
  context.header('x-robots-tag', 'noindex');
};

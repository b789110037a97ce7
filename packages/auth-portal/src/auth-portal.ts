import type { ProviderId } from '@vera/accounts/account';
import type { ConnectParams } from '@vera/accounts/connect-account';
import type { Flows, Links } from '@vera/accounts/dynamo-single-use';
import type { WaitingQuestions } from '@vera/accounts/dynamo-waiting-questions';
import type { OAuthClient } from '@vera/accounts/oauth-client';
import type { Question } from '@vera/protocol/question';
import type { Log } from '@vera/service-kit/log';
import { Hono, type MiddlewareHandler } from 'hono';
import { nowhere } from './function-url.ts';
import { isFromOwnPage } from './is-from-own-page.ts';
import { answerNotice } from './pages/answer-notice.ts';
import { comeBackConnected, goConnect } from './routes/connect.ts';
import { disconnect } from './routes/disconnect.ts';
import { openLink } from './routes/open-link.ts';
import { showAccounts } from './routes/show-accounts.ts';
import { comeBackSignedIn, goSignIn } from './routes/sign-in.ts';
import { withSecurityHeaders } from './security-headers.ts';
import type { SignIn } from './sign-in.ts';

export interface AuthPortalParams extends ConnectParams {
  /** Signs tickets and sessions. */
  readonly key: string;
  /** A new secret text each time, fit for a URL. */
  readonly random: () => string;
  readonly links: Links;
  readonly flows: Flows;
  readonly waiting: Pick<WaitingQuestions, 'take'>;
  /** Hands a question that waited to the invoker. */
  readonly forward: (question: Question) => Promise<void>;
  /** The providers that are on. */
  readonly clients: ReadonlyMap<ProviderId, OAuthClient>;
  /** Undefined: nobody can prove who they are, so nothing can be connected. */
  readonly signIn: SignIn | undefined;
  /** Slack's own origin, for the way back. */
  readonly slackUrl: string;
  readonly log: Log;
}

export type AuthPortal = (request: Request) => Promise<Response>;

/** The pages on which a person sees, connects and ends their accounts. */
export function createAuthPortal(params: AuthPortalParams): AuthPortal {
  const { log } = params;
  const app = new Hono();
  app.use(withSecurityHeaders);
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

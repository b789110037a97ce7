import { type Work, workSchema } from '@vera/protocol/work';
import { workFields } from '@vera/protocol/work-fields';
import { type Log, withLogFields } from '@vera/service-kit/log';
import { type Context, Hono } from 'hono';
import type { Accepted } from '../questions/intake.ts';
import type { Health } from './health.ts';

export interface WorkerServerParams {
  readonly health: Health;
  /** Takes a question in hand, and resolves before the work is done; carries an errand out. */
  readonly accept: (work: Work) => Promise<Accepted | 'done'>;
  /** False: what a snapshot of this process shall hold is not loaded yet. */
  readonly isReady: () => boolean;
  /** Loads it; rejects when that fails. */
  readonly warmUp: () => Promise<void>;
  readonly log: Log;
}

const sessionHeader = 'x-amzn-bedrock-agentcore-runtime-session-id';
const requestHeader = 'x-amzn-bedrock-agentcore-runtime-request-id';
/** AgentCore passes bodies of up to 100 MB. */
const largestBody = 100_000_000;

/**
 * The container contract of AgentCore Runtime: `GET /ping` and `POST /invocations`; and the build hook `POST /warmup`.
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-http-protocol-contract.html
 */
export function createWorkerServer({ health, accept, isReady, warmUp, log }: WorkerServerParams): Hono {
  const app = new Hono();
  // On V2 the snapshot is taken at the first healthy ping, which may take 120 s to come.
  // https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-v2-optimize.html
  app.get('/ping', (context) => (isReady() ? context.json(health.ping()) : context.json({ status: 'Starting' }, 503)));
  // The build hook of V2, sent once: an error status makes the version fail.
  app.post('/warmup', async (context) => {
    await warmUp();
    return context.json({ status: 'warm' });
  });
  app.post('/invocations', (context) => withLogFields(headersOf(context), () => invoked(context)));
  app.notFound((context) => context.json({ error: 'Not found' }, 404));
  app.onError((error, context) => failed(error, context));
  return app;

  async function invoked(context: Context) {
    health.invoked();
    if (!context.req.header(sessionHeader)) return context.json({ error: `Missing header ${sessionHeader}` }, 400);
    if (!(context.req.header('content-type') ?? '').startsWith('application/json'))
      return context.json({ error: 'Expected application/json' }, 415);
    if (Number(context.req.header('content-length') ?? 0) > largestBody) return context.json({ error: 'Body too large' }, 413);
    const work = workSchema.safeParse(await context.req.json().catch(() => undefined));
    if (!work.success) {
      log.warn('invocation.refused', { problems: work.error.issues.map(({ path }) => path.join('.') || 'body') });
      return context.json({ error: 'Invalid request body format' }, 400);
    }
    return withLogFields(workFields(work.data), () => taken(context, work.data));
  }

  async function taken(context: Context, work: Work) {
    try {
      const status = await accept(work);
      // An error status makes the invoker's Lambda try again, in the session's next process.
      return context.json({ status, [work.kind]: work.id }, status === 'refused' ? 503 : 200);
    } catch (error) {
      return failed(error, context);
    }
  }

  /** The invoker gets an error status, and so tries again; what failed is in the log. */
  function failed(error: unknown, context: Context) {
    log.error('invocation.failed', { error });
    return context.json({ error: 'It could not be taken' }, 500);
  }
}

function headersOf({ req }: Context): Readonly<Record<string, string>> {
  const [session, request] = [req.header(sessionHeader), req.header(requestHeader)];
  return { ...(session ? { session } : {}), ...(request ? { request } : {}) };
}

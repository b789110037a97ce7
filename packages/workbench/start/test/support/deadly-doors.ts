import { ledgerEffect } from '@vera/ledger/test/ledger-effect';
import { type Listening, listen } from '@vera/stand-in-kit/listen';
import type { Endpoints } from '../../src/environments.ts';

/** Something that a worker is about to do to the world. */
export interface DoorCall {
  /** In words, such as `Slack chat.update`. */
  readonly effect: string;
  /** The whole request, to find out for whom it is. */
  readonly text: string;
}

/** Told of each call before and after it is done; true: the worker is dead by now, and nothing gets through any more. */
export type Watch = (call: DoorCall, when: 'before' | 'after') => boolean;

type Known = Omit<Endpoints, 'agentCore'>;

/** Stands between a worker's process and Slack, the ledger, the model and Atlassian. */
export async function openDoors(endpoints: Known, watch: Watch, started: AsyncDisposableStack): Promise<Known> {
  const door = async (origin: string, effectOf: (request: Request, text: string) => string | undefined) =>
    started.use(await openDoor(origin, effectOf, watch)).url;
  return {
    ...endpoints,
    slack: await door(endpoints.slack, slackEffect),
    dynamoDb: await door(endpoints.dynamoDb, (request, text) =>
      ledgerEffect(request.headers.get('x-amz-target')?.split('.').at(-1) ?? '', JSON.parse(text)),
    ),
    ...(endpoints.bedrockRuntime ? { bedrockRuntime: await door(endpoints.bedrockRuntime, () => 'model') } : {}),
    atlassianApi: await door(endpoints.atlassianApi, remoteEffect),
  };
}

const slackLooks = /^(conversations|users|team|auth|bots)\./;

function slackEffect({ url }: Request): string | undefined {
  const method = new URL(url).pathname.split('/').at(-1) ?? '';
  return slackLooks.test(method) ? undefined : `Slack ${method}`;
}

function remoteEffect({ method, url }: Request): string | undefined {
  const { pathname } = new URL(url);
  return method === 'POST' && pathname.endsWith('/rest/api/3/issue') ? 'remote issue' : undefined;
}

const ofTheConnection = ['connection', 'content-length', 'host', 'keep-alive', 'transfer-encoding', 'expect'];

function openDoor(origin: string, effectOf: (request: Request, text: string) => string | undefined, watch: Watch): Promise<Listening> {
  return listen(async (request, { outgoing }) => {
    const { pathname, search } = new URL(request.url);
    const bytes = await request.arrayBuffer();
    const text = Buffer.from(bytes).toString();
    const effect = effectOf(request, text);
    const cut = () => {
      outgoing.destroy();
      return new Response(null, { status: 502 });
    };
    if (effect !== undefined && watch({ effect, text }, 'before')) return cut();
    const headers = new Headers(request.headers);
    for (const name of ofTheConnection) headers.delete(name);
    const body = request.method === 'GET' || request.method === 'HEAD' ? {} : { body: bytes };
    const response = await fetch(`${origin}${pathname}${search}`, { method: request.method, headers, redirect: 'manual', ...body }).catch(
      cut,
    );
    const answer = await response.arrayBuffer().catch(() => undefined);
    if (!answer || (effect !== undefined && watch({ effect, text }, 'after'))) return cut();
    const given = new Headers(response.headers);
    for (const name of [...ofTheConnection, 'content-encoding']) given.delete(name);
    return new Response(answer.byteLength === 0 ? null : answer, { status: response.status, headers: given });
  });
}

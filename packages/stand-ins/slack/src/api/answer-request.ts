import { html } from 'hono/html';
import { answerDownload, answerUpload } from '../files/answer-transfer.ts';
import { publicKeys } from '../methods/oauth.ts';
import { answerSignIn } from '../people/answer-sign-in.ts';
import type { World } from '../state/world.ts';
import { answerCall, type CallParams, type Line } from './answer-call.ts';
import { answerResponseUrl } from './answer-response-url.ts';

/** All of Slack's doors on one origin: Web API, uploads, downloads, response URLs, signing keys, the way back from other sites. */
export async function answerRequest(params: CallParams, request: Request, line: Line): Promise<Response> {
  const { pathname } = new URL(request.url);
  const [, door = '', rest = ''] = /^\/([^/]*)\/?(.*)$/.exec(pathname) ?? [];
  switch (door) {
    case 'api':
      return answerCall(params, rest, request, line);
    case 'upload':
      return request.method === 'POST' ? answerUpload(params.world, rest.replace(/^v1\//, ''), request) : notFound();
    case 'files-pri':
      return answerDownload(params.world, /^[^-/]+-([^/]+)\//.exec(rest)?.[1] ?? '', request);
    case 'actions':
    case 'app-actions':
    case 'commands':
      return request.method === 'POST' ? answerResponseUrl(params.world, pathname, request) : notFound();
    case 'app_redirect':
      return answerAppRedirect(params.world, request);
    case 'openid':
      if (rest === 'connect/authorize') return answerSignIn(params.world, request);
      return rest === 'connect/keys' ? Response.json(publicKeys()) : notFound();
    default:
      return notFound();
  }
}

function notFound(): Response {
  return new Response(null, { status: 404 });
}

/** The address by which other sites send people back into Slack: its client opens at the channel. Here that is another tab, and a page says so. */
async function answerAppRedirect({ directory }: World, request: Request): Promise<Response> {
  const { searchParams: query } = new URL(request.url);
  const channel = directory.channel(query.get('channel') ?? '');
  if (!channel || query.get('team') !== directory.workspace.teamId) return new Response(null, { status: 404 });
  const place = channel.kind === 'im' ? 'your direct messages with Vera' : `#${channel.name}`;
  const page = await html`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Slack</title></head>
<body><main><p>Slack opens ${place}. On this machine it is open in another tab: you can close this one.</p></main></body></html>`;
  return new Response(String(page), { headers: { 'content-type': 'text/html; charset=utf-8' } });
}

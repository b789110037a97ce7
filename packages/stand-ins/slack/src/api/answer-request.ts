import { answerDownload } from '../files/answer-download.ts';
import { answerUpload } from '../files/answer-upload.ts';
import { publicKeys } from '../methods/sign-id-token.ts';
import { answerAppRedirect } from '../people/answer-app-redirect.ts';
import { answerSignIn } from '../people/answer-sign-in.ts';
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

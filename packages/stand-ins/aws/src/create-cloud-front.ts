import { type Listening, listen } from '@vera/stand-in-kit/listen';

export interface DistributionParams {
  readonly port?: number;
  /** Of the function URL behind it. */
  readonly origin: string;
  /** What it adds, in place of what a caller sent under these names. */
  readonly customHeaders: Readonly<Record<string, string>>;
  /** Whether it signs what it passes on: Lambda then takes a body only by a hash that the caller sent along. */
  readonly signs?: boolean;
}

/**
 * A distribution of CloudFront before a function URL, without a cache, that passes on all of a request but the name it was sent to
 * (`AllViewerExceptHostHeader`). https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html
 */
export function createCloudFront({ port, origin, customHeaders, signs = false }: DistributionParams): Promise<Listening> {
  return listen(async (request) => {
    const { pathname, search } = new URL(request.url);
    const headers = new Headers(request.headers);
    for (const name of ['host', 'connection', 'content-length', 'transfer-encoding']) headers.delete(name);
    for (const [name, value] of Object.entries(customHeaders)) headers.set(name, value);
    const body = new Uint8Array(await request.arrayBuffer());
    if (signs && body.length > 0 && !headers.has('x-amz-content-sha256'))
      return Response.json({ Message: 'The request signature we calculated does not match the signature you provided.' }, { status: 403 });
    headers.set('via', '2.0 a1b2c3.cloudfront.net (CloudFront)');
    const { method } = request;
    const sent = { method, headers, redirect: 'manual', ...(body.length > 0 ? { body } : {}) } as const;
    const answer = await fetch(new URL(`${pathname}${search}`, origin), sent);
    const passedOn = new Headers(answer.headers);
    // What was unpacked on the way is not packed any more.
    for (const name of ['content-encoding', 'content-length', 'transfer-encoding']) passedOn.delete(name);
    return new Response(answer.body, { status: answer.status, headers: passedOn });
  }, port);
}

import type { MiddlewareHandler } from 'hono';

const loopback = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Whoever can speak to this port can speak as anybody in the workspace. A name that is not loopback is DNS rebinding, a foreign `Origin`
 * is another site in the same browser. Without an `Origin` it is no browser: those send it with every POST.
 */
export const refuseStrangers: MiddlewareHandler = async ({ req, json }, next) => {
  const host = req.header('host') ?? '';
  if (!loopback.has(hostnameOf(host))) return json({ error: 'This page answers on 127.0.0.1 and localhost only.' }, 403);
  const isRead = req.method === 'GET' || req.method === 'HEAD';
  if (!isRead && isFromElsewhere(req.header('origin'), req.header('sec-fetch-site'), host)) {
    return json({ error: 'Another site may not act in this workspace.' }, 403);
  }
  return next();
};

function isFromElsewhere(origin: string | undefined, site: string | undefined, host: string): boolean {
  if (origin !== undefined) return origin !== `http://${host}`;
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}

function hostnameOf(host: string): string {
  return URL.parse(`http://${host}`)?.hostname ?? '';
}

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const headers = {
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
};

/** Messages come from a model and from files: nothing in them may run or load anything. */
export const withSecurityHeaders: MiddlewareHandler = async (context, next) => {
  await next();
  // Afterwards, because a handler's own `Response` does not take over what was set before it.
  for (const [name, value] of Object.entries(headers)) context.res.headers.set(name, value);
};

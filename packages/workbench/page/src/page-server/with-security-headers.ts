import type { MiddlewareHandler } from 'hono';

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

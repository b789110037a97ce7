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

/** Messages come from a model and from files: nothing in them may run or load anything. */
export const withSecurityHeaders: MiddlewareHandler = async ({ header }, next) => {
  header('content-security-policy', policy);
  header('x-content-type-options', 'nosniff');
  header('referrer-policy', 'no-referrer');
  header('cross-origin-resource-policy', 'same-origin');
  await next();
};

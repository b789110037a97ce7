/** Whether a form was sent by one of our own pages. A browser says so by itself, and no page can make it lie; what says nothing is refused. */
export function isFromOwnPage(request: Request): boolean {
  const origin = request.headers.get('origin');
  const site = request.headers.get('sec-fetch-site');
  if (origin === null && site === null) return false;
  return (origin === null || origin === new URL(request.url).origin) && (site === null || site === 'same-origin');
}

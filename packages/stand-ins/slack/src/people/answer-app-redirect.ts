import { html } from 'hono/html';
import type { World } from '../state/world.ts';

/** The address by which other sites send people back into Slack: its client opens at the channel. Here that is another tab, and a page says so. */
export async function answerAppRedirect({ directory }: World, request: Request): Promise<Response> {
  const { searchParams: query } = new URL(request.url);
  const channel = directory.channel(query.get('channel') ?? '');
  if (!channel || query.get('team') !== directory.workspace.teamId) return new Response(null, { status: 404 });
  const place = channel.kind === 'im' ? 'your direct messages with Vera' : `#${channel.name}`;
  const page = await html`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Slack</title></head>
<body><main><p>Slack opens ${place}. On this machine it is open in another tab: you can close this one.</p></main></body></html>`;
  return new Response(String(page), { headers: { 'content-type': 'text/html; charset=utf-8' } });
}

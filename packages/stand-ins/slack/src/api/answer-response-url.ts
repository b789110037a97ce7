import { announceChanged, announcePosted } from '../events/announce.ts';
import { botAuthor, type Content, inThread, readContent } from '../methods/bot-message.ts';
import { deleteMessage } from '../people/delete-message.ts';
import type { SlackMessage } from '../slack-message.ts';
import type { ResponseTicket } from '../state/tickets.ts';
import type { World } from '../state/world.ts';
import { Arguments } from './arguments.ts';
import { SlackRefusal } from './slack-refusal.ts';

/** `POST <response_url>`: without token, five times within half an hour of the interaction. */
export async function answerResponseUrl(world: World, path: string, request: Request): Promise<Response> {
  const body: unknown = await request.json().catch(() => undefined);
  if (typeof body !== 'object' || body === null) return failure('invalid_payload', 400);
  const ticket = world.tickets.useResponse(path);
  if (typeof ticket === 'string') return failure(ticket === 'unknown' ? 'no_service' : `${ticket}_url`, 404);
  const args = new Arguments(body as Record<string, unknown>);
  try {
    respond(world, args, ticket);
    return new Response('ok');
  } catch (error) {
    if (error instanceof SlackRefusal) return failure(error.reason, 400);
    throw error;
  }
}

function respond(world: World, args: Arguments, { channel, message: clicked, user }: ResponseTicket): void {
  const current = clicked && world.messages.get(channel, clicked.ts);
  const hidden = clicked && world.ephemerals.get(user, clicked.ts);
  if (args.flag('delete_original')) {
    if (current) deleteMessage(world, current);
    if (hidden) world.ephemerals.remove(user, hidden);
    return;
  }
  const content = readContent({ args, warn: () => undefined }, { tooLong: 'msg_too_long', badAttachments: 'invalid_attachments' });
  if (args.flag('replace_original')) {
    if (current) replace(world, current, content);
    if (hidden) world.ephemerals.show(user, { ...hidden, ...content });
    return;
  }
  const message: SlackMessage = {
    type: 'message',
    ts: world.timestamps.next(),
    channel,
    ...botAuthor(world),
    ...content,
    ...inThread(world, channel, args.text('thread_ts')),
  };
  if (args.text('response_type') === 'in_channel') {
    world.messages.put(message);
    announcePosted(world, message);
  } else {
    world.ephemerals.show(user, message);
  }
}

function replace(world: World, previous: SlackMessage, content: Content): void {
  const { markdown: _markdown, ...rest } = previous;
  const message = { ...rest, ...content, edited: { user: world.directory.workspace.botId, ts: world.timestamps.next() } };
  world.messages.put(message);
  announceChanged(world, message, previous);
}

function failure(error: string, status: number): Response {
  return Response.json({ ok: false, error }, { status });
}

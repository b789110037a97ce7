import type { Context } from 'hono';
import { noticePage } from './notice-page.ts';
import { type Notice, wordsFor } from './words-for.ts';

export function answerNotice(context: Context, kind: Notice): Response | Promise<Response> {
  const words = wordsFor(kind);
  return context.html(noticePage(words), words.status);
}

import type { ContentBlock, ConverseMessage, ConverseRequest } from '../runtime/converse-request.ts';

/** How the worker tells what was said while it worked (`worker/src/questions/folding.ts`): such a line, and the words behind it. */
const heading = /^.{1,100} (said meanwhile|edited what they said meanwhile, which now reads|edited the question, which now reads):$/;

/**
 * One request for each thing that is to be answered: the question, and what its asker added meanwhile, each as if it had been said last, with
 * all that tools have returned since. Words that were edited stand in for those before.
 */
export function requestsIn(request: ConverseRequest): readonly ConverseRequest[] {
  const { messages } = request;
  const at = messages.findLastIndex((message) => isSaid(message) && !startsMeanwhile(message));
  const asked = messages[at];
  if (!asked) return [request];
  const since = messages.slice(at + 1);
  const heard = [asked, ...since.filter(startsMeanwhile)].flatMap(({ content }) => content);
  const things = thingsIn(heard);
  // Between results of tools and such words the worker says a sentence of its own, which is no answer.
  const worked = since.filter(({ content }) => content.some(({ toolUse, toolResult }) => toolUse ?? toolResult));
  return things.map((_, index) => ({
    ...request,
    messages: [...messages.slice(0, at), { ...asked, content: things.slice(0, index + 1).flat() }, ...worked],
  }));
}

function isSaid({ role, content }: ConverseMessage): boolean {
  return role === 'user' && content.some(({ text }) => text !== undefined) && !content.some(({ toolResult }) => toolResult);
}

function startsMeanwhile(message: ConverseMessage): boolean {
  return isSaid(message) && howOf(message.content.find(({ text }) => text !== undefined)) !== undefined;
}

function howOf({ text = '' }: ContentBlock = {}): string | undefined {
  return heading.exec(text.trim())?.[1];
}

/** The question first. */
function thingsIn(content: readonly ContentBlock[]): readonly (readonly ContentBlock[])[] {
  const things: ContentBlock[][] = [[]];
  let open = 0;
  for (const block of content) {
    const how = howOf(block);
    if (how === undefined) things[open]?.push(block);
    // What it says now comes last there.
    else if (how.startsWith('edited the question')) open = 0;
    else {
      open = how === 'said meanwhile' ? things.length : Math.max(1, things.length - 1);
      things[open] = [];
    }
  }
  return things;
}

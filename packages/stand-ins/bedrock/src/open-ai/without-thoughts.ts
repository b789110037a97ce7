import type { ModelEvent } from '../model.ts';

const opening = '<think>';
const closing = '</think>';

/** Leaves out what small reasoning models write between `<think>` and `</think>` before their answer. */
export async function* withoutThoughts(events: AsyncIterable<ModelEvent>): AsyncGenerator<ModelEvent> {
  let held: string | undefined = '';
  for await (const event of events) {
    if (held === undefined) {
      yield event;
    } else if (event.kind === 'text') {
      held += event.text;
      const text = answerIn(held);
      if (text) yield { kind: 'text', text };
      if (text !== undefined) held = undefined;
    } else {
      if (held !== '' && !held.trimStart().startsWith(opening)) yield { kind: 'text', text: held };
      held = undefined;
      yield event;
    }
  }
}

/** The answer as far as it has begun; undefined while these may still be thoughts. */
function answerIn(text: string): string | undefined {
  const start = text.trimStart();
  if (start.startsWith(opening))
    return start.includes(closing) ? start.slice(start.indexOf(closing) + closing.length).trimStart() : undefined;
  return opening.startsWith(start) ? undefined : text;
}

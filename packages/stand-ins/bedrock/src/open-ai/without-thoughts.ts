import type { ModelEvent } from '../model.ts';

/** Whether a model closes thoughts it never opened, as its server's template opens them for it; told only by an answer of its. */
export interface Habit {
  thinksUnopened?: boolean;
}

interface Mark {
  readonly opens: string;
  /** What ends the thoughts it begins; none where it only stands in the way. */
  readonly closes: readonly string[];
}

const channelEnds = ['<|end|>', '<|channel|>final<|message|>', '<|return|>'];
const marks: readonly Mark[] = [
  ...['think', 'thinking'].map((name) => ({ opens: `<${name}>`, closes: [`</${name}>`] })),
  // gpt-oss: https://cookbook.openai.com/articles/openai-harmony
  ...['analysis', 'commentary'].map((name) => ({ opens: `<|channel|>${name}<|message|>`, closes: channelEnds })),
  ...['<|start|>assistant', ...channelEnds].map((opens) => ({ opens, closes: [] })),
];
const unopened = /^[\s\S]*?<\/think(?:ing)?>\s*/;

/**
 * Leaves out what reasoning models write into their answers before they answer. The first answer of a model is held back until it is whole:
 * only then is it known whether what looked like an answer was a thought.
 */
export async function* withoutThoughts(events: AsyncIterable<ModelEvent>, habit: Habit): AsyncGenerator<ModelEvent> {
  const isHeld = habit.thinksUnopened !== false;
  const strip = createStripper();
  let held = '';
  let isBegun = false;
  const said = function* (text: string): Generator<ModelEvent> {
    const shown = isBegun ? text : text.trimStart();
    isBegun ||= shown !== '';
    if (shown !== '') yield { kind: 'text', text: shown };
  };
  const release = function* (): Generator<ModelEvent> {
    if (held !== '') {
      const opening = held.search(/<think(?:ing)?>/);
      const closing = held.search(/<\/think(?:ing)?>/);
      habit.thinksUnopened = closing !== -1 && (opening === -1 || opening > closing);
      yield* said(strip.next(habit.thinksUnopened ? held.replace(unopened, '') : held));
      held = '';
    }
    yield* said(strip.rest());
  };
  try {
    for await (const event of events) {
      if (event.kind !== 'text') yield* release();
      if (event.kind !== 'text') yield event;
      else if (isHeld) held += event.text;
      else yield* said(strip.next(event.text));
    }
  } catch (error) {
    yield* release();
    throw error;
  }
}

/** Takes a text in pieces and gives what of it is no thought as soon as that is known. */
function createStripper() {
  let waiting = '';
  let before = '';
  let inside: Mark | undefined;
  return { next, rest };

  function next(piece: string): string {
    waiting += piece;
    let shown = '';
    for (;;) {
      const step = inside ? leave(inside) : enter();
      shown += step.shown;
      before = (before + step.shown).slice(-1);
      if (!step.goesOn) return shown;
    }
  }

  function enter() {
    const at = waiting.indexOf('<');
    if (at === -1) return give(waiting.length, false);
    if (at > 0) return give(at, true);
    const mark = before === '`' ? undefined : marks.find(({ opens }) => waiting.startsWith(opens));
    if (mark) {
      if (mark.closes.length > 0) inside = mark;
      else waiting = waiting.slice(mark.opens.length);
      return { shown: '', goesOn: true };
    }
    const mayBecome = marks.some(({ opens }) => opens.startsWith(waiting));
    return mayBecome ? { shown: '', goesOn: false } : give(1, true);
  }

  function leave({ opens, closes }: Mark) {
    const ends = closes.map((close) => [waiting.indexOf(close, opens.length), close.length] as const).filter(([at]) => at !== -1);
    const [first] = ends.sort(([one], [other]) => one - other);
    if (!first) return { shown: '', goesOn: false };
    waiting = waiting.slice(first[0] + first[1]).trimStart();
    inside = undefined;
    return { shown: '', goesOn: true };
  }

  function give(length: number, goesOn: boolean) {
    const shown = waiting.slice(0, length);
    waiting = waiting.slice(length);
    return { shown, goesOn };
  }

  /** Thoughts that never end were cut; after some words it was just a word. */
  function rest(): string {
    const shown = inside && before === '' ? '' : waiting;
    [waiting, inside] = ['', undefined];
    return shown;
  }
}

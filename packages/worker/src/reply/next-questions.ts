import { nextQuestionIn } from '@vera/protocol/next-question';
import type { AgentEvent } from '../agent/agent.ts';
import type { FailureCode } from '../failure.ts';

const most = 3;
const fence = '```follow-ups';
/** Up to its closing line, or to the end where it was broken off. */
const block = /^[ \t]*```follow-ups[ \t\r]*$\n?([\s\S]*?)(?:^[ \t]*```[ \t\r]*$\n?|(?![\s\S]))/gm;

/** Whether a block that does not end has a line, before the one that may have been broken off, which asks nothing. */
function isUnclosedAnswer([whole = '', lines = '']: readonly string[]): boolean {
  if (/\n[ \t]*```[ \t\r]*\n?$/.test(whole)) return false;
  return lines
    .trimEnd()
    .split('\n')
    .some((line, index, all) => line.trim() !== '' && !/[?？؟]\s*$/.test(line) && (index < all.length - 1 || all.length > most));
}

/**
 * The questions with which a model ends its answer, in a fenced block of their own: taken out of what it says, as it says it. Only those at the
 * very end count.
 */
export class NextQuestions {
  private held = '';
  private isLineStart = true;
  private lines: readonly string[] = [];

  /** At most three, each once, as far as they may stand on a button. */
  get questions(): readonly string[] {
    return [...new Set(this.lines.flatMap((line) => nextQuestionIn(line) ?? []))].slice(0, most);
  }

  /** Under an answer that is not whole nobody is led on. */
  under(failure: FailureCode | undefined): readonly string[] {
    return failure === undefined ? this.questions : [];
  }

  /** The events without the block. */
  async *takenOut(events: AsyncIterable<AgentEvent>): AsyncIterable<AgentEvent> {
    for await (const event of events) {
      const text = this.textAt(event);
      if (text !== '') yield { kind: 'text', text };
      if (event.kind !== 'text') yield event;
    }
  }

  private textAt(event: AgentEvent): string {
    if (event.kind === 'text') return this.add(event.text);
    return event.kind === 'ended' || event.kind === 'tool-started' ? this.flush() : '';
  }

  /** Once a block began, all that comes is held: whether it is the end is known at the end. */
  private add(text: string): string {
    this.held += text;
    const before = this.held.slice(0, this.beginOfBlock());
    const words = before.trimEnd();
    // Without empty lines at its end, which would stand below the answer if the block follows.
    const given = before.includes('\n', words.length) ? words : before;
    this.held = this.held.slice(given.length);
    if (given !== '') this.isLineStart = false;
    return given;
  }

  private flush(): string {
    const last = [...this.held.matchAll(block)].at(-1);
    const isEnd = last !== undefined && this.held.slice(last.index + last[0].length).trim() === '' && !isUnclosedAnswer(last);
    this.lines = isEnd ? (last[1] ?? '').split('\n') : [];
    // Never closed, and no list of questions: the answer went on in it.
    const rest = this.held.replace(block, (...found) => (isUnclosedAnswer(found as unknown as RegExpMatchArray) ? (found[1] ?? '') : ''));
    const text = isEnd ? rest.trimEnd() : rest;
    this.held = '';
    this.isLineStart = true;
    return text;
  }

  /** Or of what may still become one; the end of the text where there is neither. */
  private beginOfBlock(): number {
    for (let at = this.isLineStart ? 0 : this.nextLine(0); at !== -1 && at < this.held.length; at = this.nextLine(at)) {
      const newline = this.held.indexOf('\n', at);
      const line = this.held.slice(at, newline === -1 ? undefined : newline).trim();
      if (newline === -1 ? fence.startsWith(line) : line === fence) return at;
    }
    return this.held.length;
  }

  private nextLine(from: number): number {
    const newline = this.held.indexOf('\n', from);
    return newline === -1 ? -1 : newline + 1;
  }
}

import type { Task } from './piece.ts';

/**
 * What was said and done behind something that no message shows yet: a step stands where it happened, so that it waits for the text before
 * it, and the text behind it waits for the step.
 */
export class Backlog {
  private parts: (string | Task)[] = [];

  get isEmpty(): boolean {
    return this.parts.length === 0;
  }

  /** More text behind all else. */
  say(text: string): void {
    const last = this.parts.at(-1);
    if (typeof last === 'string') this.parts[this.parts.length - 1] = last + text;
    else this.parts.push(text);
  }

  /** A step behind all else; where it waits already, what became of it. */
  put(task: Task): void {
    const at = this.parts.findIndex((part) => typeof part !== 'string' && part.id === task.id);
    const known = this.parts[at];
    if (typeof known === 'object') this.parts[at] = { ...known, ...task };
    else this.parts.push(task);
  }

  has(id: string): boolean {
    return this.parts.some((part) => typeof part !== 'string' && part.id === id);
  }

  /** What comes first: steps, and the text behind them up to the next step. */
  take(): { readonly tasks: readonly Task[]; readonly text: string } {
    const textAt = this.parts.findIndex((part) => typeof part === 'string');
    const tasks = this.parts.splice(0, textAt === -1 ? this.parts.length : textAt).filter((part) => typeof part !== 'string');
    const [text = ''] = this.parts.splice(0, 1).filter((part) => typeof part === 'string');
    return { tasks, text };
  }

  /** All of the text, where no step can be shown any more. */
  takeText(): string {
    const text = this.parts.filter((part) => typeof part === 'string').join('');
    this.parts = [];
    return text;
  }
}

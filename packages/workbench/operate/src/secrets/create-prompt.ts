import { createInterface } from 'node:readline';
import type { ReadStream } from 'node:tty';
import { createHiddenLine, pasteMarks } from './hidden-line.ts';

/** Asks for what nobody may read along. Undefined: nothing more comes. Rejects with `StoppedError` at Ctrl-C. */
export interface Prompt extends Disposable {
  readonly isPerson: boolean;
  ask(question: string): Promise<string | undefined>;
}

export class StoppedError extends Error {
  readonly code = 'stopped';
}

/**
 * At a terminal nothing that is typed is shown, from the first question to the last: what comes between two of them is dropped, but for Ctrl-C.
 * From a pipe (`op read … | pnpm vera secrets KEY`) each line is an answer.
 */
export function createPrompt(input: NodeJS.ReadStream, write: (text: string) => void, interrupt: () => void): Prompt {
  return input.isTTY ? atTerminal(input, write, interrupt) : fromPipe(input);
}

function fromPipe(input: NodeJS.ReadStream): Prompt {
  const reader = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  const lines = reader[Symbol.asyncIterator]();
  const ask = async () => ((await lines.next()) as { readonly value?: string }).value;
  return { isPerson: false, ask, [Symbol.dispose]: () => reader.close() };
}

function atTerminal(input: ReadStream, write: (text: string) => void, interrupt: () => void): Prompt {
  const idle = {
    take(text: string) {
      if (!text.includes('\u0003')) return;
      // Who dies of a signal leaves the terminal as it is.
      input.setRawMode(false);
      interrupt();
    },
    gone() {},
  };
  let asked = idle;
  const take = (text: string) => asked.take(text);
  const end = () => asked.gone();
  input.setRawMode(true).setEncoding('utf8').on('data', take).on('end', end).resume();
  return {
    isPerson: true,
    async ask(question) {
      const line = createHiddenLine();
      const { promise, resolve, reject } = Promise.withResolvers<string>();
      asked = {
        take(text) {
          const taken = line.take(text);
          if (taken.kind === 'entered') resolve(taken.line);
          if (taken.kind === 'stopped') reject(new StoppedError('Stopped; nothing was written.'));
        },
        gone: () => reject(new StoppedError('The terminal is gone; nothing was written.')),
      };
      write(`${question}: ${pasteMarks.on}`);
      try {
        return await promise;
      } finally {
        asked = idle;
        write(`${pasteMarks.off}\n`);
      }
    },
    [Symbol.dispose]() {
      input.off('data', take).off('end', end).pause();
      input.setRawMode(false);
    },
  };
}

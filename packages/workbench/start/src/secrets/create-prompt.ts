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

/** At a terminal nothing of the answer is shown; from a pipe (`op read … | pnpm vera secrets KEY`) each line is an answer. */
export function createPrompt(input: NodeJS.ReadStream, write: (text: string) => void): Prompt {
  if (!input.isTTY) {
    const reader = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
    const lines = reader[Symbol.asyncIterator]();
    const next = async () => ((await lines.next()) as { readonly value?: string }).value;
    return { isPerson: false, ask: next, [Symbol.dispose]: () => reader.close() };
  }
  const ask = async (question: string) => {
    write(`${question}: ${pasteMarks.on}`);
    try {
      return await hiddenLine(input);
    } finally {
      write(`${pasteMarks.off}\n`);
    }
  };
  return { isPerson: true, ask, [Symbol.dispose]() {} };
}

async function hiddenLine(input: ReadStream): Promise<string> {
  const line = createHiddenLine();
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const take = (text: string) => {
    const taken = line.take(text);
    if (taken.kind === 'entered') resolve(taken.line);
    if (taken.kind === 'stopped') reject(new StoppedError('Stopped; nothing was written.'));
  };
  const end = () => reject(new StoppedError('The terminal is gone; nothing was written.'));
  input.setRawMode(true).setEncoding('utf8').on('data', take).once('end', end).resume();
  try {
    return await promise;
  } finally {
    input.off('data', take).off('end', end).pause();
    input.setRawMode(false);
  }
}

import { Worker } from 'node:worker_threads';
import type { Chart } from './chart.ts';
import type { DrawnNames } from './chart-words.ts';
import type { DrawAnswer, DrawRequest } from './picture-thread.ts';

export interface DrawnPicture {
  readonly png: Uint8Array;
  /** Names that the picture's font cannot write, by what stands in their place. */
  readonly drawn: DrawnNames;
}

/** Draws a chart outside of the thread that answers pings. Rejects when it cannot be drawn in time. */
export type DrawPicture = (chart: Chart) => Promise<DrawnPicture>;

export interface DrawPictureOptions {
  /** Milliseconds a picture may take, the start of the thread and those before it included. */
  readonly patience?: number;
  /** Milliseconds after which a thread that draws nothing ends: with all it loads it holds some 150 MB. */
  readonly idle?: number;
}

interface Waiting {
  readonly resolve: (picture: DrawnPicture) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

/** One thread for all pictures of the process, started with the first and ended once nothing is left to draw. */
export function createDrawPicture({ patience = 20_000, idle = 10_000 }: DrawPictureOptions = {}): DrawPicture {
  const waiting = new Map<number, Waiting>();
  let thread: Worker | undefined;
  let resting: NodeJS.Timeout | undefined;
  let count = 0;

  const end = (error: Error) => {
    const ended = thread;
    thread = undefined;
    for (const { reject, timer } of waiting.values()) {
      clearTimeout(timer);
      reject(error);
    }
    waiting.clear();
    void ended?.terminate();
  };
  const rest = () => {
    resting = setTimeout(() => end(new PictureError('nothing to draw')), idle);
    resting.unref();
  };
  const take = (answer: DrawAnswer) => {
    const asked = waiting.get(answer.id);
    if (!asked) return;
    waiting.delete(answer.id);
    clearTimeout(asked.timer);
    if ('png' in answer) asked.resolve({ png: answer.png, drawn: new Map(answer.drawn) });
    else {
      asked.reject(new PictureError(answer.error));
      // After a trap of its WebAssembly nobody knows what state it is in.
      end(new PictureError('another picture could not be drawn'));
    }
    if (waiting.size === 0) rest();
  };
  const open = (): Worker => {
    const started = startThread();
    started.unref();
    started.on('message', take);
    started.on('error', (error) => started === thread && end(new PictureError('the thread failed', { cause: error })));
    started.on('exit', () => started === thread && end(new PictureError('the thread ended')));
    return started;
  };
  return (chart) =>
    new Promise((resolve, reject) => {
      clearTimeout(resting);
      thread ??= open();
      count += 1;
      const timer = setTimeout(() => end(new PictureError('drawing took too long')), patience);
      waiting.set(count, { resolve, reject, timer });
      thread.postMessage({ id: count, chart } satisfies DrawRequest);
    });
}

/** Nothing of the environment goes along. */
function startThread(): Worker {
  const file = import.meta.url.endsWith('.ts') ? './picture-thread.ts' : './picture-thread.mjs';
  return new Worker(new URL(file, import.meta.url), { env: {}, execArgv: [] });
}

class PictureError extends Error {
  readonly code = 'picture';
}

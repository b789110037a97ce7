import { type ChildProcessByStdio, execFile, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setPriority } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import { promisify } from 'node:util';
import { type Refusal, RefusedFileError } from './file-reading.ts';

export interface ChildLimits {
  readonly milliseconds: number;
  /** Of JavaScript's own memory, and of all that the process holds, in megabytes: what lies in buffers is in the second only. */
  readonly heap: number;
  readonly resident: number;
  /** Characters that it may answer. */
  readonly output: number;
}

export interface ChildProgram {
  readonly file: string;
  /** The folder it may read: its own. */
  readonly readable: string;
}

/** Between two looks at its memory, in milliseconds. */
const looks = 50;
const megabyte = 1024 * 1024;

/**
 * Runs a program for one input, in a process of its own: one growing array ends a whole process, whatever a worker thread's limits say
 * (nodejs/node#43992), so what reads the files of others has nothing in its process that could be lost or stolen. It starts with an empty
 * environment and Node's permissions for its own folder; it is killed when it takes too long, too much memory, or says too much.
 */
export async function* runChild(
  { file, readable }: ChildProgram,
  input: readonly Uint8Array[],
  limits: ChildLimits,
  signal?: AbortSignal,
): AsyncGenerator<string> {
  const flags = [
    '--permission',
    `--allow-fs-read=${readable}`,
    `--max-old-space-size=${limits.heap}`,
    '--no-warnings',
    '--disallow-code-generation-from-strings',
  ];
  const child = spawn(process.execPath, [...flags, file], { env: {}, cwd: readable, stdio: ['pipe', 'pipe', 'ignore'] });
  const watch = watchOver(child, limits, signal);
  try {
    feed(child, input);
    let size = 0;
    let rest = '';
    child.stdout.setEncoding('utf8');
    for await (const part of child.stdout as AsyncIterable<string>) {
      size += part.length;
      if (size > limits.output) watch.end('output');
      const lines = (rest + part).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
    const refusal = await watch.ended;
    if (refusal) throw new RefusedFileError(refusal);
  } finally {
    watch.end('failed');
  }
}

type Child = ChildProcessByStdio<Writable, Readable, null>;

/** It may end before it has read all of it; why, its end says. */
function feed(child: Child, input: readonly Uint8Array[]): void {
  child.stdin.on('error', () => undefined);
  for (const part of input) child.stdin.write(part);
  child.stdin.end();
}

interface Watch {
  end(why: Refusal): void;
  /** Why it has no answer; undefined where it ended by itself. */
  readonly ended: Promise<Refusal | undefined>;
}

function watchOver(child: Child, { milliseconds, resident }: ChildLimits, signal: AbortSignal | undefined): Watch {
  let why: Refusal | undefined;
  let isOver = false;
  const end = (reason: Refusal) => {
    if (isOver) return;
    why ??= reason;
    child.kill('SIGKILL');
  };
  const timer = setTimeout(() => end('time'), milliseconds);
  const looking = setInterval(() => {
    void residentMemory(child.pid ?? 0).then((bytes) => {
      if (bytes > resident * megabyte) end('memory');
    });
  }, looks);
  const abort = () => end('failed');
  signal?.addEventListener('abort', abort, { once: true });
  const ended = new Promise<Refusal | undefined>((resolve) => {
    const over = (refusal: Refusal | undefined) => {
      isOver = true;
      clearTimeout(timer);
      clearInterval(looking);
      signal?.removeEventListener('abort', abort);
      resolve(refusal);
    };
    child.once('error', () => over(why ?? 'failed'));
    child.once('close', (code, killedBy) => over(why ?? endedBy(code, killedBy)));
  });
  if (signal?.aborted) abort();
  lowerPriority(child.pid);
  return { end, ended };
}

const run = promisify(execFile);
const kilobyte = 1_024;

/** Bytes of memory that a process holds; 0 for one that is gone. */
async function residentMemory(pid: number): Promise<number> {
  try {
    // In kilobytes, whatever the size of a page.
    if (process.platform === 'linux')
      return Number(/^VmRSS:\s+(\d+)/m.exec(await readFile(`/proc/${pid}/status`, 'latin1'))?.[1] ?? 0) * kilobyte;
    return Number((await run('ps', ['-o', 'rss=', '-p', String(pid)])).stdout) * kilobyte;
  } catch {
    return 0;
  }
}

/** V8 ends its process with SIGABRT when its heap is full. */
function endedBy(code: number | null, killedBy: NodeJS.Signals | null): Refusal | undefined {
  if (code === 0) return undefined;
  return killedBy === 'SIGABRT' || code === 134 ? 'memory' : 'failed';
}

/** Whoever reads files waits for whoever answers. */
function lowerPriority(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, 10);
  } catch {
    // It has ended already, or the system does not let us: it is killed by the same limits.
  }
}

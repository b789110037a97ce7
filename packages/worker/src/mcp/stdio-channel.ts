import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, isAbsolute, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { McpFailure } from './mcp-failure.ts';
import type { StdioTransport } from './mcp-server.ts';

/** A program of the worker's image, spoken to in lines of JSON. */
export interface StdioChannel {
  send(message: unknown): void;
  /** Ends the program and all it started. */
  close(): Promise<void>;
  /** The end of what it wrote to its standard error, once it has ended: it may hold anything. */
  lastWords(): Promise<string>;
}

export interface StdioHooks {
  readonly onValue: (value: unknown) => void;
  /** Once, with the first reason. */
  readonly onClosed: (failure: McpFailure) => void;
}

/**
 * Starts the program under a shell that holds the other end of a pipe of ours. When that pipe closes, because we close it or because
 * this process is gone however it died, the shell kills its whole process group: no program outlives the worker.
 */
const guard = '"$@" <&3 3<&- & exec 3<&- >&- 2>&-; cat >/dev/null; kill -KILL 0';
/** How long a program may take to end by itself once its input has ended. */
const farewell = 500;

/** Throws `McpFailure` when there is no such program. */
export function openStdioChannel(
  { command, args, environment, path = [] }: StdioTransport,
  largest: number,
  hooks: StdioHooks,
): StdioChannel {
  const folders = [...usualFolders, ...path];
  const program = programOf(command, folders);
  if (!program) throw new McpFailure('not-installed', `there is no program ${command}`);
  const child = spawn('/bin/sh', ['-c', guard, 'guard', program, ...args], {
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
    env: { PATH: folders.join(delimiter), HOME: tmpdir(), TMPDIR: tmpdir(), ...environment },
    cwd: tmpdir(),
  });
  const input = child.stdio[3] as Writable;
  const ended = Promise.withResolvers<void>();
  let isClosed = false;
  const lose = (failure: McpFailure) => {
    ended.resolve();
    if (isClosed) return;
    isClosed = true;
    child.stdin?.destroy();
    hooks.onClosed(failure);
  };
  listen(child, createLineReader(largest, hooks.onValue), lose);
  const lastWords = lastWordsOf(child.stderr);
  input.on('error', (cause) => lose(new McpFailure('closed', 'the program takes no more input', { cause })));
  return {
    send(message) {
      if (isClosed) throw new McpFailure('closed', 'the program has ended');
      input.write(`${JSON.stringify(message)}\n`);
    },
    async close() {
      input.end();
      await Promise.race([ended.promise, sleep(farewell, undefined, { ref: false })]);
      lose(new McpFailure('closed', 'closed by us'));
    },
    lastWords,
  };
}

function listen(child: ChildProcess, read: (chunk: Buffer) => void, lose: (failure: McpFailure) => void): void {
  child.stdout?.on('data', (chunk: Buffer) => {
    try {
      read(chunk);
    } catch (error) {
      child.stdout?.destroy();
      lose(error instanceof McpFailure ? error : new McpFailure('malformed', 'a line could not be handled', { cause: error }));
    }
  });
  child.stdout?.on('close', () => lose(new McpFailure('closed', 'the program has ended')));
  child.stdin?.on('error', () => undefined);
  child.on('error', (cause) => lose(new McpFailure('unreachable', 'the program could not be started', { cause })));
  // The worker's own end does not wait for them.
  child.unref();
}

/** So many bytes of them are kept. */
const mostWords = 8_000;

/** Read to its end, so that a program that writes much does not stand still. */
function lastWordsOf(stderr: Readable | null): () => Promise<string> {
  let kept = Buffer.alloc(0);
  let isCut = false;
  const ended = Promise.withResolvers<void>();
  stderr?.on('data', (chunk: Buffer) => {
    const all = Buffer.concat([kept, chunk]);
    isCut ||= all.length > mostWords;
    kept = all.subarray(-mostWords);
  });
  stderr?.on('error', () => undefined);
  stderr?.on('close', () => ended.resolve());
  return async () => {
    await Promise.race([ended.promise, sleep(farewell, undefined, { ref: false })]);
    const lines = kept.toString().split('\n');
    // The first one may begin in the middle of a key.
    return lines.slice(isCut ? 1 : 0).join('\n');
  };
}

/** Where programs are looked for: beside Node, then where the image's build puts them. */
const usualFolders = [dirname(process.execPath), '/opt/azure-mcp/dist', '/usr/local/bin', '/usr/bin', '/bin'];

/** The file a command names, if it can be run here. */
function programOf(command: string, folders: readonly string[]): string | undefined {
  const candidates = isAbsolute(command) ? [command] : folders.map((folder) => join(folder, command));
  return candidates.find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Lines in a row that are not JSON, after which nothing else is expected. */
const mostUnreadable = 1_000;

/** Cuts a stream of bytes into lines of JSON; lines that are none are passed over. Throws `McpFailure` on what has no end. */
function createLineReader(largest: number, onValue: (value: unknown) => void): (chunk: Buffer) => void {
  let parts: Buffer[] = [];
  let length = 0;
  let unreadable = 0;
  return (chunk) => {
    let start = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, start)) {
      keep(chunk.subarray(start, end));
      start = end + 1;
      finish();
    }
    keep(chunk.subarray(start));
  };

  function keep(part: Buffer): void {
    length += part.length;
    if (length > largest) throw new McpFailure('too-large', `a line has more than ${largest} bytes`);
    if (part.length > 0) parts.push(part);
  }

  function finish(): void {
    const line = Buffer.concat(parts).toString();
    parts = [];
    length = 0;
    if (line.trim() === '') return;
    const value = parsed(line);
    unreadable = value === undefined ? unreadable + 1 : 0;
    if (unreadable > mostUnreadable) throw new McpFailure('malformed', 'the program writes no JSON');
    if (value !== undefined) onValue(value);
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

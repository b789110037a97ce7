import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { StoredFile } from '../files/file-store.ts';
import { toFileObject } from '../files/to-file-object.ts';
import type { SlackMessage } from '../slack-message.ts';
import type { WorkspaceChannel } from '../workspace.ts';
import type { StoredSession } from './session-store.ts';
import type { World } from './world.ts';

const pause = 250;

/** Keeps the state in a file: soon after each change, and a last time at the end. */
export class StateFile {
  private readonly world: World;
  private readonly path: string;
  private readonly warn: (message: string) => void;
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> = Promise.resolve();
  private stopListening: () => void = () => undefined;

  constructor(world: World, path: string, warn: (message: string) => void) {
    this.world = world;
    this.path = path;
    this.warn = warn;
  }

  /** A file that cannot be understood is set aside under another name, so that nothing is lost and the emulator still starts. */
  async load(): Promise<void> {
    const text = await readFile(this.path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw new Error(`The Slack state in ${this.path} cannot be read (${error.code})`, { cause: error });
    });
    if (text !== undefined) await this.restore(text);
    this.stopListening = this.world.changes.onChange(() => this.saveSoon());
  }

  saveSoon(): void {
    if (this.timer) return;
    this.timer = setTimeout(() => void this.save(), pause);
    this.timer.unref();
  }

  async close(): Promise<void> {
    this.stopListening();
    await this.save();
  }

  private async restore(text: string): Promise<void> {
    try {
      restoreState(this.world, parseState(text, this.world.directory.workspace.teamId));
    } catch (error) {
      const aside = `${this.path}.unreadable-${Date.now()}`;
      await rename(this.path, aside);
      this.warn(
        `The Slack state in ${this.path} could not be used: ${(error as Error).message}. It was moved to ${aside}; Slack starts empty.`,
      );
    }
  }

  /** Written beside and renamed, so that a crash leaves the old state or the new, never half of one. */
  private save(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const text = JSON.stringify(toSavedState(this.world));
    this.writing = this.writing.then(() => this.write(text));
    return this.writing;
  }

  private async write(text: string): Promise<void> {
    try {
      await mkdir(dirname(this.path), { recursive: true });
      await writeFile(`${this.path}.new`, text);
      await rename(`${this.path}.new`, this.path);
    } catch (error) {
      this.warn(`The Slack state could not be saved to ${this.path}: ${(error as Error).message}`);
    }
  }
}

/** What outlives the process, as it stands in the state file. */
interface SavedState {
  readonly version: 1;
  readonly teamId: string;
  readonly messages: readonly SlackMessage[];
  readonly sessions: readonly StoredSession[];
  /** Streams that a person has stopped. */
  readonly stopped: readonly string[];
  readonly conversations: readonly WorkspaceChannel[];
  readonly files: readonly SavedFile[];
}

type SavedFile = Omit<StoredFile, 'bytes'> & { readonly base64: string };

function toSavedState({ directory, messages, sessions, streams, files }: World): SavedState {
  return {
    version: 1,
    teamId: directory.workspace.teamId,
    messages: messages.all(),
    sessions: sessions.all(),
    stopped: streams.allStopped(),
    conversations: directory.openedSince(),
    files: files.all().map(({ bytes, ...file }) => ({ ...file, base64: Buffer.from(bytes).toString('base64') })),
  };
}

/** Takes up where the state was saved; streams that were open go on until their time is up. */
function restoreState(world: World, saved: SavedState): void {
  world.directory.load(saved.conversations);
  for (const { base64, ...file } of saved.files) world.files.put({ ...file, bytes: Buffer.from(base64, 'base64') });
  world.messages.load(saved.messages.map((message) => withFreshFiles(world, message)));
  world.sessions.load(saved.sessions);
  world.streams.load(saved.stopped);
  for (const { channel, ts, edited, streaming_state } of world.messages.all()) {
    world.timestamps.pass(edited?.ts ?? ts);
    if (streaming_state === 'in_progress') world.streams.open(channel, ts);
  }
}

/** The URLs of files lead to this emulator, wherever it listens today. */
function withFreshFiles(world: World, message: SlackMessage): SlackMessage {
  if (!message.files) return message;
  const files = message.files.map((file) => {
    const stored = world.files.get(String(file.id));
    return stored ? toFileObject(world, stored) : file;
  });
  return { ...message, files };
}

/** Throws, saying why, when the text is no state of this workspace. */
function parseState(text: string, teamId: string): SavedState {
  const parsed: unknown = JSON.parse(text);
  if (typeof parsed !== 'object' || parsed === null) throw new Error('it is not an object');
  const state = parsed as Partial<SavedState>;
  if (state.version !== 1) throw new Error(`its version is ${String(state.version)}, not 1`);
  if (state.teamId !== teamId) throw new Error(`it belongs to the workspace ${String(state.teamId)}, not ${teamId}`);
  const lists = ['messages', 'sessions', 'stopped', 'conversations', 'files'] as const;
  const missing = lists.filter((name) => !Array.isArray(state[name]));
  if (missing.length > 0) throw new Error(`it lacks ${missing.join(', ')}`);
  if (!state.messages?.every(isMessage)) throw new Error('a message in it has no channel, ts or text');
  return state as SavedState;
}

function isMessage(message: unknown): boolean {
  const { channel, ts, text } = (message ?? {}) as Record<string, unknown>;
  return [channel, ts, text].every((field) => typeof field === 'string');
}

import type { SlackMessage, WorkspaceChannel } from '../contract.ts';
import type { StoredFile } from '../files/file-store.ts';
import { toFileObject } from '../files/to-file-object.ts';
import type { StoredSession } from './session-store.ts';
import type { World } from './world.ts';

/** What outlives the process, as it stands in the state file. */
export interface SavedState {
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

export function toSavedState({ directory, messages, sessions, streams, files }: World): SavedState {
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
export function restoreState(world: World, saved: SavedState): void {
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
export function parseState(text: string, teamId: string): SavedState {
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

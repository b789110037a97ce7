import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parseState, restoreState, toSavedState } from './saved-state.ts';
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
      throw error;
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

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OpenPage, openPage } from './open-page.ts';
import { type Command, startCommand } from './start-command.ts';

export interface StartInBrowser extends OpenPage {
  readonly command: Command;
}

export interface StartOptions {
  readonly args?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Of the page, in pixels. */
  readonly height?: number;
}

/** `pnpm start` with its conversations in a folder of their own, and its page open in a browser. */
export async function startInBrowser({ args = [], environment, height }: StartOptions = {}): Promise<StartInBrowser> {
  await using started = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'vera-'));
  started.defer(() => rm(folder, { recursive: true, force: true }));
  const command = startCommand(['--port', '0', '--data', folder, ...args], environment);
  started.defer(async () => {
    command.process.kill('SIGINT');
    await command.ended;
  });
  const opened = started.use(await openPage(await command.url, height));
  const running = started.move();
  return { ...opened, command, [Symbol.asyncDispose]: () => running.disposeAsync() };
}

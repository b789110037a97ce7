import { listen } from './listen.ts';

/** A port of loopback that nothing listens on, for a process that must be told one before it starts. */
export async function freePort(): Promise<number> {
  await using held = await listen(() => new Response());
  return held.port;
}

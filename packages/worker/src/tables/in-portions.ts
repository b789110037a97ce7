import { setImmediate } from 'node:timers/promises';

const portion = 2_000;

/** Rows in portions, with a turn of the event loop between two: who waits for `/ping` is answered meanwhile. */
export async function* inPortions<Item>(items: readonly Item[]): AsyncGenerator<readonly Item[]> {
  for (let at = 0; at < items.length; at += portion) {
    if (at > 0) await setImmediate();
    yield items.slice(at, at + portion);
  }
}

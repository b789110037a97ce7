import { stop } from 'esbuild';
import { bundleAll } from './bundle.ts';

/** Vitest calls this once before the first test: emulators start the deployables from `dist`, as AWS would. */
export async function setup(): Promise<void> {
  await bundleAll();
  // Its process would keep a gigabyte for as long as the tests run.
  await stop();
}

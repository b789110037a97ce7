import { fileURLToPath } from 'node:url';

/** Absolute path of a process in `fixtures/`. */
export function fixturePath(name: string): string {
  return fileURLToPath(new URL(`./fixtures/${name}.mjs`, import.meta.url));
}

import { fileURLToPath } from 'node:url';

/** Where a picture of a test is kept, for people to judge; whoever takes it makes the folder. */
export function screenshotPath(name: string): string {
  return fileURLToPath(new URL(`../../../../coverage/screenshots/${name}.png`, import.meta.url));
}

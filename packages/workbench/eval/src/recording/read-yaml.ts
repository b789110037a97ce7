import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** What a file holds; undefined where there is none, or nothing is in it. */
export function readYaml(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8')) ?? undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

import type { ReadInChild } from '../../src/files/read-in-child.ts';
import { readAs } from '../../src/files/reader/read-as.ts';
import { readingOf } from '../../src/files/reading-of.ts';

/** The readers without their process, which takes its time to start. */
export const readHere: ReadInChild = async (file) => {
  const lines: string[] = [];
  await readAs(file, (line) => lines.push(line));
  return readingOf(lines);
};

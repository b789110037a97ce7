import type { Table } from '../tables/table.ts';

/** Why nothing of a file is shown: codes, as what reads the file is not trusted to word anything of ours. */
export const refusals = {
  damaged: 'it is damaged, or not complete',
  protected: 'it is protected with a password',
  unpacked: 'it holds more than can be unpacked here',
  kind: 'its content is not what its name says',
  binary: 'its content is not text',
  empty: 'there is nothing in it',
  pixels: 'it has too many pixels to be made smaller here',
  time: 'reading it took too long',
  memory: 'reading it took too much memory',
  output: 'it holds more than can be read for one question',
  busy: 'too many files are being read at the moment',
  failed: 'it could not be read',
} as const;
export type Refusal = keyof typeof refusals;

/** Thrown by what reads a file. */
export class RefusedFileError extends Error {
  readonly code: Refusal;

  constructor(code: Refusal, options?: ErrorOptions) {
    super(refusals[code], options);
    this.code = code;
  }
}

export type ReadKind = 'pdf' | 'docx' | 'xlsx' | 'csv' | 'html' | 'picture';

/** What was read of a file, all of it its author's words. */
export interface FileReading {
  readonly text: string;
  readonly tables: readonly Table[];
  /** Of a PDF: how many it has, how many were read, and which of those hold no text, counted from one. */
  readonly pages?: { readonly of: number; readonly read: number; readonly withoutText: readonly number[] };
  /** What a reader has to know: "2 sheets are hidden". */
  readonly notes: readonly string[];
  /** A JPEG that is as large as a model takes. */
  readonly picture?: Uint8Array;
}

/** The most that one file gives, counted before it is kept. A thread holds many, and each lies in memory as long as it is cached. */
export const mostRead = { characters: 2_000_000, cells: 200_000, columns: 500, sheets: 40, output: 12_000_000, textCharacters: 150_000 };

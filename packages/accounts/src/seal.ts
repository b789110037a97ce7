/** Whose tokens of which provider: what was sealed for one is not opened for another. */
export interface SealContext {
  readonly person: string;
  readonly provider: string;
}

/** Encrypts what may be read by nobody who only has the table. */
export interface Seal {
  /** All that can fail comes first: the function it gives needs nobody any more. */
  prepare(context: SealContext): Promise<(text: string) => Uint8Array>;
  /** Throws `SealError` for what was not sealed for this context, or was changed. */
  open(sealed: Uint8Array, context: SealContext): Promise<string>;
}

export class SealError extends Error {
  readonly code = 'seal';
}

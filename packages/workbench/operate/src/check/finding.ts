/** What a look at one part of a deployment came to. What is not well, or was not seen, has a remedy. */
export type Finding =
  | { readonly part: string; readonly kind: 'lives'; readonly words: string }
  | { readonly part: string; readonly kind: 'ails' | 'unseen'; readonly words: string; readonly remedy: string };

/** A look that asks one part, and gives the first thing that ails it. */
export type Look = () => Promise<Finding>;

export function lives(part: string, words: string): Finding {
  return { part, kind: 'lives', words };
}

export function ails(part: string, words: string, remedy: string): Finding {
  return { part, kind: 'ails', words, remedy };
}

/** It could not be looked at, so that nobody may say that it is well. */
export function unseen(part: string, words: string, remedy: string): Finding {
  return { part, kind: 'unseen', words, remedy };
}

/** By its name only: what was sent may stand in its message. */
export function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  const { code } = (error.cause ?? {}) as { readonly code?: unknown };
  return typeof code === 'string' ? code : error.name;
}

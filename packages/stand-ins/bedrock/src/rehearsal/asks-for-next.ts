const next = /\bafter (?:that|this|them|him|her)\b|\bnext\b|\bfollowing\b|^\W*(?:and )?(?:who |what )?then\b/i;

/** Whether somebody wants to know what comes after what was told. */
export function asksForNext(question: string): boolean {
  return next.test(question);
}

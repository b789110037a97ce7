/** The buttons under an answer that ask on; one for each question, numbered. */
export const nextActionId = 'answer.next';

/** Slack's buttons take 75 characters: what is asked by a click is what stands on the button, whole. */
const longest = 75;
/** Mentions, links and code; what is not seen, or turns the line around. */
const unplain = /[<>`|]|:\/\/|@\w|[\p{C}\p{Default_Ignorable_Code_Point}\u2028\u2029]/u;

/**
 * A short plain question as it may stand on a button; undefined for all else. A click makes it the words of whoever clicks, and it was worded
 * by a model that read what others wrote: it asks, and so orders nothing.
 */
export function nextQuestionIn(line: string): string | undefined {
  const text = line
    .replace(/^\s*(?:[-*•]|\d{1,2}[.)])\s+/, '')
    .replace(/\s+/g, ' ')
    .trim();
  if (text.length > longest) return undefined;
  const isQuestion = /\p{L}.*[?？؟]$/u.test(text) && !/[?？؟].*[\p{L}\p{N}]/u.test(text);
  return isQuestion && !unplain.test(text) ? text : undefined;
}

import { type Grant, isException } from './policy.ts';

/** Whether everything the second grant allows (or denies) is in the first one too. */
export function isCovered({ by, grant }: { by: Grant; grant: Grant }): boolean {
  return (
    by.effect === grant.effect &&
    (by.principal === '*' || by.principal === grant.principal) &&
    isMatch(by.action.toLowerCase(), grant.action.toLowerCase()) &&
    isMatch(by.resource, grant.resource) &&
    by.conditions.every((condition) => grant.conditions.includes(condition))
  );
}

/** `*` stands for any text, `?` for one character; the text may itself be a pattern. Greedy, so that no pattern takes long. */
function isMatch(pattern: string, text: string): boolean {
  if (pattern === text || pattern === '*') return true;
  // Exceptions, and statements too large to be taken apart, are lists: they only equal each other.
  if ([pattern, text].some((one) => isException(one) || one.includes(', '))) return false;
  let at = 0;
  let star = -1;
  let resume = 0;
  for (let index = 0; index < text.length; ) {
    if (pattern[at] === '*') {
      star = at++;
      resume = index;
    } else if (pattern[at] === text[index] || (pattern[at] === '?' && text[index] !== '*')) {
      at++;
      index++;
    } else if (star >= 0) {
      at = star + 1;
      index = ++resume;
    } else return false;
  }
  return /^\**$/.test(pattern.slice(at));
}

const now =
  /\b(?:what|which)(?:['’]s| is)? (?:the )?(?:(?:current|local|exact) )?(?:time|date|day|weekday)(?: and (?:time|date))?(?: is it| is today| do we have)?(?:\W*$| (?:now|today|right now|here|over there)\b| in [\p{L}/_ ]{2,24}\W*$)|\b(?:time|date|day|late) is it\b|\btoday['’]s date\b|\b(?:current|local) (?:time|date)\b|\bdate (?:of )?today\b|^\W*(?:the )?(?:time|date)(?: now| please)?(?: in [\p{L} ]+)?\W*$/iu;
const limit = /\b(?:within|by|until|at|before|after) (?:what|which)\b/i;

/** Whether somebody wants to know what the clock says now: not a time limit, not something that happens today. */
export function asksForNow(text: string): boolean {
  return now.test(text) && !limit.test(text);
}

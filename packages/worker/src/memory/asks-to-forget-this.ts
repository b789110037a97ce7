import { asksToForget, plainWords } from './asks-to-forget.ts';
import { saysAnything } from './telling-words.ts';

/**
 * Whether what is named stands in a message as what it asks to forget: between the two stands nothing that says anything, no other sentence and
 * no other clause. Whoever asks to forget one thing may tell another in the same breath, which is not to go.
 */
export function asksToForgetThis(message: string, what: string): boolean {
  const [all, named] = [
    plainWords(message),
    plainWords(what)
      .trim()
      .replace(/[.!。]+$/u, ''),
  ];
  if (!/[\p{L}\p{N}]/u.test(named)) return false;
  for (let [at, places] = [all.indexOf(named), 0]; at !== -1 && places < mostPlaces; at = all.indexOf(named, at + 1), places += 1) {
    const before = all.slice(0, at).split(endOfSentence).at(-1) ?? '';
    const after = all.slice(at + named.length).split(endOfSentence)[0] ?? '';
    if (isAsked(named, wordsIn(before).slice(-mostWords), wordsIn(after).slice(0, mostWords))) return true;
  }
  return false;
}

const endOfSentence = /[.!?;](?=\s|$)|[…。！？]/u;
/** As often is looked for what is named: a message may hold a short word a thousand times. */
const mostPlaces = 20;
/** On either side, in which a request has to begin and end. */
const mostWords = 8;
const joining = /(?<!\p{L})(?:but|and|so|because|und|aber|denn|weil|mais|et|car|pero|y|ma|mas)(?!\p{L})/u;

function wordsIn(text: string): readonly string[] {
  return text.trim().split(' ').filter(Boolean);
}

/** Looks for the fewest words on either side with which it is a request. */
function isAsked(named: string, before: readonly string[], after: readonly string[]): boolean {
  const asks = (left: number, right: number) =>
    left >= 0 && right >= 0 && asksToForget([...before.slice(before.length - left), named, ...after.slice(0, right)].join(' '));
  for (let left = 0; left <= before.length; left += 1) {
    const right = [...after.keys(), after.length].find((most) => asks(left, most));
    if (right === undefined || asks(left - 1, right)) continue;
    const between = [before.slice(before.length - left).slice(1), after.slice(0, right).slice(0, -1)].map((words) => words.join(' '));
    const behind =
      right === 0
        ? ''
        : (after
            .slice(right)
            .join(' ')
            .split(/[,:–—]/)[0] ?? '');
    const isOther = before.at(-1)?.endsWith(',') === true && left > 0;
    if (!isOther && ![...between, behind].some(saysAnything) && !between.some((words) => joining.test(words))) return true;
  }
  return false;
}

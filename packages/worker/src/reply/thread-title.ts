import { unescapeText } from '@vera/protocol/escape-text';
import { textLimits } from '@vera/protocol/shorten';
import { plainName } from '../plain-name.ts';

/** Far more than the title takes: a link and a mention before it. */
const longestLook = 3_000;

/** The first plain words of a question: what a link says and not where it leads, no mention, no code, no sign of how it is set. */
export function threadTitleOf(text: string): string {
  const said = text
    .slice(0, longestLook)
    .replace(/```[\s\S]*?(?:```|$)/g, ' ')
    .replace(/<(?:#\w+|!\w[^|<>]*|(?:https?|mailto):[^|<>]*)\|([^<>]*)>/g, ' $1 ')
    .replace(/<[^<>]*>/g, ' ');
  const words = unescapeText(said)
    .replace(/\[([^[\]\n]*)\]\([^()\s]*\)/g, ' $1 ')
    .replace(/\b[a-z][a-z+.-]*:\/\/\S*/gi, ' ')
    .replace(/:[a-z0-9_+-]+:(?=\s|[:.,!?]|$)/gi, ' ')
    .replace(/(?<![\p{L}\p{N}])[*_~`#>]+|[*_~`]+(?![\p{L}\p{N}])/gu, ' ');
  return plainName(words, textLimits.sessionTitle) || 'Question';
}

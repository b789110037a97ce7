import { unescapeText } from '@vera/protocol/escape-text';
import { shorten, textLimits } from '@vera/protocol/shorten';

/** Far more than the title takes: a link and a mention before it. */
const longestLook = 3_000;

const headings = /^[ \t]*(?:>+|#{1,6}(?=\s)|[*+•-](?=\s))/gm;
/** Signs that stand around words, as Slack and Markdown set them; all others are content: `37 * 43`, `__init__`, `#4`, `a > b`. */
const set =
  /(?<code>`+)(?<coded>[^`\n]+)\k<code>|(?<![\p{L}\p{N}*_~])(?<sign>[*~]{1,3}|_)(?=[\p{L}\p{N}\p{M}*_~`"'“„(<[¿¡])(?<words>(?:(?!\k<sign>)[^\n])+)(?<!\s)\k<sign>(?![\p{L}\p{N}*_~])/gu;

/** The first plain words of a question: what a link says and not where it leads, no mention, no block of code, no sign of how it is set. */
export function threadTitleOf(text: string): string {
  const said = text
    .slice(0, longestLook)
    .replace(/```[\s\S]*?(?:```|$)/g, ' ')
    .replace(/<(?:(#)\w+|!\w[^|<>]*|(?:https?|mailto):[^|<>]*)\|([^<>]*)>/g, '$1$2')
    .replace(/<[^<>]*>/g, ' ');
  const words = unescapeText(said)
    .replace(/\[([^[\]\n]*)\]\((?:[a-z][a-z+.-]*:|[/#])[^()\s]*\)/gi, '$1')
    .replace(/\b[a-z][a-z+.-]*:\/\/\S*/gi, ' ')
    .replace(/(?<![\p{L}\p{N}]):[a-z0-9_+-]+:(?=\s|[:.,!?]|$)/giu, ' ')
    .replace(headings, ' ');
  return shorten(oneLine(unset(words)), textLimits.sessionTitle) || 'Question';
}

/** What is code stays as it is. */
function unset(text: string): string {
  return text.replace(set, (...found) => {
    const { coded, words = '' } = found.at(-1) as { readonly coded?: string; readonly words?: string };
    return coded ?? unset(words);
  });
}

/** It stands alone, so that colons and quotation marks are harmless; nothing in it opens a mention or a link of Slack's. */
function oneLine(text: string): string {
  return text
    .replace(/(?!\u{fe0f})\p{Default_Ignorable_Code_Point}/gu, '')
    .replace(/<(?![\s=\d])|[\p{White_Space}\p{C}]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
}

import { shorten, textLimits } from '@vera/protocol/shorten';

/**
 * A name that somebody else gave (of a person, a file, a document, a channel) as one bounded line that reads as nothing but a name: no
 * colon, with which a speaker begins, and no quotation mark or bracket that could end where it stands. Look-alikes of these count.
 */
export function plainName(text: string, limit: number = textLimits.line): string {
  const spoken = text
    .replace(/(?!\u{fe0f})\p{Default_Ignorable_Code_Point}/gu, '')
    .replace(/["“”„«»<>‹›:\p{White_Space}\p{C}：﹕︓꞉∶ː˸։׃]+/gu, ' ');
  return shorten(spoken.trim(), limit);
}

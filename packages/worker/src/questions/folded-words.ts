import { textLimits } from '@vera/protocol/shorten';
import { plainName } from '../plain-name.ts';
import { toReadableText, withoutAddress } from '../thread/read-conversation.ts';
import type { Folded } from './story.ts';

/** Nobody reads of an end without an answer that it is of what they added, too. */
export function partWords(folded: readonly Folded[]): string {
  return folded.length === 0 ? '' : `What you added was part of it: ${folded.map(saidIn).join(', ')}.`;
}

/** What was said in a message, as its author knows it again. */
export function saidIn({ question: { text, botUserId } }: Folded): string {
  return `“${plainName(
    toReadableText(withoutAddress(text, botUserId), () => 'someone'),
    textLimits.name,
  )}”`;
}

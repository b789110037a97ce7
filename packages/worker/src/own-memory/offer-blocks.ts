import { escapeText } from '@vera/protocol/escape-text';
import { isFollowedEverywhere, type StandingRequest, standingWords } from '../memory/standing-request.ts';
import { button, type SlackBlock, section } from './block-parts.ts';

/** Asks one person whether these exact words are to be kept. `value`: of `OfferedRequests`. */
export function offerBlocks(standing: StandingRequest, value: string): readonly SlackBlock[] {
  const where = isFollowedEverywhere(standing) ? 'for all your questions, in channels too' : 'for what you ask me in direct messages';
  return [
    section(`*Shall I remember this, ${where}?*\n${quoted(standing)}`),
    {
      type: 'actions',
      elements: [{ ...button('memory-keep', 'Remember it', value), style: 'primary' }, button('memory-decline', 'No', value)],
    },
  ];
}

export function quoted(standing: StandingRequest): string {
  return `“${escapeText(standingWords(standing).replace(/\s+/g, ' '))}”`;
}

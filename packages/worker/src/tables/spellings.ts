import { shorten, textLimits } from '@vera/protocol/shorten';
import { plainName } from '../plain-name.ts';
import { sameText } from './same-text.ts';

/** Texts that are counted as one although they are written in several ways, so that it can be said. */
export function createSpellings() {
  const known = new Map<string, string>();
  const others = new Map<string, string>();
  return {
    /** What all of them have in common. */
    take(text: string): string {
      const same = sameText(text);
      const first = known.get(same);
      if (first === undefined) known.set(same, text);
      else if (first.trim() !== text.trim()) others.set(text.trim(), first);
      return same;
    },
    note(): string | undefined {
      if (others.size === 0) return undefined;
      const some = [...others].slice(0, mostTold).map(([text, first]) => `${told(text)} as ${told(first)}`);
      return `upper and lower case and blanks make no difference: counted are ${some.join(', ')}${others.size > mostTold ? ', …' : ''}`;
    },
  };
}

const mostTold = 3;

function told(text: string): string {
  return plainName(shorten(text, textLimits.quote));
}

import { describe, expect, it } from 'vitest';
import { ownStatements } from '../../src/memory/own-statements.ts';

const isOwn = (text: string) => ownStatements(text).some(({ words }) => words === text);

describe('what somebody states of themselves', () => {
  // By one letter or more a text is longer in bare letters than as it is written, or shorter.
  it.each(['… ich wohne in Köln', '……… ich wohne in Köln', 'Daß ich in Köln wohne', '… j’habite à Bonn'])(
    'counts, whatever letters and signs stand before the “I”: %s',
    (text) => {
      expect(isOwn(text)).toBe(true);
    },
  );

  it.each(['Prüfe, daß ich in Köln wohne', 'Weißt du, daß ich in Köln wohne', 'Ta\u0308\u0308\u0308\u0308gl ich wohne'])(
    'is none where a word before it says something: %s',
    (text) => {
      expect(isOwn(text)).toBe(false);
    },
  );
});

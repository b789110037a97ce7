import * as fc from 'fast-check';
import { Lexer } from 'marked';
import { expect, test } from 'vitest';
import { UnshownText } from '../../src/reply/unshown-text.ts';

/** Writes a text as messages, each as long as it may be, in parts of this length. */
function messagesOf(text: string, step: number): string[] {
  const unshown = new UnshownText();
  const messages: string[] = [];
  let shown: string | undefined;
  for (let at = 0; at < text.length; at += step) {
    unshown.add(text.slice(at, at + step));
    while (unshown.isReady(shown) || unshown.isTooLong(shown)) {
      const { text: more, closing } = unshown.next(shown);
      const all = shown === undefined ? unshown.opening + more : shown + more;
      unshown.shown(more.length);
      if (shown === undefined) unshown.begun();
      shown = all;
      if (closing === undefined) continue;
      unshown.ended(all);
      messages.push(all + closing);
      shown = undefined;
    }
  }
  const rest = unshown.takeRest(shown);
  return [...messages, (shown ?? '') + rest];
}

type Style = readonly [opening: string, type: string];
const styles: readonly Style[] = [
  ['**', 'strong'],
  ['*', 'em'],
  ['_', 'em'],
  ['~~', 'del'],
];

/** The words of a message, each with whether it is drawn in this style. */
function drawn(markdown: string, type: string): { word: string; isStyled: boolean }[] {
  const walk = (tokens: readonly unknown[], isStyled: boolean): { word: string; isStyled: boolean }[] =>
    tokens.flatMap((one) => {
      const token = one as { type: string; text?: string; tokens?: readonly unknown[] };
      const styled = isStyled || token.type === type;
      if (token.tokens) return walk(token.tokens, styled);
      return (token.text ?? '').split(/\s+/).flatMap((word) => (word === '' ? [] : [{ word, isStyled: styled }]));
    });
  return walk(new Lexer().lex(markdown), false);
}

test.each(styles)('what stands between %s is drawn so in each message that it goes through, and nothing else is', async (mark, type) => {
  const words = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 900, maxLength: 1_500 });
  await fc.assert(
    fc.asyncProperty(words, fc.nat(40), fc.integer({ min: 1, max: 400 }), async (all, before, step) => {
      const [plain, styled] = [all.slice(0, before), all.slice(before, -20)];
      const text = [...plain, `${mark}${styled.join(' ')}${mark}`, ...all.slice(-20)].join(' ');
      const messages = messagesOf(text, step);
      expect(messages.length).toBeGreaterThan(1);
      for (const message of messages) expect(message.length).toBeLessThanOrEqual(4_000);
      const found = messages.flatMap((message) => drawn(message, type)).filter(({ word }) => word !== '…');
      const wanted = all.map((word, index) => ({ word, isStyled: index >= before && index < all.length - 20 }));
      expect(found.map(({ word, isStyled }) => ({ word: word.replace('…', ''), isStyled }))).toEqual(wanted);
    }),
    { numRuns: 8 },
  );
});

test('a paragraph that ends where the message does takes its open marks with it', () => {
  const unshown = new UnshownText();
  expect(unshown.ended('A **bold')).toBe('**');
  unshown.add('\n\nThe next paragraph.');
  expect(unshown.next().text).toBe('The next ');
  expect(unshown.opening).toBe('');
});

test('what was shown already with a blank at its end is closed behind a sign', () => {
  const unshown = new UnshownText();
  expect(unshown.ended('It is **very ')).toBe('…**');
  unshown.add(' important** now. ');
  const { text } = unshown.next();
  expect(unshown.opening + text).toBe('**important** now. ');
});

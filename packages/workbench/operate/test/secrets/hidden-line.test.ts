import { describe, expect, it } from 'vitest';
import { createHiddenLine } from '../../src/secrets/hidden-line.ts';

const typed = (...texts: readonly string[]) => {
  const line = createHiddenLine();
  return texts.map((text) => line.take(text)).at(-1);
};

describe('what is typed at a terminal', () => {
  it('is a line once Enter is pressed, edited as terminals do', () => {
    expect(typed('ab')).toEqual({ kind: 'open' });
    expect(typed('ab', 'c\r')).toEqual({ kind: 'entered', line: 'abc' });
    expect(typed('abx\u007fc\n')).toEqual({ kind: 'entered', line: 'abc' });
    expect(typed('wrong\u0015abc\r')).toEqual({ kind: 'entered', line: 'abc' });
    expect(typed('ab\u001b[Dc\u001bOP\r')).toEqual({ kind: 'entered', line: 'abc' });
  });

  it('stops at Ctrl-C, also within what is pasted', () => {
    expect(typed('ab\u0003')).toEqual({ kind: 'stopped' });
    expect(typed('\u001b[200~ab\u0003')).toEqual({ kind: 'stopped' });
  });

  it('D25 that was pasted with a line break is one line with all of it, wherever the marks are cut', () => {
    const all = '\u001b[200~abc\n\u001b[201~\r';
    for (let at = 1; at < all.length; at += 1) expect(typed(all.slice(0, at), all.slice(at))).toEqual({ kind: 'entered', line: 'abc\n' });
  });
});

import type { Token } from './tokens-of.ts';

export interface TokenReader {
  peek(): Token;
  next(): Token;
  /** Takes the next token if it is this word, in capitals or not. */
  takeWord(word: string): boolean;
  takeSymbol(symbol: string): boolean;
}

export function createTokenReader(tokens: readonly Token[]): TokenReader {
  let at = 0;
  const end: Token = { kind: 'end', text: '', line: 1, character: 1 };
  const peek = () => tokens[at] ?? tokens.at(-1) ?? end;
  const takeIf = (isIt: boolean) => {
    if (isIt) at += 1;
    return isIt;
  };
  return {
    peek,
    next() {
      const token = peek();
      at += 1;
      return token;
    },
    takeWord: (word) => takeIf(isWord(peek(), word)),
    takeSymbol: (symbol) => takeIf(peek().kind === 'symbol' && peek().text === symbol),
  };
}

export function isWord({ kind, text }: Token, word: string): boolean {
  return kind === 'word' && text.toLowerCase() === word;
}

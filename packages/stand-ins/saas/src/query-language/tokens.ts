import { QuerySyntaxError } from './query.ts';

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

export interface Token {
  readonly kind: 'word' | 'string' | 'symbol' | 'operator' | 'end';
  readonly text: string;
  readonly line: number;
  readonly character: number;
}

const space = /\s+/y;
const customField = /cf\[\d+\]/iy;
const operator = /!=|!~|<=|>=|=|<|>|~/y;
const junction = /&&?|\|\|?/y;
const symbol = /[(),!]/y;
const word = /[^\s()=!<>~,"'&|{}*/%+^$#@?;[\]`]+/y;

/** JQL and CQL taken apart into words; the last token is the end. */
export function tokensOf(query: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const place = (index: number) => {
    const before = query.slice(0, index).split('\n');
    return { line: before.length, character: (before.at(-1)?.length ?? 0) + 1 };
  };
  const take = (pattern: RegExp) => {
    pattern.lastIndex = at;
    return pattern.exec(query)?.[0];
  };
  const push = (kind: Token['kind'], text: string, length: number) => {
    tokens.push({ kind, text, ...place(at) });
    at += length;
  };
  while (at < query.length) {
    const blank = take(space);
    if (blank) {
      at += blank.length;
      continue;
    }
    const quote = query[at];
    if (quote === '"' || quote === "'") {
      const { text, length } = quoted(query.slice(at), quote, place(at));
      push('string', text, length);
      continue;
    }
    const { kind, text, length } = plainToken(take, () => reserved(query.slice(at), place(at)));
    push(kind, text, length);
  }
  return [...tokens, { kind: 'end', text: '', ...place(query.length) }];
}

interface Taken {
  readonly kind: Token['kind'];
  readonly text: string;
  readonly length: number;
}

function plainToken(take: (pattern: RegExp) => string | undefined, refusal: () => QuerySyntaxError): Taken {
  const compared = take(operator);
  if (compared) return { kind: 'operator', text: compared, length: compared.length };
  const joined = take(junction);
  if (joined) return { kind: 'word', text: joined.startsWith('&') ? 'AND' : 'OR', length: joined.length };
  const mark = take(symbol);
  if (mark) return { kind: 'symbol', text: mark, length: mark.length };
  const plain = take(customField) ?? take(word);
  if (!plain) throw refusal();
  return { kind: 'word', text: plain, length: plain.length };
}

function quoted(rest: string, quote: string, at: Place): { text: string; length: number } {
  let text = '';
  for (let index = 1; index < rest.length; index += 1) {
    const letter = rest[index] ?? '';
    if (letter === quote) return { text, length: index + 1 };
    if (letter === '\\') {
      index += 1;
      text += escaped(rest[index] ?? '');
    } else text += letter;
  }
  throw new QuerySyntaxError(`Error in the JQL Query: The quoted string '${text}' has not been completed.`, at);
}

function escaped(letter: string): string {
  const known: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };
  return known[letter] ?? letter;
}

interface Place {
  readonly line: number;
  readonly character: number;
}

function reserved(rest: string, at: Place): QuerySyntaxError {
  const letter = [...rest][0] ?? '';
  const code = (letter.codePointAt(0) ?? 0).toString(16).padStart(4, '0');
  return new QuerySyntaxError(
    `Error in the JQL Query: The character '${letter}' is a reserved JQL character. You must enclose it in a string or use the escape '\\u${code}' instead.`,
    at,
  );
}

export interface JqlToken {
  /** Of a quoted one what stands between the marks. */
  readonly text: string;
  readonly isQuoted: boolean;
}

const pattern = /\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(!=|>=|<=|!~|[=<>~(),])|([^\s"'=<>~(),!]+|!))/y;

/** The words, strings and signs of a JQL query; undefined where a quotation mark is not closed. */
export function jqlTokens(jql: string): readonly JqlToken[] | undefined {
  const tokens: JqlToken[] = [];
  const text = jql.trimEnd();
  pattern.lastIndex = 0;
  while (pattern.lastIndex < text.length) {
    const [, double, single, sign, word] = pattern.exec(text) ?? [];
    const quoted = double ?? single;
    const plain = sign ?? word;
    if (quoted !== undefined) tokens.push({ text: quoted.replace(/\\(.)/g, '$1'), isQuoted: true });
    else if (plain !== undefined) tokens.push({ text: plain, isQuoted: false });
    else return undefined;
  }
  return tokens;
}

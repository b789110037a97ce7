/** What is wrong with the messages an answer was cut into, in words; empty when each renders by itself and nothing is lost. */
export function pieceFaults(pieces: readonly string[], text: string): string[] {
  const loneHeading = pieces.slice(0, -1).findIndex((piece) => /^#{1,6} /.test(piece.trimEnd().split('\n').at(-1) ?? ''));
  return [
    ...pieces.flatMap((piece, index) => faultsOfOne(piece).map((fault) => `piece ${index} ${fault}`)),
    ...(loneHeading === -1 ? [] : [`piece ${loneHeading} ends with a heading`]),
    ...faultsOfAll(pieces, text),
  ];
}

const longest = 3_900;

function faultsOfOne(piece: string): string[] {
  const faults = piece.length > longest ? [`has ${piece.length} characters`] : [];
  const outside: string[] = [];
  let fence: string | undefined;
  for (const line of piece.split('\n')) {
    const marker = /^(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence === undefined && !marker) outside.push(line);
    if (fence === undefined && marker) outside.push('');
    if (fence === undefined) fence = marker;
    else if (line === fence) fence = undefined;
  }
  if (fence !== undefined) faults.push('leaves a code block open');
  return [...faults, ...outside.flatMap(faultsOfLine), ...faultsOfTables(outside)];
}

function faultsOfLine(line: string): string[] {
  const faults: string[] = [];
  if ((line.match(/`/g) ?? []).length % 2 !== 0) faults.push('half a code span');
  const withoutCode = line.replace(/`[^`]*`/g, '');
  const withoutLinks = withoutCode.replace(/\[[^[\]]*\]\([^()\s]*\)/g, '').replace(/<https?:[^<>\s]*>/g, '');
  if (/[[\]()]|<https?:|https:/.test(withoutLinks)) faults.push('half a link');
  if (line.includes('|') && !/^\|.*\|$/.test(line)) faults.push('half a table row');
  return faults.map((fault) => `has ${fault} in: ${line.slice(0, 80)}`);
}

function faultsOfTables(lines: readonly string[]): string[] {
  const starts = lines.flatMap((line, index) => (line.startsWith('|') && !lines[index - 1]?.startsWith('|') ? [index] : []));
  return starts.flatMap((start) => {
    const delimiters = lines
      .slice(start)
      .filter((line, index, all) => all.slice(0, index + 1).every((row) => row.startsWith('|')) && isDelimiter(line));
    if (!isDelimiter(lines[start + 1] ?? '')) return ['has a table without its header'];
    if (!lines[start + 2]?.startsWith('|')) return ['has the header of a table without its rows'];
    return delimiters.length > 1 ? ['has two headers in one table'] : [];
  });
}

function isDelimiter(line: string): boolean {
  return line.startsWith('| --- ');
}

/** Every word once and in order, but for the headers of tables that go on. */
function faultsOfAll(pieces: readonly string[], text: string): string[] {
  const headers = new Set(text.split('\n').flatMap((line, index, lines) => (isDelimiter(line) ? wordsOf(lines[index - 1] ?? '') : [])));
  const seen = new Set<string>();
  const shown = wordsOf(pieces.join('\n')).filter((word) => {
    const isAgain = headers.has(word) && seen.has(word);
    seen.add(word);
    return !isAgain;
  });
  const wanted = wordsOf(text).filter((word, index, all) => !headers.has(word) || all.indexOf(word) === index);
  const at = wanted.findIndex((word, index) => shown[index] !== word);
  if (at >= 0) return [`word ${at} is ${shown[at]}, not ${wanted[at]}`];
  return shown.length === wanted.length ? [] : [`there are ${shown.length} words, not ${wanted.length}`];
}

function wordsOf(text: string): string[] {
  return text.match(/w\d+x*/g) ?? [];
}

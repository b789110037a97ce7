/** Bytes of one line, in UTF-8: what reads logs cuts or refuses longer ones, and a cut line is no JSON. */
const longestLine = 32_768;
/** Characters of a part: escaped and in UTF-8 they are fewer than a line's bytes. */
const partLength = 5_000;
const mostParts = 100;
/** What of a line too long is shown: characters of a text, entries of a list or an object. The first by which it fits. */
const cuts = [
  { text: 4_000, entries: 100 },
  { text: 500, entries: 30 },
  { text: 100, entries: 10 },
];

type Entry = Readonly<Record<string, unknown>>;

/**
 * An entry of the log as JSON: one line, shortened where it is too long; in debugging, when all of it is wanted, as many as it takes. `kept` is
 * never shortened: what CloudWatch counts is short, and half of it counts nothing.
 */
export function linesOf(entry: Entry, kept: Entry = {}): readonly string[] {
  const whole = JSON.stringify({ ...entry, ...kept });
  if (fits(whole)) return [whole];
  if (entry.level === 'debug') return partsOf(entry, whole);
  for (const cut of cuts) {
    const line = JSON.stringify({ ...Object(shortened(entry, cut)), ...kept });
    if (fits(line)) return [line];
  }
  return [JSON.stringify({ ...scalarsOf(entry), cut: whole.length, ...kept })];
}

function fits(line: string): boolean {
  return line.length <= longestLine && Buffer.byteLength(line) <= longestLine;
}

function shortened(value: unknown, cut: (typeof cuts)[number]): unknown {
  if (typeof value === 'string') return value.length <= cut.text ? value : `${value.slice(0, cut.text).toWellFormed()}… (${value.length})`;
  if (Array.isArray(value)) {
    const shown = value.slice(0, cut.entries).map((item) => shortened(item, cut));
    return value.length > cut.entries ? [...shown, `… (${value.length})`] : shown;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const shown = entries.slice(0, cut.entries).map(([name, item]) => [name, shortened(item, cut)]);
  return Object.fromEntries(entries.length > cut.entries ? [...shown, ['…', entries.length]] : shown);
}

function partsOf(entry: Entry, whole: string): string[] {
  const texts = Array.from({ length: Math.ceil(whole.length / partLength) }, (_, at) =>
    whole.slice(at * partLength, (at + 1) * partLength),
  );
  const shown = texts.slice(0, mostParts);
  return shown.map((text, at) => JSON.stringify({ ...scalarsOf(entry), part: at + 1, parts: texts.length, text }));
}

/** What a line is found by. */
function scalarsOf(entry: Entry): Entry {
  const found = Object.entries(entry).filter(([, value]) => typeof value !== 'object' && String(value).length <= 200);
  return Object.fromEntries(found.slice(0, 30));
}

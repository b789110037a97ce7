/** What a question may plainly name, and stories put into their calls. */
export interface Named {
  readonly team?: string;
  readonly period?: string;
  /** A ticket, such as PAY-1432. */
  readonly issue?: string;
  /** Such as INC-482. */
  readonly incident?: string;
  /** A project of Jira by its key. */
  readonly project?: string;
  /** An IANA time zone. */
  readonly place?: string;
  readonly sum?: string;
  /** Of Slack, such as #payments-oncall. */
  readonly channel?: string;
  /** Such as “in the last days”. */
  readonly lately?: string;
  /** What something was said about there. */
  readonly topic?: string;
}

interface Found {
  readonly value: string;
  /** The question's own words for it. */
  readonly words: string;
}

const readers: Readonly<Record<keyof Named, (text: string) => Found | undefined>> = {
  team: (text) =>
    found(
      text,
      /\bfor (?:the )?(?:team )?(?!(?:it|this|that|them|these|those)\b)(\p{L}[\p{L} -]*?)(?: team)?(?=,? (?:(?:right )?now|today|(?:this|next) week)\b|\W*$)/iu,
    ),
  period: (text) => found(text, /\b(next week|this week|right now|now|today|currently|at the moment)\b/i),
  issue: (text) => found(text, /\b((?!INC-)[A-Z][A-Z0-9]+-\d+)\b/),
  incident: (text) => found(text, /\b(INC-\d+)\b/),
  project: (text) => found(text, /\b(?:(?:in|of|for|project) (?:project )?|(?=[A-Z][A-Z0-9]+ board\b))([A-Z][A-Z0-9]{1,9})\b(?!-\d)/),
  place: timeZoneIn,
  sum: sumIn,
  channel: (text) => found(text, /(#[\p{L}\p{N}_-]+)/u),
  lately: (text) => found(text, /\b((?:last|past) (?:few |couple of )?(?:hours?|days?|weeks?|months?))\b/i),
  topic: (text) => found(text, /\babout (?:the |our )?(.+?)(?= in #|\W*$)/i),
};

/** Reads those of the things that a question names, and with which words. */
export function namedIn(text: string, things: readonly (keyof Named)[]): { readonly named: Named; readonly words: string } {
  const read = things.flatMap((thing) => {
    const one = readers[thing](text);
    return one ? [{ thing, ...one }] : [];
  });
  const named = Object.fromEntries(read.map(({ thing, value }) => [thing, value])) as Named;
  return { named, words: read.map(({ words }) => words).join(' ') };
}

function found(text: string, pattern: RegExp): Found | undefined {
  const value = pattern.exec(text)?.[1];
  return value === undefined ? undefined : { value, words: value };
}

/** Cities of the time zones, and the demo's own places that have none. */
const zones = new Map([
  ...Intl.supportedValuesOf('timeZone').map((zone) => [(zone.split('/').at(-1) ?? zone).replaceAll('_', ' ').toLowerCase(), zone] as const),
  ...[['utc', 'UTC'] as const, ['leeds', 'Europe/London'] as const, ['utrecht', 'Europe/Amsterdam'] as const],
]);

function timeZoneIn(text: string): Found | undefined {
  const iana = /\b[A-Z][A-Za-z]+\/[A-Z][A-Za-z_/]+\b/.exec(text)?.[0];
  if (iana && [...zones.values()].includes(iana)) return { value: iana, words: iana };
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  const pairs = words.map((word, index) => `${word} ${words[index + 1] ?? ''}`.trim());
  const name = [...pairs, ...words].find((one) => zones.has(one));
  return name === undefined ? undefined : { value: zones.get(name) ?? '', words: name };
}

const asking = /^(?:(?:so|and|please|can you|could you)\s+)*(?:what(?:['’]s| is)|how much (?:is|are)|calculate|compute|work out)?\s*/i;
const formula = /^[-(\s]*\d+(?:\.\d+)?[)\s]*(?:[-+*/^][-(\s]*\d+(?:\.\d+)?[)\s]*)+$/;

/** The sum that a question is; dates and `24/7` inside a sentence are none. */
function sumIn(text: string): Found | undefined {
  const sum = text
    .replace(asking, '')
    .replace(/[\s?=.!]+$/, '')
    .replace(/(?<=\d),(?=\d{3}\b)/g, '')
    .replace(/\btimes\b|(?<=\d\s?)[x×](?=\s?\d)/gi, '*')
    .replace(/\bplus\b/gi, '+')
    .replace(/\bminus\b/gi, '-')
    .replace(/\bdivided by\b/gi, '/')
    .replace(/(\d+(?:\.\d+)?)\s*(?:%|per ?cent)\s*of\s+(\d+(?:\.\d+)?)/gi, '$2 * $1 / 100');
  return formula.test(sum) ? { value: sum.replace(/\s+/g, ' '), words: text } : undefined;
}

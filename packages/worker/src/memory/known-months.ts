import { bareLetters } from './bare-letters.ts';

const languages = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'sv', 'nb', 'da', 'pl', 'cs', 'ru', 'uk', 'ro', 'tr', 'hu', 'fi'];

interface KnownMonths {
  readonly numbers: ReadonlyMap<string, number>;
  /** A day, a month and perhaps a year; and a month, a day and perhaps a year. */
  readonly named: readonly [RegExp, RegExp];
}

let known: KnownMonths | undefined;

/** As people name them beside a day, in small letters without accents, from the tables that the language has. */
export function knownMonths(): KnownMonths {
  known ??= readMonths();
  return known;
}

function readMonths(): KnownMonths {
  const numbers = new Map<string, number>();
  for (const language of languages)
    for (const month of ['long', 'short'] as const) {
      const format = new Intl.DateTimeFormat(language, { day: 'numeric', month, timeZone: 'UTC' });
      for (let at = 0; at < 12; at += 1) {
        const name = format.formatToParts(Date.UTC(2026, at, 3)).find(({ type }) => type === 'month')?.value ?? '';
        const bare = bareLetters(name).replace(/\.$/, '');
        if (/^\p{L}+$/u.test(bare) && !numbers.has(bare)) numbers.set(bare, at + 1);
      }
    }
  const name = `(${[...numbers.keys()].join('|')})(?!\\p{L})`;
  const day = String.raw`(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|\.)?(?!\d)`;
  const year = String.raw`(?:,? (?:de |del |of )?(\d{4})(?!\d))?`;
  const named = [`${day} ?(?:de |of )?${name}\\.?${year}`, `(?<!\\p{L})${name}\\.? (?:the )?${day}${year}`] as const;
  return { numbers, named: named.map((source) => new RegExp(source, 'gu')) as [RegExp, RegExp] };
}
